// `kubectl`: words in, process out. Every error a command can meet ends here as text and exit code.
import { COMMANDS, type CommandTree } from './commands/index.ts'
import type { Call } from './command.ts'
import { CONTEXT_NAME, contextNamespace } from './config.ts'
import { ExitError, isUserError, KubectlError, PrintError, renderError } from './errors.ts'
import { commandHelp, overview } from './help.ts'
import { findCommand, parseCommand, type Parsed } from './parse.ts'
import type { Process, ProcessContext, Program } from './process.ts'

/** kubectl with the commands of a tree. */
export function kubectlOf(tree: CommandTree): Program {
  return function* (argv, context) {
    try {
      if (argv[0] === 'help') return help(tree, argv.slice(1), context)
      const parsed = parseCommand(tree.root, argv)
      const { command, path, args } = parsed
      const deprecations = parsed.flags.deprecations()
      if (deprecations !== '') context.stderr(deprecations)
      if (command === tree.root) {
        context.stdout(overview(tree.groups))
        return 0
      }
      if (parsed.help) {
        context.stdout(commandHelp(command, path))
        return 0
      }
      requireContext(parsed)
      if (command.run === undefined) return groupAlone(parsed, args, context)
      const process = command.run(callOf(parsed, context))
      return yield* command.writesLater === true ? writing(process) : process
    } catch (error) {
      if (!isUserError(error)) throw error
      if (error instanceof PrintError) context.stdout(error.printed)
      context.refused?.(error)
      const { text, code } = renderError(error)
      if (text !== '') context.stderr(text)
      return code
    }
  }
}

export const kubectl: Program = kubectlOf(COMMANDS)

/** The same process, saying at each wait that it may still write. */
function* writing(process: Process): Process {
  try {
    for (;;) {
      const next = process.next()
      if (next.done === true) return next.value
      yield { ...next.value, writes: true }
    }
  } finally {
    // Interrupted here, it is interrupted there; one that has ended hears nothing.
    process.return(0)
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
function help(
  { root, groups }: CommandTree,
  words: readonly string[],
  context: ProcessContext,
): number {
  const { command, path, rest } = findCommand(root, words)
  if (command === root && rest.length > 0) {
    context.stderr(`Unknown help topic [${words.map((word) => `\`${word}\``).join(' ')}]\n`)
    return 0
  }
  context.stdout(command === root ? overview(groups) : commandHelp(command, path))
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
