// What a session says of its cluster: nodes, sizes, images. The shape is the recordings' own, so
// that a session file means the same to the lab and to a recording of a real cluster.

export interface NodeConfig {
  name: string
  controlPlane?: boolean
  labels?: Readonly<Record<string, string>>
}

export interface ClusterConfig {
  nodes: readonly NodeConfig[]
  /** Capacity of each node, as quantities. */
  cpu: string
  memory: string
  pods: number
  /** How long the registry takes to deliver an image. */
  imagePullSeconds: number
  /** Whether a kubelet pulls one image at a time. */
  serializeImagePulls: boolean
  /** Names the registry has beside the catalogue; undefined: the catalogue only. */
  images?: readonly string[]
  /** Images already on a node at the start. */
  presentImages: Readonly<Record<string, readonly string[]>>
}

/** The cluster of the story: a tainted control plane and three workers. */
export const NOVACRAFT: ClusterConfig = {
  nodes: [
    { name: 'novacraft-control-plane', controlPlane: true },
    { name: 'novacraft-worker' },
    { name: 'novacraft-worker2' },
    { name: 'novacraft-worker3' },
  ],
  cpu: '4',
  memory: '8Gi',
  pods: 110,
  imagePullSeconds: 1,
  serializeImagePulls: false,
  presentImages: {},
}

/** Fills what a session leaves out from NOVACRAFT. */
export function clusterConfig(partial: Partial<ClusterConfig>): ClusterConfig {
  return { ...NOVACRAFT, ...partial }
}
