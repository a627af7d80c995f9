// What is on each node, summed up once and kept until a Pod or the Node changes, as the scheduler's
// cache does. It is derived from the store alone and never part of the World: a copy of the World
// begins without it and comes to the same sums.
import type { Node } from '../../api-types/core.ts'
import type { Pod } from '../../api-types/pod.ts'
import { entryOf, type Log } from '../../log.ts'
import { getObject, listPodsOfNode } from '../../store.ts'
import type { World } from '../../world.ts'
import { nodeInfo, type NodeInfo } from './requests.ts'

interface Cache {
  log: Log
  /** The last Entry that was taken into account. */
  seenId: number
  infos: Map<string, NodeInfo>
}

const caches = new WeakMap<World, Cache>()

/** Looks nodes up, as they are now, with what their live Pods take. */
export function nodeInfos(world: World): (name: string) => NodeInfo | undefined {
  const { infos } = freshCache(world)
  return (name) => {
    const known = infos.get(name)
    if (known !== undefined) return known
    const node = getObject<Node>(world.store, 'Node', name)
    if (node === undefined) return undefined
    const info = nodeInfo(node, listPodsOfNode<Pod>(world.store, name))
    infos.set(name, info)
    return info
  }
}

/** The node with what its live Pods take; undefined when there is no such Node. */
export function nodeInfoOf(world: World, name: string): NodeInfo | undefined {
  return nodeInfos(world)(name)
}

/** Forgets the nodes that anything happened to since the last time. */
function freshCache(world: World): Cache {
  const { log } = world
  let cache = caches.get(world)
  const isStale = cache?.log !== log || cache.seenId < log.firstId - 1 || cache.seenId >= log.nextId
  if (cache === undefined || isStale) {
    cache = { log, seenId: log.nextId - 1, infos: new Map() }
    caches.set(world, cache)
  }
  for (let id = cache.seenId + 1; id < log.nextId; id++) {
    const { kind, name, before, after } = entryOf(log, id)!
    if (kind === 'Node') cache.infos.delete(name)
    if (kind !== 'Pod') continue
    const [old, pod] = [before as Pod | undefined, after as Pod | undefined]
    if (old?.spec.nodeName) cache.infos.delete(old.spec.nodeName)
    if (pod?.spec.nodeName) cache.infos.delete(pod.spec.nodeName)
  }
  cache.seenId = log.nextId - 1
  return cache
}
