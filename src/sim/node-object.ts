// What a Node object says of its machine. The facts (kernel, OS image, addresses) are the lab's
// own; only what the session's `cluster` gives is behaviour.
import { forkRng, randomHex, randomUid } from '../base/rng.ts'
import { formatTime } from '../base/time.ts'
import type { Node } from './api-types/core.ts'
import type { Condition } from './api-types/meta.ts'
import { createObject, type By } from './api.ts'
import type { NodeConfig } from './cluster.ts'
import { node as nodeKind } from './kinds/node.ts'
import { listObjects } from './store.ts'
import type { World } from './world.ts'

const KUBERNETES_VERSION = 'v1.36.2'

/** All kubelets of the lab share one machine, and so its address (from the documentation range). */
const HOST_ADDRESS = '192.0.2.2'

const CONTROL_PLANE_LABEL = 'node-role.kubernetes.io/control-plane'

/** Creates the Node object of a machine, Ready or (a joining one) not yet. */
export function createNode(
  world: World,
  by: By,
  config: NodeConfig,
  options: { ready: boolean; cidr?: number },
): Node {
  const podCIDR = options.cidr === undefined ? freePodCidr(world) : cidr(options.cidr)
  const controlPlane = config.controlPlane === true
  return createObject<Node>(world, by, {
    apiVersion: 'v1',
    kind: nodeKind.kind,
    metadata: {
      name: config.name,
      labels: { ...nodeLabels(config.name, controlPlane), ...config.labels },
      annotations: {
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec: {
      podCIDR,
      podCIDRs: [podCIDR],
      ...(controlPlane ? { taints: [{ key: CONTROL_PLANE_LABEL, effect: 'NoSchedule' }] } : {}),
    },
    status: nodeStatus(world, config.name, options.ready),
  })
}

/** The first range of addresses that no node has: nodes come and go. */
function freePodCidr({ store }: World): string {
  const taken = new Set(listObjects<Node>(store, nodeKind.kind).map(({ spec }) => spec.podCIDR))
  let index = 0
  while (taken.has(cidr(index))) index++
  return cidr(index)
}

function cidr(index: number): string {
  return `10.244.${index}.0/24`
}

function nodeLabels(name: string, controlPlane: boolean): Record<string, string> {
  const labels: Record<string, string> = {
    'beta.kubernetes.io/arch': 'amd64',
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
  }
  if (!controlPlane) return labels
  return {
    ...labels,
    [CONTROL_PLANE_LABEL]: '',
    'node.kubernetes.io/exclude-from-external-load-balancers': '',
  }
}

function nodeStatus(world: World, name: string, ready: boolean): Node['status'] {
  const rng = forkRng(world.seed, `machine/${name}`)
  const resources = {
    cpu: world.cluster.cpu,
    'ephemeral-storage': '263174212Ki',
    'hugepages-1Gi': '0',
    'hugepages-2Mi': '0',
    memory: world.cluster.memory,
    pods: String(world.cluster.pods),
  }
  return {
    addresses: [
      { type: 'InternalIP', address: HOST_ADDRESS },
      { type: 'Hostname', address: name },
    ],
    capacity: resources,
    allocatable: resources,
    conditions: nodeConditions(formatTime(world.now), ready),
    nodeInfo: {
      machineID: randomHex(rng, 32),
      systemUUID: randomUid(rng),
      bootID: randomUid(rng),
      kernelVersion: '6.12.41-novacraft',
      osImage: 'Debian GNU/Linux 13 (trixie)',
      containerRuntimeVersion: 'containerd://2.2.1',
      kubeletVersion: KUBERNETES_VERSION,
      kubeProxyVersion: '',
      operatingSystem: 'linux',
      architecture: 'amd64',
    },
  }
}

/** The four conditions a kubelet posts, Ready last. */
export function nodeConditions(now: string, ready: boolean): readonly Condition[] {
  const times = { lastHeartbeatTime: now, lastTransitionTime: now }
  const healthy = (type: string, reason: string, message: string): Condition => ({
    type,
    status: 'False',
    ...times,
    reason,
    message,
  })
  return [
    healthy(
      'MemoryPressure',
      'KubeletHasSufficientMemory',
      'kubelet has sufficient memory available',
    ),
    healthy('DiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
    healthy('PIDPressure', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
    ready
      ? {
          type: 'Ready',
          status: 'True',
          ...times,
          reason: 'KubeletReady',
          message: 'kubelet is posting ready status',
        }
      : {
          type: 'Ready',
          status: 'False',
          ...times,
          reason: 'KubeletNotReady',
          message:
            'container runtime network not ready: NetworkReady=false ' +
            'reason:NetworkPluginNotReady message:Network plugin returns error: ' +
            'cni plugin not initialized',
        },
  ]
}
