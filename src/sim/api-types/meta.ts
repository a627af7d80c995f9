// metav1: what every object of the cluster has. Field names and order of meaning are upstream's
// (staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/types.go); only what the lab uses is listed.

export interface OwnerReference {
  apiVersion: string
  kind: string
  name: string
  uid: string
  controller?: boolean
  blockOwnerDeletion?: boolean
}

export interface ObjectMeta {
  name: string
  generateName?: string
  namespace?: string
  uid: string
  resourceVersion: string
  generation?: number
  creationTimestamp: string
  deletionTimestamp?: string
  deletionGracePeriodSeconds?: number
  labels?: Readonly<Record<string, string>>
  annotations?: Readonly<Record<string, string>>
  ownerReferences?: readonly OwnerReference[]
  finalizers?: readonly string[]
}

/** Any object of the cluster. Immutable: a change makes a new object that shares what stayed. */
export interface KubeObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: Readonly<ObjectMeta>
  readonly spec?: unknown
  readonly status?: unknown
}

export interface LabelSelectorRequirement {
  key: string
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'
  values?: readonly string[]
}

export interface LabelSelector {
  matchLabels?: Readonly<Record<string, string>>
  matchExpressions?: readonly LabelSelectorRequirement[]
}

export type IntOrString = number | string

/** `True`, `False` or `Unknown`, as every condition has it. */
export type ConditionStatus = 'True' | 'False' | 'Unknown'

export interface Condition {
  type: string
  status: ConditionStatus
  lastProbeTime?: string | null
  lastTransitionTime?: string
  lastHeartbeatTime?: string
  observedGeneration?: number
  reason?: string
  message?: string
}
