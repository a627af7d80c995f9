// What stands where in the cluster's picture: a column for each node, pods grouped by their owner,
// and a lane for pods no node has taken. Pure, so that it can be tested without a page.
import type { Node } from '../../sim/api-types/core.ts'
import type { KubeObject } from '../../sim/api-types/meta.ts'
import type { Pod } from '../../sim/api-types/pod.ts'
import { UI_KINDS, uiKind } from '../kinds/index.ts'
import { hasOwnState } from './progress.ts'
import type { ObjectView, ViewState } from '../../worker/protocol.ts'

export interface PodTile {
  view: ObjectView
  uid: string
  /** What is left of the name when its maker's is taken away: `x7k2p`. */
  shortName: string
  restarts: number
}

export interface PodGroup {
  /** The owner a learner knows: the CronJob or Job, the DaemonSet; '' for a bare pod. */
  key: string
  ownerKind: string
  ownerName: string
  tiles: readonly PodTile[]
}

export interface NodeColumn {
  uid: string
  name: string
  /** Without the part all nodes share: `worker2`. */
  shortName: string
  controlPlane: boolean
  view: ObjectView
  state: ViewState
  cordoned: boolean
  /** `key=value:Effect`, without those the cordon and the readiness put there. */
  taints: readonly string[]
  groups: readonly PodGroup[]
  podCount: number
}

/** A workload without regard to where its pods are. */
export interface Workload {
  view: ObjectView
  uid: string
  kind: string
  name: string
  namespace: string
}

interface ClusterLayout {
  nodes: readonly NodeColumn[]
  unscheduled: readonly PodGroup[]
  workloads: readonly Workload[]
}

const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane'
const OWN_TAINTS = ['node.kubernetes.io/unschedulable', 'node.kubernetes.io/not-ready']

/** Lays out everything the page knows of. Order: control planes, then nodes by age and name. */
export function layoutCluster(objects: ReadonlyMap<string, ObjectView>): ClusterLayout {
  const nodes: ObjectView[] = []
  const pods: ObjectView[] = []
  const workloads: Workload[] = []
  const owners = new Map<string, KubeObject>()
  for (const view of objects.values()) {
    const { object } = view
    const place = uiKind(object.kind)?.cluster?.as
    if (place === 'column') nodes.push(view)
    else if (place === 'tile') pods.push(view)
    else if (place === 'chip') {
      owners.set(object.metadata.uid, object)
      if (controller(object) === undefined) workloads.push(workload(view))
    }
  }
  pods.sort((a, b) => byAge(a.object, b.object))
  const podsByNode = new Map<string, ObjectView[]>()
  for (const pod of pods) {
    const node = (pod.object as Pod).spec.nodeName ?? ''
    const list = podsByNode.get(node)
    if (list === undefined) podsByNode.set(node, [pod])
    else list.push(pod)
  }
  const prefix = sharedPrefix(nodes.map(({ object }) => object.metadata.name))
  const columns = nodes.map((view) =>
    nodeColumn(view, podsByNode.get(view.object.metadata.name) ?? [], owners, prefix),
  )
  columns.sort(
    (a, b) =>
      Number(b.controlPlane) - Number(a.controlPlane) || byAge(a.view.object, b.view.object),
  )
  workloads.sort(
    (a, b) => chipRank(a.kind) - chipRank(b.kind) || byAge(a.view.object, b.view.object),
  )
  return { nodes: columns, unscheduled: groups(podsByNode.get('') ?? [], owners), workloads }
}

/** Kinds whose objects stay come first, then those that come and go, both in their order. */
function chipRank(kind: string): number {
  const index = UI_KINDS.findIndex((known) => known.kind === kind)
  return hasOwnState(kind) ? UI_KINDS.length + index : index
}

function workload(view: ObjectView): Workload {
  const { kind, metadata } = view.object
  return {
    view,
    uid: metadata.uid,
    kind,
    name: metadata.name,
    namespace: metadata.namespace ?? '',
  }
}

function nodeColumn(
  view: ObjectView,
  pods: readonly ObjectView[],
  owners: ReadonlyMap<string, KubeObject>,
  prefix: number,
): NodeColumn {
  const node = view.object as Node
  const { name, uid, labels } = node.metadata
  const taints = (node.spec?.taints ?? [])
    .filter(({ key }) => !OWN_TAINTS.includes(key))
    .map(({ key, value, effect }) => `${key}${value === undefined ? '' : `=${value}`}:${effect}`)
  return {
    uid,
    name,
    shortName: name.slice(prefix),
    controlPlane: labels?.[CONTROL_PLANE] !== undefined,
    view,
    state: view.state,
    cordoned: node.spec?.unschedulable === true,
    taints,
    groups: groups(pods, owners),
    podCount: pods.length,
  }
}

function groups(
  pods: readonly ObjectView[],
  owners: ReadonlyMap<string, KubeObject>,
): readonly PodGroup[] {
  const byOwner = new Map<string, { ownerKind: string; ownerName: string; tiles: PodTile[] }>()
  for (const view of pods) {
    const { ownerKind, ownerName } = knownOwner(view.object, owners)
    const namespace = view.object.metadata.namespace ?? ''
    const key = `${ownerKind}/${namespace}/${ownerName}`
    const tile = podTile(view)
    const group = byOwner.get(key)
    if (group === undefined) byOwner.set(key, { ownerKind, ownerName, tiles: [tile] })
    else group.tiles.push(tile)
  }
  return [...byOwner].map(([key, group]) => ({ key, ...group }))
}

/** The owner to group by, the outermost: the pods of a CronJob belong together. */
function knownOwner(
  pod: KubeObject,
  owners: ReadonlyMap<string, KubeObject>,
): { ownerKind: string; ownerName: string } {
  const owner = controller(pod)
  if (owner === undefined) return { ownerKind: '', ownerName: '' }
  const above = controller(owners.get(owner.uid))
  const known = above ?? owner
  return { ownerKind: known.kind, ownerName: known.name }
}

function podTile(view: ObjectView): PodTile {
  const { name, uid } = view.object.metadata
  const statuses = (view.object as Pod).status.containerStatuses ?? []
  const restarts = statuses.reduce((sum, { restartCount }) => sum + restartCount, 0)
  const maker = controller(view.object)?.name ?? ''
  const own = maker !== '' && name.startsWith(`${maker}-`)
  return { view, uid, shortName: own ? name.slice(maker.length + 1) : name, restarts }
}

function controller(object: KubeObject | undefined) {
  return object?.metadata.ownerReferences?.find((owner) => owner.controller === true)
}

function byAge(a: KubeObject, b: KubeObject): number {
  const x = a.metadata
  const y = b.metadata
  if (x.creationTimestamp !== y.creationTimestamp)
    return x.creationTimestamp < y.creationTimestamp ? -1 : 1
  return x.name < y.name ? -1 : x.name > y.name ? 1 : 0
}

/** Length of the part, up to a `-`, with which all names begin. One name shares nothing. */
export function sharedPrefix(names: readonly string[]): number {
  const [first] = names
  if (first === undefined || names.length < 2) return 0
  let length = first.length
  for (const name of names) {
    let i = 0
    while (i < length && name[i] === first[i]) i++
    length = i
  }
  return first.lastIndexOf('-', length - 1) + 1
}
