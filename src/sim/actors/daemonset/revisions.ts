// The history of a DaemonSet: one ControllerRevision for each template it ever had, the current
// one numbered highest (pkg/controller/daemon/update.go constructHistory, cleanupHistory).
import { deepEqual } from '../../../base/deep-equal.ts'
import { hashText } from '../../../base/rng.ts'
import type { Ctx } from '../../actor.ts'
import type { ControllerRevision, DaemonSet } from '../../api-types/apps.ts'
import type { Pod, PodTemplateSpec } from '../../api-types/pod.ts'
import { createObject, deleteObject, updateObject, updateStatus } from '../../api.ts'
import { controllerReference } from '../../lib/owner.ts'
import { getObject, keyOf, objectKey } from '../../store.ts'
import { claimedRevisions } from './claims.ts'
import { HASH_LABEL } from './pods.ts'

export interface History {
  /** The label value of Pods of the current template. */
  hash: string
  old: readonly ControllerRevision[]
  /** Whether the current revision was made just now. */
  isNew: boolean
}

/** Finds the revision of the current template, making or renumbering it where need be. */
export function constructHistory(ctx: Ctx, set: DaemonSet): History {
  const current: ControllerRevision[] = []
  const old: ControllerRevision[] = []
  const data = revisionData(set.spec.template)
  for (const revision of claimedRevisions(ctx, set)) {
    if (deepEqual(revision.data, data)) current.push(revision)
    else old.push(revision)
  }
  const number = Math.max(0, ...old.map(({ revision }) => revision)) + 1
  const kept = newest(current)
  if (kept === undefined) return { hash: snapshot(ctx, set, data, number), old, isNew: true }
  for (const twin of current) if (twin !== kept) removeTwin(ctx, twin)
  if (kept.revision < number)
    updateObject<ControllerRevision>(ctx.world, ctx.by, { ...kept, revision: number })
  return { hash: kept.metadata.labels?.[HASH_LABEL] ?? kept.metadata.name, old, isNew: false }
}

/** What a revision keeps: a patch that puts this template in place of another (getPatch). */
function revisionData(template: PodTemplateSpec): Record<string, unknown> {
  return { spec: { template: { $patch: 'replace', ...template } } }
}

function newest(revisions: readonly ControllerRevision[]): ControllerRevision | undefined {
  return revisions.reduce<ControllerRevision | undefined>(
    (best, next) => (best === undefined || next.revision >= best.revision ? next : best),
    undefined,
  )
}

function removeTwin(ctx: Ctx, twin: ControllerRevision): void {
  deleteObject(ctx.world, ctx.by, 'ControllerRevision', keyOf(twin))
}

/** Creates the revision; a taken name with other contents is avoided by counting collisions. */
function snapshot(
  ctx: Ctx,
  set: DaemonSet,
  data: Record<string, unknown>,
  revision: number,
): string {
  for (let collisions = set.status.collisionCount ?? 0; ; collisions++) {
    const hash = templateHash(set.spec.template, collisions)
    const name = `${set.metadata.name}-${hash}`
    const key = objectKey(set.metadata.namespace, name)
    const taken = getObject<ControllerRevision>(ctx.world.store, 'ControllerRevision', key)
    if (taken !== undefined && deepEqual(taken.data, data)) return hash
    if (taken !== undefined) {
      const status = { ...set.status, collisionCount: collisions + 1 }
      const metadata = { ...set.metadata, resourceVersion: '' }
      updateStatus<DaemonSet>(ctx.world, ctx.by, { ...set, metadata, status })
      continue
    }
    const { annotations, namespace } = set.metadata
    createObject(ctx.world, ctx.by, {
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: {
        name,
        namespace: namespace!,
        labels: { ...set.spec.template.metadata?.labels, [HASH_LABEL]: hash },
        ...(annotations === undefined ? {} : { annotations }),
        ownerReferences: [controllerReference(set)],
      },
      data,
      revision,
    } as never)
    return hash
  }
}

/** rand.SafeEncodeString: decimal digits in an alphabet that spells no words. */
const SAFE_DIGITS = '456789bcdf'

/** As ComputeHash, over JSON in place of Go's dump of the struct. */
function templateHash(template: PodTemplateSpec, collisions: number): string {
  const text = JSON.stringify(template) + (collisions === 0 ? '' : `/${collisions}`)
  return [...String(hashText(text))].map((digit) => SAFE_DIGITS[Number(digit)]).join('')
}

/** Drops the oldest revisions beyond the limit, except those that a Pod still runs. */
export function cleanupHistory(ctx: Ctx, set: DaemonSet, history: History, pods: readonly Pod[]) {
  let excess = history.old.length - (set.spec.revisionHistoryLimit ?? 10)
  if (excess <= 0) return
  const live = new Set(pods.map(({ metadata }) => metadata.labels?.[HASH_LABEL]))
  for (const revision of [...history.old].sort((a, b) => a.revision - b.revision)) {
    if (excess <= 0) return
    if (live.has(revision.metadata.labels?.[HASH_LABEL])) continue
    deleteObject(ctx.world, ctx.by, 'ControllerRevision', keyOf(revision))
    excess--
  }
}
