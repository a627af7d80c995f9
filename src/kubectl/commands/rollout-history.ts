// `kubectl rollout history` and `undo`: what the revisions of an object remember
// (kubectl pkg/polymorphichelpers).
import type { ControllerRevision } from '../../sim/api-types/apps.ts'
import { goJsonSorted } from '../../sim/lib/go-quote.ts'
import type { Call } from '../command.ts'
import { isUserError, KubectlError } from '../errors.ts'
import { submissionOf } from '../flag-groups.ts'
import { goOrdered } from '../go-order.ts'
import { kubectlKind } from '../kinds/index.ts'
import type { RolledOut, Rollout } from '../kinds/kind.ts'
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

/** Prints the revisions of an object, or the template of one. */
export function rolloutHistory(call: Call, info: Info): void {
  const { flags, context } = call
  const rollout = rolloutOf(
    info,
    'no history viewer has been implemented for',
    'error retrieving history for',
  )
  const object = info.object as RolledOut
  const revisions = rollout.revisions(context.world.store, object)
  const wanted = flags.int('revision')
  const found = revisions.find(({ revision }) => revision === wanted)
  if (wanted > 0 && found === undefined)
    throw new KubectlError('unable to find the specified revision')
  if (outputFormat(call) !== '') {
    const print = resultPrinter(call, 'none', { isStruct: true })
    for (const revision of found === undefined ? revisions : [found])
      print(goOrdered(restored(object, revision)), '')
    return
  }
  const title = found === undefined ? '' : `with revision #${wanted}`
  const text = found === undefined ? overview(revisions) : template(restored(object, found))
  context.stdout(`${objectName(object)} ${title}\n${text}\n`)
}

function overview(revisions: readonly ControllerRevision[]): string {
  if (revisions.length === 0) return 'No rollout history found.'
  const rows = revisions.map(({ revision, metadata }) => {
    const cause = metadata.annotations?.[CHANGE_CAUSE] || '<none>'
    return `${revision}\t${cause}`
  })
  return `${alignTabs(['REVISION\tCHANGE-CAUSE', ...rows].join('\n'), DESCRIBE_STYLE)}\n`
}

function template({ spec }: RolledOut): string {
  return `${templateLines(spec.template).join('\n')}\n`
}

/** Patches an object back to an older template. */
export function rolloutUndo(call: Call, info: Info): void {
  const { flags, context } = call
  const { resource, namespace, name } = info
  const object = info.object as RolledOut
  if (object.metadata.annotations?.[LAST_APPLIED] !== undefined)
    context.stderr(
      `Warning: resource ${resource.plural}/${name} was previously managed with 'kubectl apply'. ` +
        `Rolling back will not update the ${LAST_APPLIED} annotation, which may cause unexpected ` +
        "behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your " +
        'previous configuration file instead.\n',
    )
  const rollout = rolloutOf(
    info,
    'no rollbacker has been implemented for',
    'error retrieving rollbacker for',
  )
  const toRevision = flags.int('to-revision')
  const revisions = rollout.revisions(context.world.store, object)
  if (toRevision === 0 && revisions.length <= 1)
    throw new KubectlError('no last revision to roll back to')
  const target =
    toRevision === 0 ? revisions.at(-2) : revisions.find(({ revision }) => revision === toRevision)
  if (target === undefined)
    throw new KubectlError(`unable to find specified revision ${toRevision} in history`)
  const dryRun = dryRunOf(call)
  const print = resultPrinter(call, dryRun)
  const old = restored(object, target)
  if (dryRun === 'client') return print(object, `will roll back to ${template(old)}`)
  if (goJsonSorted(old.spec.template) === goJsonSorted(object.spec.template))
    return print(
      object,
      `skipped rollback (current template already matches revision ${toRevision})`,
    )
  try {
    const patch = { namespace, name, type: 'strategic', body: target.data } as const
    submitPatch(submissionOf(call, dryRun === 'server'), resource, patch)
  } catch (error) {
    if (!isUserError(error)) throw error
    throw new KubectlError(`failed restoring revision ${toRevision}: ${error.message}`)
  }
  print(object, 'rolled back')
}

function restored(object: RolledOut, { data }: ControllerRevision): RolledOut {
  return strategicMerge(object as unknown as JsonMap, data) as unknown as RolledOut
}

/** The rollouts of a kind; throws what upstream says of a kind that has none. */
function rolloutOf({ resource }: Info, none: string, unknown: string): Rollout {
  const { kind, group } = resource
  const known = kubectlKind(kind)
  if (known?.rollout !== undefined) return known.rollout
  const name = `"${group === '' ? kind : `${kind}.${group}`}"`
  if (known?.isVisited) throw new KubectlError(`${none} ${name}`)
  throw new KubectlError(`${unknown} ${name}, no visitor method exists for {${group} ${kind}}`)
}
