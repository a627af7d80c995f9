// Jobs and Pods in code for tests of the Job controller's decisions.
import { addMs, formatTime, parseTime, SECOND_MS, type SimTime } from '../../../../src/base/time.ts'
import type { Job, JobSpec, JobStatus } from '../../../../src/sim/api-types/batch.ts'
import type { Condition, ObjectMeta } from '../../../../src/sim/api-types/meta.ts'
import type { ContainerStatus, Pod, PodPhase } from '../../../../src/sim/api-types/pod.ts'
import { NO_BACKOFF, type BackoffRecord } from '../../../../src/sim/actors/job/backoff.ts'
import {
  INDEX_FAILURES_KEY,
  INDEX_KEY,
  TRACKING_FINALIZER,
} from '../../../../src/sim/actors/job/pods.ts'
import { viewJob, type JobView } from '../../../../src/sim/actors/job/view.ts'

export const T0 = parseTime('2026-03-02T09:00:00Z')

/** `seconds` after T0. */
export function at(seconds: number): SimTime {
  return addMs(T0, seconds * SECOND_MS)
}

export function job(spec: Partial<JobSpec> = {}, status: JobStatus = {}): Job {
  const restartPolicy = spec.template?.spec.restartPolicy ?? 'Never'
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: 'work',
      namespace: 'default',
      uid: 'job-uid',
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: formatTime(T0),
    },
    spec: {
      parallelism: 1,
      completions: 1,
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      suspend: false,
      manualSelector: false,
      podReplacementPolicy: spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed',
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': 'job-uid' } },
      ...spec,
      template: spec.template ?? {
        metadata: { labels: { app: 'work' } },
        spec: { containers: [{ name: 'main', image: 'busybox' }], restartPolicy },
      },
    },
    status: { startTime: formatTime(T0), uncountedTerminatedPods: {}, ...status },
  }
}

export interface PodOptions {
  index?: number
  /** Failures of the index before this Pod. */
  failures?: number
  exitCode?: number
  /** When its container ended, seconds after T0. */
  endedAt?: number
  restarts?: number
  ready?: boolean
  /** Counted already: without the finalizer. */
  released?: boolean
  /** Being deleted. */
  leaving?: boolean
  node?: string
  createdAt?: number
  conditions?: readonly Condition[]
}

export function pod(name: string, phase: PodPhase, options: PodOptions = {}): Pod {
  const { ready = false, conditions = [], node = 'worker' } = options
  const readyCondition: Condition[] = ready
    ? [{ type: 'Ready', status: 'True', lastTransitionTime: formatTime(T0) }]
    : []
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: metadataOf(name, options),
    spec: {
      containers: [{ name: 'main', image: 'busybox' }],
      ...(node === '' ? {} : { nodeName: node }),
    },
    status: {
      phase,
      conditions: [...readyCondition, ...conditions],
      containerStatuses: [containerOf(phase, options)],
    },
  }
}

function metadataOf(name: string, options: PodOptions): ObjectMeta {
  const { index, failures, released = false, leaving = false, createdAt = 0 } = options
  const annotations = {
    ...(index === undefined ? {} : { [INDEX_KEY]: String(index) }),
    ...(failures === undefined ? {} : { [INDEX_FAILURES_KEY]: String(failures) }),
  }
  return {
    name,
    namespace: 'default',
    uid: `uid-${name}`,
    resourceVersion: '1',
    creationTimestamp: formatTime(at(createdAt)),
    annotations,
    ...(released ? {} : { finalizers: [TRACKING_FINALIZER] }),
    ...(leaving ? { deletionTimestamp: formatTime(at(30)), deletionGracePeriodSeconds: 30 } : {}),
  }
}

function containerOf(phase: PodPhase, options: PodOptions): ContainerStatus {
  const { exitCode = phase === 'Failed' ? 1 : 0, endedAt = 1, restarts = 0 } = options
  const ended = phase === 'Failed' || phase === 'Succeeded'
  const times = { startedAt: formatTime(T0), finishedAt: formatTime(at(endedAt)) }
  return {
    name: 'main',
    state: ended ? { terminated: { exitCode, ...times } } : {},
    lastState: {},
    ready: false,
    restartCount: restarts,
    image: 'busybox',
    imageID: '',
  }
}

/** The view of a sync `now` seconds after T0. */
export function view(
  viewed: Job,
  pods: readonly Pod[],
  now = 60,
  backoff: BackoffRecord = NO_BACKOFF,
): JobView {
  return viewJob(viewed, pods, backoff, at(now))
}

/** `count` Pods of a phase. */
export function pods(count: number, phase: PodPhase, options: PodOptions = {}): Pod[] {
  return Array.from({ length: count }, (_, i) => pod(`${phase.toLowerCase()}-${i}`, phase, options))
}
