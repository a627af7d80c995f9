// Empties a namespace that is being deleted, Pods first, and then lets it go
// (pkg/controller/namespace/deletion/namespaced_resources_deleter.go).
import { formatTime, SECOND_MS } from '../../base/time.ts'
import type { Actor, Ctx } from '../actor.ts'
import type { Namespace } from '../api-types/core.ts'
import type { Condition, KubeObject } from '../api-types/meta.ts'
import type { Pod } from '../api-types/pod.ts'
import { deleteObject, updateObject, updateStatus } from '../api.ts'
import { qualifiedPlural } from '../errors.ts'
import { KINDS, kindOf } from '../kinds/index.ts'
import { getObject, keyOf, listObjects } from '../store.ts'
import { wakeAfter } from '../world.ts'

/** Every change of a namespace is looked at only after this long. */
const QUIET_MS = 5 * SECOND_MS
/** Plus half the longest grace period of what remains: then it is looked at again. */
const RETRY_MS = SECOND_MS

export const namespaceController: Actor = {
  name: 'namespace-controller',
  component: 'kube-controller-manager',
  watches: {
    Namespace: ({ after }) =>
      after?.metadata.deletionTimestamp === undefined
        ? []
        : [{ key: after.metadata.name, afterMs: QUIET_MS }],
  },
  tasks: { sync },
}

function sync(ctx: Ctx, name: string): void {
  const namespace = getObject<Namespace>(ctx.world.store, 'Namespace', name)
  if (namespace?.metadata.deletionTimestamp === undefined) return
  deleteContent(ctx, name)
  const remaining = contentOf(ctx, name)
  if (remaining.length > 0) {
    const conditions = conditionsOf(namespace, remaining, formatTime(ctx.now))
    const status = { ...namespace.status, conditions }
    updateStatus<Namespace>(ctx.world, ctx.by, { ...namespace, status })
    const graceSeconds = Math.max(0, ...remaining.map(graceOf))
    return wakeAfter(ctx, name, Math.floor(graceSeconds / 2) * SECOND_MS + RETRY_MS)
  }
  updateObject<Namespace>(ctx.world, ctx.by, { ...namespace, spec: { finalizers: [] } })
}

/** Pods and only then the rest, which may hold what the Pods still need. */
function deleteContent(ctx: Ctx, namespace: string): void {
  const pods = listObjects<Pod>(ctx.world.store, 'Pod', namespace)
  const objects = pods.length > 0 ? pods : contentOf(ctx, namespace)
  for (const object of objects) {
    if (object.metadata.deletionTimestamp !== undefined) continue
    const options = { propagationPolicy: 'Background' as const }
    deleteObject(ctx.world, ctx.by, object.kind, keyOf(object), options)
  }
}

function contentOf(ctx: Ctx, namespace: string): KubeObject[] {
  return KINDS.filter(({ namespaced }) => namespaced).flatMap(({ kind }) =>
    listObjects(ctx.world.store, kind, namespace),
  )
}

function graceOf(object: KubeObject): number {
  return object.metadata.deletionGracePeriodSeconds ?? 0
}

/** status_condition_utils.go: five conditions, two of which say what is left. */
function conditionsOf(
  namespace: Namespace,
  remaining: readonly KubeObject[],
  now: string,
): readonly Condition[] {
  const finalizers = remaining.flatMap(({ metadata }) => metadata.finalizers ?? [])
  const kinds = counted(remaining.map(({ kind }) => qualifiedPlural(kindOf(kind)) + '.'))
  const condition = (type: string, status: 'True' | 'False', reason: string, message: string) => {
    const old = namespace.status.conditions?.find((other) => other.type === type)
    const same = old?.status === status && old.reason === reason && old.message === message
    return same ? old : { type, status, lastTransitionTime: now, reason, message }
  }
  return [
    condition(
      'NamespaceDeletionDiscoveryFailure',
      'False',
      'ResourcesDiscovered',
      'All resources successfully discovered',
    ),
    condition(
      'NamespaceDeletionGroupVersionParsingFailure',
      'False',
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ),
    condition(
      'NamespaceDeletionContentFailure',
      'False',
      'ContentDeleted',
      'All content successfully deleted, may be waiting on finalization',
    ),
    condition(
      'NamespaceContentRemaining',
      'True',
      'SomeResourcesRemain',
      `Some resources are remaining: ${list(kinds, 'has', 'resource instances')}`,
    ),
    finalizers.length === 0
      ? condition(
          'NamespaceFinalizersRemaining',
          'False',
          'ContentHasNoFinalizers',
          'All content-preserving finalizers finished',
        )
      : condition(
          'NamespaceFinalizersRemaining',
          'True',
          'SomeFinalizersRemain',
          'Some content in the namespace has finalizers remaining: ' +
            list(counted(finalizers), 'in', 'resource instances'),
        ),
  ]
}

function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

function list(counts: ReadonlyMap<string, number>, verb: string, unit: string): string {
  const parts = [...counts].map(([name, count]) => `${name} ${verb} ${count} ${unit}`)
  return parts.sort().join(', ')
}
