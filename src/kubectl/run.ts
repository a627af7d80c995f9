// `kubectl`: words in, process out. Every error a command can meet ends here as text and exit code.
import { ROOT } from './commands/index.ts'
import type { Call } from './command.ts'
import { CONTEXT_NAME, contextNamespace } from './config.ts'
import { ExitError, isUserError, KubectlError, PrintError, renderError } from './errors.ts'
import { commandHelp, overview } from './help.ts'
import { COMMAND_GROUPS } from './commands/index.ts'
import { findCommand, parseCommand, type Parsed } from './parse.ts'
import type { ProcessContext, Program } from './process.ts'

export const kubectl: Program = function* (argv, context) {
  try {
    if (argv[0] === 'help') return help(argv.slice(1), context)
    const parsed = parseCommand(ROOT, argv)
    const { command, path, args } = parsed
    if (command === ROOT) {
      context.stdout(overview(COMMAND_GROUPS))
      return 0
    }
    if (parsed.help) {
      context.stdout(commandHelp(command, path))
      return 0
    }
    requireContext(parsed)
    if (command.run === undefined) return groupAlone(parsed, args, context)
    return yield* command.run(callOf(parsed, context))
  } catch (error) {
    if (!isUserError(error)) throw error
    if (error instanceof PrintError) context.stdout(error.printed)
    const { text, code } = renderError(error)
    if (text !== '') context.stderr(text)
    return code
  }
}

/** Commands that need no cluster, and so do not care which one is meant. */
const OFFLINE = /^kubectl (config|options|completion|kustomize|plugin|kuberc)\b/

/** There is one context, with one cluster and one user of the same name. */
function requireContext({ flags, path }: Parsed): void {
  if (OFFLINE.test(path)) return
  const [context, cluster, user] = ['context', 'cluster', 'user'].map((name) =>
    flags.spec(name)?.type === 'string' && flags.spec(name)?.value === '' ? flags.string(name) : '',
  ) as [string, string, string]
  if (context !== '' && context !== CONTEXT_NAME)
    throw new ExitError(
      `Error in configuration: context was not found for specified context: ${context}`,
    )
  if (cluster !== '' && cluster !== CONTEXT_NAME)
    throw new KubectlError(`cluster "${cluster}" does not exist`)
  if (user !== '' && user !== CONTEXT_NAME)
    throw new KubectlError(`auth info "${user}" does not exist`)
}

/** `kubectl help create job` is `kubectl create job --help`. */
function help(words: readonly string[], context: ProcessContext): number {
  const { command, path, rest } = findCommand(ROOT, words)
  if (command === ROOT && rest.length > 0) {
    context.stderr(`Unknown help topic [${words.map((word) => `\`${word}\``).join(' ')}]\n`)
    return 0
  }
  context.stdout(command === ROOT ? overview(COMMAND_GROUPS) : commandHelp(command, path))
  return 0
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
