// batch/v1 Job and CronJob.
import type { Condition, KubeObject, LabelSelector, ObjectMeta } from './meta.ts'
import type { PodTemplateSpec } from './pod.ts'

export interface PodFailurePolicyRule {
  action: 'FailJob' | 'FailIndex' | 'Ignore' | 'Count'
  onExitCodes?: {
    containerName?: string | null
    operator: 'In' | 'NotIn'
    values: readonly number[]
  }
  onPodConditions?: readonly { type: string; status: string }[]
}

export interface SuccessPolicyRule {
  succeededIndexes?: string
  succeededCount?: number
}

export interface JobSpec {
  parallelism?: number
  completions?: number
  activeDeadlineSeconds?: number
  podFailurePolicy?: { rules: readonly PodFailurePolicyRule[] }
  successPolicy?: { rules: readonly SuccessPolicyRule[] }
  backoffLimit?: number
  backoffLimitPerIndex?: number
  maxFailedIndexes?: number
  selector?: LabelSelector
  manualSelector?: boolean
  template: PodTemplateSpec
  ttlSecondsAfterFinished?: number
  completionMode?: 'NonIndexed' | 'Indexed'
  suspend?: boolean
  podReplacementPolicy?: 'TerminatingOrFailed' | 'Failed'
  managedBy?: string
}

export interface JobStatus {
  conditions?: readonly Condition[]
  startTime?: string
  completionTime?: string
  active?: number
  succeeded?: number
  failed?: number
  terminating?: number
  completedIndexes?: string
  failedIndexes?: string
  uncountedTerminatedPods?: { succeeded?: readonly string[]; failed?: readonly string[] }
  ready?: number
}

export interface Job extends KubeObject {
  readonly kind: 'Job'
  readonly spec: Readonly<JobSpec>
  readonly status: Readonly<JobStatus>
}

export interface ObjectReference {
  kind?: string
  namespace?: string
  name?: string
  uid?: string
  apiVersion?: string
  resourceVersion?: string
  fieldPath?: string
}

export interface CronJobSpec {
  schedule: string
  timeZone?: string
  startingDeadlineSeconds?: number
  concurrencyPolicy?: 'Allow' | 'Forbid' | 'Replace'
  suspend?: boolean
  jobTemplate: { metadata?: Partial<ObjectMeta>; spec: JobSpec }
  successfulJobsHistoryLimit?: number
  failedJobsHistoryLimit?: number
}

export interface CronJobStatus {
  active?: readonly ObjectReference[]
  lastScheduleTime?: string
  lastSuccessfulTime?: string
}

export interface CronJob extends KubeObject {
  readonly kind: 'CronJob'
  readonly spec: Readonly<CronJobSpec>
  readonly status: Readonly<CronJobStatus>
}
