// The subresource pods/binding: how the scheduler puts a Pod onto a node.
import { extend } from '../base/plain.ts'
import { formatTime } from '../base/time.ts'
import type { Condition } from './api-types/meta.ts'
import type { Pod } from './api-types/pod.ts'
import { updateObject, type By } from './api.ts'
import { conflict, notFound } from './errors.ts'
import { pod as kind } from './kinds/pod.ts'
import { getObject, keyOf } from './store.ts'
import type { World } from './world.ts'

/**
 * Binds a Pod to a node: its nodeName and the condition PodScheduled in one version, without a new
 * generation; what it was promised is void (registry/core/pod/storage BindingREST, assignPod).
 * Conflict when it is bound or being deleted.
 */
export function bindPod(world: World, by: By, pod: Pod, nodeName: string): Pod {
  const live = getObject<Pod>(world.store, kind.kind, keyOf(pod))
  if (live === undefined || live.metadata.uid !== pod.metadata.uid)
    throw notFound(kind, pod.metadata.name)
  if (live.spec.nodeName || live.metadata.deletionTimestamp)
    throw conflict(kind, live.metadata.name)
  const scheduled: Condition = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: formatTime(world.now),
  }
  const { nominatedNodeName: _promised, ...status } = live.status
  const others = (status.conditions ?? []).filter(({ type }) => type !== 'PodScheduled')
  const bound: Pod = {
    ...live,
    spec: extend(live.spec, { nodeName }),
    status: extend(status, { conditions: [...others, scheduled] }),
  }
  return updateObject(world, by, bound, { subresource: 'binding' })
}
