// core/v1 Pod, as far as the lab acts on it. Unlisted fields are kept as they came.
import type { Condition, IntOrString, KubeObject, ObjectMeta } from './meta.ts'

export type ResourceList = Readonly<Record<string, string>>

export interface ResourceRequirements {
  limits?: ResourceList
  requests?: ResourceList
}

export interface EnvVar {
  name: string
  value?: string
  valueFrom?: {
    fieldRef?: { apiVersion?: string; fieldPath: string }
    resourceFieldRef?: { containerName?: string; resource: string; divisor?: string }
    configMapKeyRef?: { name?: string; key: string; optional?: boolean }
    secretKeyRef?: { name?: string; key: string; optional?: boolean }
  }
}

export interface VolumeMount {
  name: string
  mountPath: string
  readOnly?: boolean
  subPath?: string
}

export interface Probe {
  exec?: { command?: readonly string[] }
  httpGet?: { path?: string; port: IntOrString; host?: string; scheme?: string }
  tcpSocket?: { port: IntOrString; host?: string }
  grpc?: { port: number; service?: string }
  initialDelaySeconds?: number
  timeoutSeconds?: number
  periodSeconds?: number
  successThreshold?: number
  failureThreshold?: number
  terminationGracePeriodSeconds?: number
}

export interface Container {
  name: string
  image: string
  command?: readonly string[]
  args?: readonly string[]
  workingDir?: string
  ports?: readonly {
    name?: string
    containerPort: number
    protocol?: string
    hostPort?: number
    hostIP?: string
  }[]
  env?: readonly EnvVar[]
  resources?: ResourceRequirements
  volumeMounts?: readonly VolumeMount[]
  livenessProbe?: Probe
  readinessProbe?: Probe
  startupProbe?: Probe
  lifecycle?: { postStart?: Handler; preStop?: Handler }
  terminationMessagePath?: string
  terminationMessagePolicy?: string
  imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never'
  restartPolicy?: string
  restartPolicyRules?: readonly ContainerRestartRule[]
  securityContext?: Readonly<Record<string, unknown>>
  stdin?: boolean
  tty?: boolean
}

/** What happens to a container that ended with one of these codes, or with any other. */
export interface ContainerRestartRule {
  action?: string
  exitCodes?: { operator?: string; values?: readonly number[] }
}

export interface Handler {
  exec?: { command?: readonly string[] }
  httpGet?: { path?: string; port: IntOrString }
  sleep?: { seconds: number }
}

export interface Toleration {
  key?: string
  operator?: 'Exists' | 'Equal' | 'Lt' | 'Gt'
  value?: string
  effect?: TaintEffect
  tolerationSeconds?: number
}

export type TaintEffect = 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute'

export interface NodeSelectorRequirement {
  key: string
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt'
  values?: readonly string[]
}

export interface NodeSelectorTerm {
  matchExpressions?: readonly NodeSelectorRequirement[]
  matchFields?: readonly NodeSelectorRequirement[]
}

export interface Affinity {
  nodeAffinity?: {
    requiredDuringSchedulingIgnoredDuringExecution?: {
      nodeSelectorTerms: readonly NodeSelectorTerm[]
    }
    preferredDuringSchedulingIgnoredDuringExecution?: readonly {
      weight: number
      preference: NodeSelectorTerm
    }[]
  }
  podAffinity?: unknown
  podAntiAffinity?: unknown
}

/** A volume: its name and one source; sources are kept as they came. */
export interface Volume {
  name: string
  hostPath?: { path: string; type?: string }
  emptyDir?: { medium?: string; sizeLimit?: string }
  projected?: Readonly<Record<string, unknown>>
  configMap?: { name?: string; defaultMode?: number; optional?: boolean }
  secret?: { secretName?: string; defaultMode?: number; optional?: boolean }
  [source: string]: unknown
}

type RestartPolicy = 'Always' | 'OnFailure' | 'Never'

export interface PodSpec {
  runtimeClassName?: string
  /** What the containers ask for and get together, whatever each says. */
  resources?: ResourceRequirements
  volumes?: readonly Volume[]
  initContainers?: readonly Container[]
  containers: readonly Container[]
  restartPolicy?: RestartPolicy
  terminationGracePeriodSeconds?: number
  activeDeadlineSeconds?: number
  dnsPolicy?: string
  nodeSelector?: Readonly<Record<string, string>>
  serviceAccountName?: string
  serviceAccount?: string
  automountServiceAccountToken?: boolean
  nodeName?: string
  hostNetwork?: boolean
  hostname?: string
  subdomain?: string
  securityContext?: Readonly<Record<string, unknown>>
  affinity?: Affinity
  schedulerName?: string
  tolerations?: readonly Toleration[]
  priorityClassName?: string
  priority?: number
  preemptionPolicy?: string
  enableServiceLinks?: boolean
  imagePullSecrets?: readonly { name: string }[]
  schedulingGates?: readonly { name: string }[]
  topologySpreadConstraints?: readonly unknown[]
  overhead?: ResourceList
}

export interface PodTemplateSpec {
  metadata?: Partial<ObjectMeta>
  spec: PodSpec
}

interface ContainerStateWaiting {
  reason?: string
  message?: string
}

interface ContainerStateRunning {
  startedAt: string
}

interface ContainerStateTerminated {
  exitCode: number
  signal?: number
  reason?: string
  message?: string
  startedAt: string | null
  finishedAt: string | null
  containerID?: string
}

/** At most one member is set, as upstream. */
export interface ContainerState {
  waiting?: ContainerStateWaiting
  running?: ContainerStateRunning
  terminated?: ContainerStateTerminated
}

export interface ContainerStatus {
  name: string
  state: ContainerState
  lastState: ContainerState
  ready: boolean
  restartCount: number
  image: string
  imageID: string
  containerID?: string
  started?: boolean
  resources?: ResourceRequirements
  volumeMounts?: readonly unknown[]
  user?: unknown
}

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown'

export interface PodStatus {
  observedGeneration?: number
  phase?: PodPhase
  conditions?: readonly Condition[]
  message?: string
  reason?: string
  nominatedNodeName?: string
  hostIP?: string
  hostIPs?: readonly { ip: string }[]
  podIP?: string
  podIPs?: readonly { ip: string }[]
  startTime?: string
  initContainerStatuses?: readonly ContainerStatus[]
  containerStatuses?: readonly ContainerStatus[]
  qosClass?: 'Guaranteed' | 'Burstable' | 'BestEffort'
  resources?: Readonly<Record<string, unknown>>
}

export interface Pod extends KubeObject {
  readonly kind: 'Pod'
  readonly spec: Readonly<PodSpec>
  readonly status: Readonly<PodStatus>
}
