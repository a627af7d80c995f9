// Whether a Job is decided, and how: the first rule that applies wins, any failure before success
// (job_controller.go syncJob, second part). Pure.
import { formatTime, parseTime, SECOND_MS } from '../../../base/time.ts'
import type { Job } from '../../api-types/batch.ts'
import type { Condition } from '../../api-types/meta.ts'
import type { Pod } from '../../api-types/pod.ts'
import { conditionOf, newCondition } from '../../lib/conditions.ts'
import { matchFailurePolicy } from './failure-policy.ts'
import { totalOf } from './intervals.ts'
import { isFailed } from './pods.ts'
import { matchSuccessPolicy } from './success-policy.ts'
import type { JobView } from './view.ts'

/** How a Job ends; the conditions that say so carry this reason and message. */
export interface JobOutcome {
  readonly success: boolean
  readonly reason: string
  readonly message: string
  /** The interim condition is in the status already. */
  readonly announced: boolean
}

/** Whether the Job is over: Complete or Failed. */
export function isFinished(job: Job): boolean {
  return finishedCondition(job) !== undefined
}

/** The condition Complete or Failed, once it is True. */
export function finishedCondition(job: Job): Condition | undefined {
  return job.status.conditions?.find(
    ({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True',
  )
}

export const COMPLETED: JobOutcome = {
  success: true,
  reason: 'CompletionsReached',
  message: 'Reached expected number of succeeded pods',
  announced: false,
}

function failure(reason: string, message: string): JobOutcome {
  return { success: false, reason, message, announced: false }
}

/** What ends the Job regardless of how many Pods are wanted; undefined while nothing does. */
export function decideOutcome(view: JobView): JobOutcome | undefined {
  return announced(view.job) ?? policyFailure(view) ?? limitFailure(view) ?? indexOutcome(view)
}

// What an earlier sync announced stays the outcome.
function announced(job: Job): JobOutcome | undefined {
  for (const type of ['SuccessCriteriaMet', 'FailureTarget']) {
    const condition = conditionOf(job.status.conditions, type)
    if (condition?.status !== 'True') continue
    const { reason = '', message = '' } = condition
    return { success: type === 'SuccessCriteriaMet', reason, message, announced: true }
  }
  return undefined
}

function policyFailure({ job, pods }: JobView): JobOutcome | undefined {
  const { podFailurePolicy: policy } = job.spec
  if (policy === undefined) return undefined
  for (const pod of pods) {
    const message = isFailed(pod, job) ? matchFailurePolicy(policy, pod).message : undefined
    if (message !== undefined) return failure('PodFailurePolicy', message)
  }
  return undefined
}

function limitFailure({ job, pods, failed, now }: JobView): JobOutcome | undefined {
  if (failed > (job.spec.backoffLimit ?? Infinity) || exceedsRestarts(job, pods)) {
    return failure('BackoffLimitExceeded', 'Job has reached the specified backoff limit')
  }
  const left = deadlineLeftMs(job, now)
  return left !== undefined && left <= 0
    ? failure('DeadlineExceeded', 'Job was active longer than specified deadline')
    : undefined
}

/** Milliseconds until activeDeadlineSeconds strikes; undefined without one or while suspended. */
export function deadlineLeftMs(job: Job, now: number): number | undefined {
  const { activeDeadlineSeconds: limit, suspend } = job.spec
  const { startTime } = job.status
  if (limit === undefined || startTime === undefined || suspend) return undefined
  return parseTime(startTime) + limit * SECOND_MS - now
}

// With OnFailure, restarts of containers count instead of Pods; ended Pods' restarts do not.
function exceedsRestarts(job: Job, pods: readonly Pod[]): boolean {
  if (job.spec.template.spec.restartPolicy !== 'OnFailure') return false
  let restarts = 0
  for (const { status } of pods) {
    if (status.phase !== 'Running' && status.phase !== 'Pending') continue
    for (const container of status.initContainerStatuses ?? []) restarts += container.restartCount
    for (const container of status.containerStatuses ?? []) restarts += container.restartCount
  }
  const limit = job.spec.backoffLimit ?? Infinity
  return limit === 0 ? restarts > 0 : restarts >= limit
}

function indexOutcome(view: JobView): JobOutcome | undefined {
  const { completions = 0, maxFailedIndexes = Infinity, successPolicy } = view.job.spec
  const failed = totalOf(view.failedIndexes ?? [])
  if (failed > maxFailedIndexes) {
    const message = 'Job has exceeded the specified maximal number of failed indexes'
    return failure('MaxFailedIndexesExceeded', message)
  }
  if (failed > 0 && failed + totalOf(view.succeededIndexes) >= completions) {
    return failure('FailedIndexes', 'Job has failed indexes')
  }
  const message = matchSuccessPolicy(successPolicy, completions, view.succeededIndexes)
  if (message === undefined) return undefined
  return { success: true, reason: 'SuccessPolicy', message, announced: false }
}

/** Whether enough Pods succeeded and none is left running. */
export function isComplete({ job, succeeded }: JobView, active: number): boolean {
  const { completions } = job.spec
  if (active > 0) return false
  return completions === undefined ? succeeded > 0 : succeeded >= completions
}

/** The condition that announces an outcome before Pods are released. */
export function interimCondition(outcome: JobOutcome, now: JobView['now']): Condition {
  const type = outcome.success ? 'SuccessCriteriaMet' : 'FailureTarget'
  return newCondition(type, 'True', outcome.reason, outcome.message, formatTime(now))
}

/** The condition that ends the Job. */
export function terminalCondition(outcome: JobOutcome, now: JobView['now']): Condition {
  const type = outcome.success ? 'Complete' : 'Failed'
  return newCondition(type, 'True', outcome.reason, outcome.message, formatTime(now))
}
