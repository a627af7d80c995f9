// `kubectl auth`: the lab has one user, who may do everything.
import type { KubeObject } from '../../sim/api-types/meta.ts'
import type { Call, Command } from '../command.ts'
import { KubectlError } from '../errors.ts'
import { ALL_NAMESPACES_FLAG } from '../flag-groups.ts'
import type { FlagSpec } from '../flags.ts'
import { objectPrinter, ALLOWED_FORMATS, OUTPUT_FLAGS } from '../output.ts'
import { printTable } from '../print/table.ts'
import type { Process } from '../process.ts'

/** Who the lab takes everybody for. */
export const LAB_USER = {
  username: 'kubernetes-admin',
  groups: ['system:masters', 'system:authenticated'],
}

const yesNo = (name: string, usage: string, short?: string): FlagSpec => ({
  name,
  type: 'bool',
  usage,
  ...(short === undefined ? {} : { short }),
})

const canI: Command = {
  name: 'can-i',
  use: 'VERB [TYPE | TYPE/NAME | NONRESOURCEURL]',
  short: 'Check whether an action is allowed',
  flags: [
    ALL_NAMESPACES_FLAG,
    yesNo('list', 'List all.'),
    yesNo('no-headers', 'Leave the header line out.'),
    yesNo('quiet', 'Say nothing.', 'q'),
    { name: 'subresource', type: 'string', usage: 'The subresource: log, status.' },
  ],
  run: runCanI,
}

function* runCanI({ args, context, flags }: Call): Process {
  if (flags.bool('list')) {
    if (args.length > 0) throw new KubectlError('list option must be specified with no arguments')
    context.stdout(rules(flags.bool('no-headers')))
    return 0
  }
  if (args.length < 2 || args.length > 3)
    throw new KubectlError(
      'you must specify two arguments: verb resource or verb resource/resourceName.\n' +
        "See 'kubectl auth can-i -h' for help and examples.",
    )
  if (flags.bool('no-headers'))
    throw new KubectlError('--no-headers cannot be set without --list specified')
  if (!flags.bool('quiet')) context.stdout('yes\n')
  return 0
}

function rules(noHeaders: boolean): string {
  const header = ['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs']
  const rows = [
    ['*.*', '[]', '[]', '[*]'],
    ['', '[*]', '[]', '[*]'],
  ]
  return printTable({ header: [], rows: noHeaders ? rows : [header, ...rows] })
}

const whoAmI: Command = {
  name: 'whoami',
  short: 'Experimental: Check self subject attributes',
  flags: OUTPUT_FLAGS,
  run: runWhoAmI,
}

function* runWhoAmI(call: Call): Process {
  const { stdout } = call.context
  const format = call.flags.string('output')
  if (format === '') {
    const { username, groups } = LAB_USER
    const rows = [
      ['ATTRIBUTE', 'VALUE'],
      ['Username', username],
      ['Groups', `[${groups.join(' ')}]`],
    ]
    stdout(printTable({ header: [], rows }))
    return 0
  }
  const review = {
    kind: 'SelfSubjectReview',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: {},
    status: { userInfo: LAB_USER },
  }
  stdout(objectPrinter(call, format, ALLOWED_FORMATS, true)(review as unknown as KubeObject))
  return 0
}

export const auth: Command = {
  name: 'auth',
  short: 'Inspect authorization',
  commands: [canI, whoAmI],
}
