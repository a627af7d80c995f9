// `kubectl config`: one cluster, one context; its namespace can be changed.
import type { Call, Command } from '../command.ts'
import { configuredNamespace, CONTEXT_NAME, serverOf, setContextNamespace } from '../config.ts'
import { KubectlError, throwAll, usageError } from '../errors.ts'
import { objectPrinter, OUTPUT_FLAGS, outputFormat } from '../output.ts'
import { printTable } from '../print/table.ts'
import type { Process } from '../process.ts'

const OUTPUT = { name: 'output', short: 'o', type: 'string', usage: 'The output format.' } as const
const NO_HEADERS = { name: 'no-headers', type: 'bool', usage: 'Leave the header out.' } as const

export const config: Command = {
  name: 'config',
  use: 'SUBCOMMAND',
  short: 'Modify kubeconfig files',
  commands: [
    {
      name: 'current-context',
      short: 'Display the current-context',
      run: (call) => print(call, () => `${CONTEXT_NAME}\n`),
    },
    {
      name: 'get-clusters',
      short: 'Display clusters defined in the kubeconfig',
      run: (call) => print(call, () => `NAME\n${CONTEXT_NAME}\n`),
    },
    {
      name: 'get-contexts',
      use: '[(-o|--output=)name)]',
      short: 'Describe one or many contexts',
      flags: [OUTPUT, NO_HEADERS],
      run: (call) => print(call, contexts),
    },
    {
      name: 'get-users',
      short: 'Display users defined in the kubeconfig',
      run: (call) => print(call, () => `NAME\n${CONTEXT_NAME}\n`),
    },
    {
      name: 'set-context',
      use: '[NAME | --current] [--namespace=namespace]',
      short: 'Set a context entry in kubeconfig',
      examples: ['kubectl config set-context --current --namespace=kube-system'],
      flags: [{ name: 'current', type: 'bool', usage: 'Change the current context.' }],
      run: (call) => print(call, setContext),
    },
    {
      name: 'use-context',
      use: 'CONTEXT_NAME',
      short: 'Set the current-context in a kubeconfig file',
      aliases: ['use'],
      run: (call) => print(call, useContext),
    },
    {
      name: 'view',
      use: '[flags]',
      short: 'Display merged kubeconfig settings or a specified kubeconfig file',
      flags: [
        ...OUTPUT_FLAGS,
        { name: 'flatten', type: 'bool', usage: 'Put everything into one file.' },
        { name: 'minify', type: 'bool', usage: 'Only the current context.' },
        { name: 'raw', type: 'bool', usage: 'Show secrets, too.' },
      ],
      run: (call) => print(call, view),
    },
  ],
}

function* print(call: Call, text: (call: Call) => string): Process {
  call.context.stdout(text(call))
  return 0
}

function contexts({ args, flags, context }: Call): string {
  const missing = args.filter((name) => name !== CONTEXT_NAME)
  const isNamed = missing.length === 0 || missing.length < args.length
  const format = flags.string('output')
  if (format !== '' && format !== 'name')
    throw new KubectlError(
      `--output ${format} is not available in kubectl config get-contexts; resetting to ` +
        'default output format',
    )
  const namespace = configuredNamespace(context.world)
  const header = ['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE']
  const row = ['*', CONTEXT_NAME, CONTEXT_NAME, CONTEXT_NAME, namespace]
  const heads = flags.bool('no-headers') ? [] : [header]
  if (format === 'name') context.stdout(isNamed ? `${CONTEXT_NAME}\n` : '')
  else context.stdout(printTable({ header: [], rows: isNamed ? [...heads, row] : heads }))
  throwAll(missing.map((name) => new KubectlError(`context ${name} not found`)))
  return ''
}

function setContext({ args, flags, path, context, namespace, namespaceGiven }: Call): string {
  const current = flags.bool('current')
  if (args.length > 1) throw usageError(path, `Unexpected args: [${args.join(' ')}]`)
  if (current && args.length > 0)
    throw new KubectlError('you cannot specify both a context name and --current')
  if (!current && args.length === 0)
    throw new KubectlError('you must specify a non-empty context name or --current')
  if (!current && args[0] !== CONTEXT_NAME)
    throw new KubectlError(`the lab has one context only: "${CONTEXT_NAME}"`)
  if (namespaceGiven) setContextNamespace(context.world, namespace)
  return `Context "${CONTEXT_NAME}" modified.\n`
}

function useContext({ args, path }: Call): string {
  if (args.length !== 1) throw usageError(path, `Unexpected args: [${args.join(' ')}]`)
  if (args[0] !== CONTEXT_NAME)
    throw new KubectlError(`no context exists with the name: "${args[0]}"`)
  return `Switched to context "${CONTEXT_NAME}".\n`
}

function view(call: Call): string {
  const { world } = call.context
  if (call.args.length > 0)
    throw usageError(call.path, `unexpected arguments: [${call.args.join(' ')}]`)
  const isServed = world.kubeconfig?.server !== undefined
  const namespace = configuredNamespace(world)
  const entry = { cluster: CONTEXT_NAME, user: CONTEXT_NAME }
  const kubeconfig = {
    apiVersion: 'v1',
    clusters: [
      {
        cluster: {
          ...(isServed
            ? { 'insecure-skip-tls-verify': true }
            : { 'certificate-authority-data': 'DATA+OMITTED' }),
          server: serverOf(world),
        },
        name: CONTEXT_NAME,
      },
    ],
    contexts: [{ context: namespace === '' ? entry : { ...entry, namespace }, name: CONTEXT_NAME }],
    'current-context': CONTEXT_NAME,
    kind: 'Config',
    users: [
      {
        name: CONTEXT_NAME,
        user: isServed
          ? {}
          : {
              'client-certificate-data': 'DATA+OMITTED',
              'client-key-data': 'DATA+OMITTED',
            },
      },
    ],
  }
  return objectPrinter(call, outputFormat(call) || 'yaml')(kubeconfig)
}
