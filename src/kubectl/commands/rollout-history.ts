// `kubectl rollout history` and `undo`: what the ControllerRevisions of a DaemonSet remember
// (kubectl pkg/polymorphichelpers).
import type { ControllerRevision, DaemonSet } from '../../sim/api-types/apps.ts'
import { goJsonSorted } from '../../sim/lib/go-quote.ts'
import { listControlled } from '../../sim/store.ts'
import type { Call } from '../command.ts'
import { isUserError, KubectlError } from '../errors.ts'
import { submissionOf } from '../flag-groups.ts'
import { goOrdered } from '../go-order.ts'
import { LAST_APPLIED } from '../last-applied.ts'
import { dryRunOf, outputFormat, resultPrinter } from '../output.ts'
import type { JsonMap } from '../patch/lists.ts'
import { strategicMerge } from '../patch/strategic.ts'
import { templateLines } from '../print/describe/template.ts'
import { objectName } from '../print/name.ts'
import { alignTabs, DESCRIBE_STYLE } from '../print/tabwriter.ts'
import type { Info } from '../resolve.ts'
import { submitPatch } from '../submit.ts'

const CHANGE_CAUSE = 'kubernetes.io/change-cause'

/** Prints the revisions of a DaemonSet, or the template of one. */
export function rolloutHistory(call: Call, info: Info): void {
  const { flags, context } = call
  requireDaemonSet(
    info,
    'no history viewer has been implemented for',
    'error retrieving history for',
  )
  const daemonSet = info.object as DaemonSet
  const revisions = revisionsOf(call, daemonSet)
  const wanted = flags.int('revision')
  const found = revisions.find(({ revision }) => revision === wanted)
  if (wanted > 0 && found === undefined)
    throw new KubectlError('unable to find the specified revision')
  if (outputFormat(call) !== '') {
    const print = resultPrinter(call, 'none', { isStruct: true })
    for (const revision of found === undefined ? revisions : [found])
      print(goOrdered(restored(daemonSet, revision)), '')
    return
  }
  const title = found === undefined ? '' : `with revision #${wanted}`
  const text = found === undefined ? overview(revisions) : template(restored(daemonSet, found))
  context.stdout(`${objectName(daemonSet)} ${title}\n${text}\n`)
}

function overview(revisions: readonly ControllerRevision[]): string {
  if (revisions.length === 0) return 'No rollout history found.'
  const rows = revisions.map(({ revision, metadata }) => {
    const cause = metadata.annotations?.[CHANGE_CAUSE] || '<none>'
    return `${revision}\t${cause}`
  })
  return `${alignTabs(['REVISION\tCHANGE-CAUSE', ...rows].join('\n'), DESCRIBE_STYLE)}\n`
}

function template({ spec }: DaemonSet): string {
  return `${templateLines(spec.template).join('\n')}\n`
}

/** Patches a DaemonSet back to an older template. */
export function rolloutUndo(call: Call, info: Info): void {
  const { flags, context } = call
  const { resource, namespace, name } = info
  const daemonSet = info.object as DaemonSet
  if (daemonSet.metadata.annotations?.[LAST_APPLIED] !== undefined)
    context.stderr(
      `Warning: resource ${resource.plural}/${name} was previously managed with 'kubectl apply'. ` +
        `Rolling back will not update the ${LAST_APPLIED} annotation, which may cause unexpected ` +
        "behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your " +
        'previous configuration file instead.\n',
    )
  requireDaemonSet(
    info,
    'no rollbacker has been implemented for',
    'error retrieving rollbacker for',
  )
  const toRevision = flags.int('to-revision')
  const revisions = revisionsOf(call, daemonSet)
  if (toRevision === 0 && revisions.length <= 1)
    throw new KubectlError('no last revision to roll back to')
  const target =
    toRevision === 0 ? revisions.at(-2) : revisions.find(({ revision }) => revision === toRevision)
  if (target === undefined)
    throw new KubectlError(`unable to find specified revision ${toRevision} in history`)
  const dryRun = dryRunOf(call)
  const print = resultPrinter(call, dryRun)
  const old = restored(daemonSet, target)
  if (dryRun === 'client') return print(daemonSet, `will roll back to ${template(old)}`)
  if (goJsonSorted(old.spec.template) === goJsonSorted(daemonSet.spec.template))
    return print(
      daemonSet,
      `skipped rollback (current template already matches revision ${toRevision})`,
    )
  try {
    const patch = { namespace, name, type: 'strategic', body: target.data } as const
    submitPatch(submissionOf(call, dryRun === 'server'), resource, patch)
  } catch (error) {
    if (!isUserError(error)) throw error
    throw new KubectlError(`failed restoring revision ${toRevision}: ${error.message}`)
  }
  print(daemonSet, 'rolled back')
}

/** The revisions of a DaemonSet, oldest first. */
function revisionsOf({ context }: Call, { metadata }: DaemonSet): ControllerRevision[] {
  const { store } = context.world
  const revisions = listControlled<ControllerRevision>(store, 'ControllerRevision', metadata.uid)
  return revisions.sort((a, b) => a.revision - b.revision)
}

function restored(daemonSet: DaemonSet, { data }: ControllerRevision): DaemonSet {
  return strategicMerge(daemonSet as unknown as JsonMap, data) as unknown as DaemonSet
}

/** Kinds that upstream's visitor knows of, and has nothing to do for. */
const KNOWN = ['Job', 'CronJob', 'Pod', 'Deployment', 'ReplicaSet', 'StatefulSet']

function requireDaemonSet({ resource }: Info, none: string, unknown: string): void {
  const { kind, group } = resource
  if (kind === 'DaemonSet') return
  const name = `"${group === '' ? kind : `${kind}.${group}`}"`
  if (KNOWN.includes(kind)) throw new KubectlError(`${none} ${name}`)
  throw new KubectlError(`${unknown} ${name}, no visitor method exists for {${group} ${kind}}`)
}
