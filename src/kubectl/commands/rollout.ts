// `kubectl rollout` (kubectl pkg/cmd/rollout): of kinds whose record has a rollout; what upstream refuses for other types
// is refused here in the same words.
import { addMs, formatTime } from '../../base/time.ts'
import { entriesAfter } from '../../sim/log.ts'
import type { Call, Command } from '../command.ts'
import { isUserError, KubectlError, throwAll } from '../errors.ts'
import type { FlagSpec } from '../flags.ts'
import { fieldManagerFlag, fileFlags, SELECTOR_FLAG, submissionOf } from '../flag-groups.ts'
import { kubectlKind } from '../kinds/index.ts'
import type { RolledOut } from '../kinds/kind.ts'
import { dryRunOf, DRY_RUN_FLAG, OUTPUT_FLAGS, resultPrinter } from '../output.ts'
import type { Process, Wait } from '../process.ts'
import { build, errorsOf, selectionOf, type Found, type Info } from '../resolve.ts'
import { resourceName } from '../resources.ts'
import { findLive } from '../server.ts'
import { submitPatch } from '../submit.ts'
import { rolloutHistory, rolloutUndo } from './rollout-history.ts'

const TARGET_FLAGS: readonly FlagSpec[] = [...fileFlags('with the objects.'), SELECTOR_FLAG]

const status: Command = {
  name: 'status',
  use: '(TYPE NAME | TYPE/NAME) [flags]',
  short: 'Show the status of the rollout',
  examples: ['kubectl rollout status ds/agent'],
  completes: 'resources',
  flags: [
    ...TARGET_FLAGS,
    { name: 'revision', type: 'int', value: '0', usage: 'A revision; 0: the latest.' },
    { name: 'timeout', type: 'duration', value: '0s', usage: 'How long to wait; 0: for ever.' },
    { name: 'watch', short: 'w', type: 'bool', value: 'true', usage: 'Wait until it is done.' },
  ],
  run: runStatus,
}

const history: Command = {
  name: 'history',
  use: '(TYPE NAME | TYPE/NAME) [flags]',
  short: 'View rollout history',
  examples: ['kubectl rollout history ds/agent', 'kubectl rollout history ds/agent --revision=2'],
  completes: 'resources',
  flags: [
    ...TARGET_FLAGS,
    ...OUTPUT_FLAGS,
    { name: 'revision', type: 'int', value: '0', usage: 'Show the template of this revision.' },
  ],
  run: (call) => overTargets(call, (info) => rolloutHistory(call, info)),
}

const undo: Command = {
  name: 'undo',
  use: '(TYPE NAME | TYPE/NAME) [flags]',
  short: 'Undo a previous rollout',
  examples: ['kubectl rollout undo ds/agent', 'kubectl rollout undo ds/agent --to-revision=1'],
  completes: 'resources',
  flags: [
    ...TARGET_FLAGS,
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    { name: 'to-revision', type: 'int', value: '0', usage: 'A revision; 0: the one before.' },
  ],
  run: (call) => overTargets(call, (info) => rolloutUndo(call, info)),
}

const CHANGE_FLAGS = [...TARGET_FLAGS, ...OUTPUT_FLAGS, fieldManagerFlag('kubectl-rollout')]

const restart: Command = {
  name: 'restart',
  use: 'RESOURCE',
  short: 'Restart a resource',
  examples: ['kubectl rollout restart ds/agent'],
  completes: 'resources',
  flags: CHANGE_FLAGS,
  run: (call) => overPatches(call, (info) => restartOne(call, info)),
}

const pause: Command = {
  name: 'pause',
  use: 'RESOURCE',
  short: 'Mark the provided resource as paused',
  long: 'Marks a Deployment as paused. DaemonSets have no such mark.',
  completes: 'resources',
  flags: CHANGE_FLAGS,
  run: (call) => overPatches(call, (info) => unsupported(info, 'pausing is not supported')),
}

const resume: Command = {
  name: 'resume',
  use: 'RESOURCE',
  short: 'Resume a paused resource',
  long: 'Takes the mark of a paused Deployment away. DaemonSets have no such mark.',
  completes: 'resources',
  flags: CHANGE_FLAGS,
  run: (call) => overPatches(call, (info) => unsupported(info, 'resuming is not supported')),
}

export const rollout: Command = {
  name: 'rollout',
  use: 'SUBCOMMAND',
  short: 'Manage the rollout of a resource',
  long: 'Follows, shows, undoes and repeats the rollout of a DaemonSet.',
  commands: [history, pause, resume, undo, status, restart],
}

function targets(call: Call): Found {
  const { args, flags } = call
  if (flags.spec('dry-run') !== undefined) dryRunOf(call)
  const { kustomize } = selectionOf(call)
  if (args.length === 0 && !kustomize && flags.list('filename').length === 0)
    throw new KubectlError('required resource not specified')
  return build(call, {
    ...selectionOf(call),
    args,
    typeAloneIsAll: true,
    continueOnError: true,
    latest: true,
  })
}

function* overTargets(call: Call, one: (info: Info) => void): Process {
  if (call.flags.spec('revision') !== undefined) requireRevision(call)
  const found = targets(call)
  return forEach(found.infos, errorsOf(found.error), one)
}

function* overPatches(call: Call, one: (info: Info) => void): Process {
  const found = targets(call)
  const errors = errorsOf(found.error)
  if (found.infos.length === 0 && errors.length === 0)
    call.context.stderr(`No resources found in ${call.namespace} namespace.\n`)
  return forEach(found.infos, errors, one)
}

/** Does `one` for each; what users caused is reported at the end, after `errors`. */
function forEach(
  infos: readonly Info[],
  errors: readonly Error[],
  one: (info: Info) => void,
): number {
  const all = [...errors]
  for (const info of infos)
    try {
      one(info)
    } catch (error) {
      if (!isUserError(error)) throw error
      all.push(error)
    }
  throwAll(all)
  return 0
}

function requireRevision({ flags }: Call): void {
  const revision = flags.int('revision')
  if (revision < 0) throw new KubectlError(`revision must be a positive integer: ${revision}`)
}

function unsupported({ resource, name }: Info, why: string): never {
  throw new KubectlError(`error: ${resourceName(resource)} "${name}" ${why}`)
}

function restartOne(call: Call, info: Info): void {
  const { resource, namespace, name, object } = info
  if (kubectlKind(resource.kind)?.rollout === undefined)
    unsupported(info, 'restarting is not supported')
  const restartedAt = formatTime(call.context.world.now)
  const key = 'kubectl.kubernetes.io/restartedAt'
  if ((object as RolledOut).spec.template.metadata?.annotations?.[key] === restartedAt)
    throw new KubectlError(
      `failed to create patch for ${name}: if restart has already been triggered within the ` +
        'past second, please wait before attempting to trigger another',
    )
  const body = { spec: { template: { metadata: { annotations: { [key]: restartedAt } } } } }
  const patch = { namespace, name, type: 'strategic', body } as const
  const restarted = submitPatch(submissionOf(call, false), resource, patch)
  resultPrinter(call, 'none')(restarted, 'restarted')
}

function* runStatus(call: Call): Process {
  requireRevision(call)
  const { namespace, context } = call
  const found = targets(call)
  const errors = [...errorsOf(found.error)]
  for (const info of found.infos)
    try {
      yield* followStatus(call, info)
    } catch (error) {
      if (!isUserError(error)) throw error
      errors.push(error)
    }
  throwAll(errors)
  if (found.infos.length === 0) context.stderr(`No resources found in ${namespace} namespace.\n`)
  return 0
}

/** Prints the state of a rollout now and at every change of the object, until it is done. */
function* followStatus(call: Call, info: Info): Generator<Wait, void, void> {
  const { flags, context } = call
  const { resource, namespace, name } = info
  const { world, stdout } = context
  const status = kubectlKind(resource.kind)?.rollout?.status
  if (status === undefined) {
    const kind = resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`
    throw new KubectlError(`no status viewer has been implemented for ${kind}`)
  }
  const timeoutMs = flags.duration('timeout')
  const deadline = timeoutMs === 0 ? undefined : addMs(world.now, timeoutMs)
  let seen = world.log.nextId - 1
  const first = status(findLive(world, resource, namespace, name)!)
  stdout(first.text)
  if (first.done || !flags.bool('watch')) return
  for (;;) {
    if (deadline !== undefined && world.now >= deadline)
      throw new KubectlError('timed out waiting for the condition')
    yield { kinds: [resource.kind], ...(deadline === undefined ? {} : { until: deadline }) }
    const entries = entriesAfter(world.log, seen).filter(
      (entry) =>
        entry.kind === resource.kind && entry.name === name && entry.namespace === namespace,
    )
    seen = world.log.nextId - 1
    for (const { before, after } of entries) {
      if (before === undefined && after === undefined) continue
      if (after === undefined) throw new KubectlError('object has been deleted')
      const { text, done } = status(after)
      stdout(text)
      if (done) return
    }
  }
}
