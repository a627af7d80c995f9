// `kubectl`: words in, process out. Every error a command can meet ends here as text and exit code.
import { ROOT } from './commands/index.ts'
import type { Call } from './command.ts'
import { contextNamespace } from './config.ts'
import { isUserError, renderError } from './errors.ts'
import { commandHelp, overview } from './help.ts'
import { COMMAND_GROUPS } from './commands/index.ts'
import { parseCommand, type Parsed } from './parse.ts'
import type { ProcessContext, Program } from './process.ts'

export const kubectl: Program = function* (argv, context) {
  try {
    const parsed = parseCommand(ROOT, argv)
    const { command, path, help, args } = parsed
    if (command === ROOT) {
      context.stdout(overview(COMMAND_GROUPS))
      return 0
    }
    if (help) {
      context.stdout(commandHelp(command, path))
      return 0
    }
    if (command.run === undefined) return groupAlone(parsed, args, context)
    return yield* command.run(callOf(parsed, context))
  } catch (error) {
    if (!isUserError(error)) throw error
    const { text, code } = renderError(error)
    if (text !== '') context.stderr(text)
    return code
  }
}

/** `kubectl rollout`: the help, but as a failure; `kubectl rollout nope`: a refusal. */
function groupAlone(
  { command, path }: Parsed,
  args: readonly string[],
  context: ProcessContext,
): number {
  if (args.length > 0) {
    const unknown = `error: unknown command "${args.join(' ')}"`
    context.stderr(`${unknown}\nSee '${path} -h' for help and examples\n`)
  } else context.stdout(commandHelp(command, path))
  return 1
}

function callOf(parsed: Parsed, context: ProcessContext): Call {
  const { flags } = parsed
  const given = flags.string('namespace')
  const namespace = given === '' ? contextNamespace(context.world) : given
  const { command, path, args, dashAt } = parsed
  return { command, path, flags, args, dashAt, context, namespace, namespaceGiven: given !== '' }
}
