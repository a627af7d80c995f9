// Commands of kubectl that need what the lab does not have: a terminal in a container, a network, a
// metrics server. What can be wrong about the target is still said in kubectl's words.
import type { Call, Command } from '../command.ts'
import { KubectlError, usageError } from '../errors.ts'
import type { FlagSpec } from '../flags.ts'
import { ALL_NAMESPACES_FLAG, SELECTOR_FLAG } from '../flag-groups.ts'
import type { Process } from '../process.ts'
import { build } from '../resolve.ts'

const CONTAINER: FlagSpec = {
  name: 'container',
  short: 'c',
  type: 'string',
  usage: 'The container.',
}
const TIMEOUT: FlagSpec = {
  name: 'pod-running-timeout',
  type: 'duration',
  value: '1m0s',
  usage: 'How long to wait for a Pod.',
}
const FILENAME: FlagSpec = { name: 'filename', short: 'f', type: 'list', usage: 'A manifest.' }
const yesNo = (name: string, usage: string, short?: string): FlagSpec => ({
  name,
  type: 'bool',
  usage,
  ...(short === undefined ? {} : { short }),
})

const INTERACTIVE: readonly FlagSpec[] = [
  CONTAINER,
  TIMEOUT,
  yesNo('quiet', 'Say less.', 'q'),
  yesNo('stdin', 'Pass stdin to the container.', 'i'),
  yesNo('tty', 'Stdin is a terminal.', 't'),
]

const WATCH_LOGS = 'watch it with "kubectl logs" and "kubectl describe"'

export const exec: Command = {
  name: 'exec',
  use: '(POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]',
  short: 'Execute a command in a container',
  long: 'The lab runs what images do, but no further commands beside it.',
  completes: 'pods',
  flags: [...INTERACTIVE, FILENAME],
  run: runExec,
}

function* runExec(call: Call): Process {
  const { args, dashAt, path } = call
  if (dashAt < 0 && args.length > 1)
    throw usageError(
      path,
      'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead',
    )
  if (args.length === 0 || dashAt === 0)
    throw new KubectlError('pod, type/name or --filename must be specified')
  if (dashAt < 0 || args.length === dashAt)
    throw new KubectlError('you must specify at least one command for the container')
  requirePod(call, args[0]!)
  throw new KubectlError(`the lab cannot run a further command in a container: ${WATCH_LOGS}`)
}

export const attach: Command = {
  name: 'attach',
  use: '(POD | TYPE/NAME) -c CONTAINER',
  short: 'Attach to a running container',
  completes: 'pods',
  flags: INTERACTIVE,
  run: runAttach,
}

function* runAttach(call: Call): Process {
  const { args, path } = call
  if (args.length === 0) throw usageError(path, 'at least 1 argument is required for attach')
  if (args.length > 2)
    throw usageError(
      path,
      `expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${args.length}: ` +
        `[${args.join(' ')}]`,
    )
  requirePod(call, args.join('/'))
  throw new KubectlError(`the lab cannot attach to a container: ${WATCH_LOGS}`)
}

export const portForward: Command = {
  name: 'port-forward',
  use: 'TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]',
  short: 'Forward one or more local ports to a pod',
  completes: 'pods',
  flags: [TIMEOUT, { name: 'address', type: 'list', usage: 'Addresses to listen on.' }],
  run: runPortForward,
}

function* runPortForward(call: Call): Process {
  const { args, path } = call
  if (args.length < 2)
    throw usageError(path, 'TYPE/NAME and list of ports are required for port-forward')
  requirePod(call, args[0]!)
  throw new KubectlError('the lab has no network between your machine and a Pod')
}

/** The target of a command must exist before the lab says what it cannot do. */
function requirePod(call: Call, target: string): void {
  const found = build(call, { args: [target.includes('/') ? target : `pods/${target}`] })
  if (found.error !== undefined) throw found.error
}

export const certificate: Command = simple(
  'certificate',
  'Modify certificate resources',
  'the lab has no certificate requests',
)

export const top: Command = {
  name: 'top',
  use: 'SUBCOMMAND',
  short: 'Display resource (CPU/memory) usage',
  commands: ['node', 'pod'].map((name) => ({
    ...simple(
      name,
      `Display resource (CPU/memory) usage of ${name}s`,
      'Metrics API not available',
      [
        SELECTOR_FLAG,
        ALL_NAMESPACES_FLAG,
        yesNo('containers', 'Show containers.'),
        yesNo('no-headers', 'Leave the header out.'),
        { name: 'sort-by', type: 'string', usage: 'cpu or memory.' },
      ],
    ),
    aliases: name === 'node' ? ['nodes', 'no'] : ['pods', 'po'],
  })),
}

export const proxy: Command = simple(
  'proxy',
  'Run a proxy to the Kubernetes API server',
  'the lab has no network: there is nothing to connect to',
  [{ name: 'port', short: 'p', type: 'int', value: '8001', usage: 'Port to listen on.' }],
)

export const cp: Command = simple(
  'cp',
  'Copy files and directories to and from containers',
  'the lab cannot copy files to or from a container',
  [CONTAINER],
)

export const debug: Command = simple(
  'debug',
  'Create debugging sessions for troubleshooting workloads and nodes',
  `the lab has no debugging containers: ${WATCH_LOGS}`,
  [...INTERACTIVE, { name: 'image', type: 'string', usage: 'The image to debug with.' }],
)

export const completion: Command = simple(
  'completion',
  'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)',
  'the terminal of the lab completes by itself: press Tab',
)

export const plugin: Command = simple(
  'plugin',
  'Provides utilities for interacting with plugins',
  'the lab has no plugins',
)

export const kuberc: Command = simple(
  'kuberc',
  'Manage kuberc configuration files',
  'the lab has no preferences of kubectl',
)

/** A command that only says why the lab does not have it. */
function simple(
  name: string,
  short: string,
  why: string,
  flags: readonly FlagSpec[] = [],
): Command {
  return {
    name,
    short,
    flags,
    run: function* () {
      throw new KubectlError(why)
    },
  }
}
