// `kubectl delete`: marks or removes objects, says so at once, and then waits until they are gone
// (kubectl pkg/cmd/delete). The wait is a wait of the process: time continues meanwhile.
import { addMs } from '../../base/time.ts'
import { deleteObject, type DeleteOptions } from '../../sim/api.ts'
import { objectKey } from '../../sim/store.ts'
import { notFound } from '../../sim/errors.ts'
import type { Call, Command } from '../command.ts'
import { isUserError, KubectlError, ManyErrors, withSource } from '../errors.ts'
import { parseBool, type FlagSpec } from '../flags.ts'
import {
  ALL_NAMESPACES_FLAG,
  FIELD_SELECTOR_FLAG,
  fileFlags,
  SELECTOR_FLAG,
} from '../flag-groups.ts'
import { DRY_RUN_FLAG, dryRunOf, type DryRun } from '../output.ts'
import type { Process } from '../process.ts'
import { build, errorsOf, selectionOf, withoutNotFound, type Info } from '../resolve.ts'
import { kindName } from '../resources.ts'
import { findLive } from '../server.ts'

/** The flags that every command has which may delete. */
export const DELETION_FLAGS: readonly FlagSpec[] = [
  {
    name: 'cascade',
    type: 'string',
    value: 'background',
    bare: 'background',
    usage: 'What becomes of dependents: "background", "orphan", or "foreground".',
  },
  { name: 'force', type: 'bool', usage: 'Remove at once, without waiting for the node.' },
  {
    name: 'grace-period',
    type: 'int',
    value: '-1',
    usage: 'Seconds to end gracefully; negative: as the object says; 0 only with --force.',
  },
  { name: 'timeout', type: 'duration', value: '0s', usage: 'How long to wait; 0: for a week.' },
  { name: 'wait', type: 'bool', value: 'false', usage: 'Wait until the objects are gone.' },
]

const WEEK_MS = 7 * 24 * 3_600_000

export const deleteCommand: Command = {
  name: 'delete',
  use: '([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)])',
  short:
    'Delete resources by file names, stdin, resources and names, or by resources and label selector',
  examples: [
    'kubectl delete -f job.yaml',
    'kubectl delete job pi-calculator',
    'kubectl delete pods -l app=agent',
  ],
  suggestFor: ['rm', 'remove'],
  completes: 'resources',
  flags: [
    ...fileFlags('with the objects to delete.'),
    ...DELETION_FLAGS.map((flag) => (flag.name === 'wait' ? { ...flag, value: 'true' } : flag)),
    SELECTOR_FLAG,
    FIELD_SELECTOR_FLAG,
    ALL_NAMESPACES_FLAG,
    DRY_RUN_FLAG,
    { name: 'all', type: 'bool', usage: 'Delete all of the given types in the namespace.' },
    { name: 'ignore-not-found', type: 'bool', usage: 'What does not exist is no error.' },
    { name: 'interactive', short: 'i', type: 'bool', usage: 'Ask first.' },
    { name: 'now', type: 'bool', usage: 'End after one second (--grace-period=1).' },
    { name: 'output', short: 'o', type: 'string', usage: 'Only "name": resource/name a line.' },
    { name: 'raw', type: 'string', usage: 'A raw URI to delete; not in the lab.' },
  ],
  run: runDelete,
}

/** How a deletion is asked for. */
interface Deletion {
  readonly cascade: NonNullable<DeleteOptions['propagationPolicy']>
  /** Seconds; negative: the object's own. */
  readonly gracePeriod: number
  readonly dryRun: DryRun
  readonly output: string
  readonly ignoreNotFound: boolean
  readonly wait: boolean
  readonly timeoutMs: number
}

function* runDelete(call: Call): Process {
  const { flags, args } = call
  const cascade = cascadeOf(call, flags.string('cascade'))
  const many = flags.bool('all') || flags.string('selector') || flags.string('field-selector')
  const gracePeriod = gracePeriodOf(call)
  const dryRun = dryRunOf(call)
  const found = build(call, { ...selectionOf(call), args, continueOnError: true, unfetched: true })
  const output = flags.string('output')
  if (output !== '' && output !== 'name')
    throw new KubectlError(`unexpected -o output mode: ${output}. We only support '-o name'`)
  if (flags.bool('force')) warnForced(call, gracePeriod)
  const asked = flags.changed('ignore-not-found')
  if (flags.bool('interactive') && !isConfirmed(call, found.infos)) return 0
  yield* deleteAll(call, found.infos, found.error, {
    cascade,
    gracePeriod,
    dryRun,
    output,
    ignoreNotFound: asked ? flags.bool('ignore-not-found') : Boolean(many),
    wait: flags.bool('wait'),
    timeoutMs: flags.duration('timeout'),
  })
  return 0
}

/** Asks for everything at once; the answer is the first word of stdin. */
function isConfirmed({ context }: Call, infos: readonly Info[]): boolean {
  const { stdin, stdout } = context
  if (infos.length === 0) {
    stdout('No resources found\n')
    return false
  }
  const lines = infos.map(({ resource, name }) => `${kindName(resource)}/${name}\n`)
  stdout(`You are about to delete the following ${infos.length} resource(s):\n${lines.join('')}`)
  stdout('Do you want to continue? (y/N): ')
  if (/^\s*y\s*$/i.test(stdin.split('\n')[0] ?? '')) return true
  stdout('deletion is cancelled\n')
  return false
}

/** What `--cascade` asks for; for booleans the warning says that they are old. Throws for what is none of its values. */
export function cascadeOf({ context }: Call, value: string): Deletion['cascade'] {
  if (value === 'background') return 'Background'
  if (value === 'foreground') return 'Foreground'
  if (value === 'orphan') return 'Orphan'
  const isOn = parseBool(value)
  if (isOn === undefined)
    throw new KubectlError(
      `invalid cascade value (${value}). Must be "background", "foreground", or "orphan"`,
    )
  context.stderr(
    `warning: --cascade=${value} is deprecated (boolean value) and can be replaced with ` +
      `--cascade=${isOn ? 'background' : 'orphan'}.\n`,
  )
  return isOn ? 'Background' : 'Orphan'
}

function gracePeriodOf({ flags }: Call): number {
  const given = flags.int('grace-period')
  const force = flags.bool('force')
  if (flags.bool('now')) {
    if (given !== -1)
      throw new KubectlError('--now and --grace-period cannot be specified together')
    return 1
  }
  if (given === 0 && !force) return 1
  return force && given < 0 ? 0 : given
}

function warnForced(call: Call, gracePeriod: number): void {
  if (gracePeriod > 0)
    throw new KubectlError('--force and --grace-period greater than 0 cannot be specified together')
  call.context.stderr(
    'Warning: Immediate deletion does not wait for confirmation that the running resource has ' +
      'been terminated. The resource may continue to run on the cluster indefinitely.\n',
  )
}

/** Deletes and, if asked, waits. Throws what could not be deleted. */
export function* deleteAll(
  call: Call,
  infos: readonly Info[],
  error: Error | undefined,
  deletion: Deletion,
): Generator<{ until?: ReturnType<typeof addMs>; kinds?: readonly string[] }, void, void> {
  const errors = [...errorsOf(error)]
  const waited: { info: Info; uid: string }[] = []
  let found = 0
  let warned = !call.namespaceGiven || call.flags.spec('all-namespaces') === undefined
  for (const info of infos) {
    found++
    if (!warned && !info.resource.namespaced && !call.flags.bool('all-namespaces')) {
      warned = true
      call.context.stderr(
        'Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n',
      )
    }
    try {
      const uid = deleteOne(call, info, deletion)
      if (uid !== undefined) waited.push({ info, uid })
    } catch (problem) {
      if (!isUserError(problem)) throw problem
      errors.push(problem)
    }
  }
  const rest = errors.length === 0 ? undefined : new ManyErrors(errors)
  const left = deletion.ignoreNotFound ? withoutNotFound(rest) : rest
  if (left !== undefined) throw left
  if (found === 0) call.context.stdout('No resources found\n')
  if (deletion.wait && deletion.dryRun === 'none')
    yield* waitUntilGone(call, waited, deletion.timeoutMs)
}

/** Deletes one object and prints its line; returns the uid to wait for. */
function deleteOne(call: Call, info: Info, deletion: Deletion): string | undefined {
  const { world, by } = call.context
  const { resource, namespace, name, source } = info
  const line = deletedLine(info, deletion)
  if (deletion.dryRun === 'client') {
    call.context.stdout(line)
    return undefined
  }
  try {
    if (resource.stored === undefined) throw notFound(resource, name)
    const key = objectKey(resource.namespaced ? namespace : '', name)
    const before = findLive(world, resource, namespace, name)
    deleteObject(world, by, resource.kind, key, {
      propagationPolicy: deletion.cascade,
      dryRun: deletion.dryRun === 'server',
      ...(deletion.gracePeriod >= 0 ? { gracePeriodSeconds: deletion.gracePeriod } : {}),
    })
    call.context.stdout(line)
    return before?.metadata.uid
  } catch (error) {
    if (!isUserError(error)) throw error
    throw withSource('deleting', source, error)
  }
}

function deletedLine({ resource, namespace, name }: Info, deletion: Deletion): string {
  const kind = kindName(resource)
  if (deletion.output === 'name') return `${kind}/${name}\n`
  const verb = deletion.gracePeriod === 0 ? 'force deleted' : 'deleted'
  const where = resource.namespaced ? ` from ${namespace} namespace` : ''
  const dry = { none: '', client: ' (dry run)', server: ' (server dry run)' }[deletion.dryRun]
  return `${kind} "${name}" ${verb}${where}${dry}\n`
}

/** Waits for each object in turn; all share one deadline. */
function* waitUntilGone(
  call: Call,
  waited: readonly { info: Info; uid: string }[],
  timeoutMs: number,
) {
  const { world } = call.context
  const until = addMs(world.now, timeoutMs === 0 ? WEEK_MS : timeoutMs)
  const errors: Error[] = []
  for (const { info, uid } of waited) {
    const { resource, namespace, name } = info
    for (;;) {
      if (findLive(world, resource, namespace, name)?.metadata.uid !== uid) break
      if (world.now >= until) {
        const what = `${resource.plural}/${name}`
        errors.push(new KubectlError(`timed out waiting for the condition on ${what}`))
        break
      }
      yield { until, kinds: [resource.kind] }
    }
  }
  if (errors.length > 0) throw new ManyErrors(errors)
}
