// apps/v1 DaemonSet and ControllerRevision.
import type { Condition, IntOrString, KubeObject, LabelSelector } from './meta.ts'
import type { PodTemplateSpec } from './pod.ts'

export interface DaemonSetUpdateStrategy {
  type?: 'RollingUpdate' | 'OnDelete'
  rollingUpdate?: { maxUnavailable?: IntOrString; maxSurge?: IntOrString }
}

export interface DaemonSetSpec {
  selector?: LabelSelector
  template: PodTemplateSpec
  updateStrategy?: DaemonSetUpdateStrategy
  minReadySeconds?: number
  revisionHistoryLimit?: number
}

export interface DaemonSetStatus {
  currentNumberScheduled: number
  numberMisscheduled: number
  desiredNumberScheduled: number
  numberReady: number
  observedGeneration?: number
  updatedNumberScheduled?: number
  numberAvailable?: number
  numberUnavailable?: number
  collisionCount?: number
  conditions?: readonly Condition[]
}

export interface DaemonSet extends KubeObject {
  readonly kind: 'DaemonSet'
  readonly spec: Readonly<DaemonSetSpec>
  readonly status: Readonly<DaemonSetStatus>
}

export interface ControllerRevision extends KubeObject {
  readonly kind: 'ControllerRevision'
  readonly data: Readonly<Record<string, unknown>>
  readonly revision: number
}
