// Random manifests: Jobs of every mode, CronJobs, DaemonSets and bare Pods. All end, or can be made
// to, so that a cluster without faults comes to rest.
import type { Rng } from '../../base/rng.ts'
import type { CronJobSpec, JobSpec } from '../../sim/api-types/batch.ts'
import type { DaemonSetSpec } from '../../sim/api-types/apps.ts'
import type { Container, PodSpec } from '../../sim/api-types/pod.ts'
import type { Submitted } from '../../sim/api.ts'
import { between, once, pick } from './dice.ts'

export const AGENT_IMAGES = ['agent:v1', 'agent:v2', 'agent:v3']
export const LABEL = 'disk'
export const LABEL_VALUES = ['ssd', 'hdd']

/** A manifest of some kind with this name. */
export function randomManifest(rng: Rng, name: string): Submitted {
  return pick(rng, [job, job, job, cronJob, cronJob, daemonSet, daemonSet, pod])(rng, name)
}

function job(rng: Rng, name: string): Submitted {
  return manifest('batch/v1', 'Job', name, jobSpec(rng))
}

function jobSpec(rng: Rng): JobSpec {
  const indexed = once(rng, 3)
  const spec = podSpec(rng)
  const perIndex = indexed && spec.restartPolicy === 'Never' && once(rng, 3)
  return {
    completions: between(rng, 1, 4),
    parallelism: between(rng, 1, 3),
    template: { spec },
    ...(indexed ? { completionMode: 'Indexed' } : {}),
    ...(perIndex ? { backoffLimitPerIndex: 1 } : { backoffLimit: between(rng, 0, 2) }),
    ...(perIndex && once(rng, 2) ? { maxFailedIndexes: 1 } : {}),
    ...(once(rng, 5) ? { activeDeadlineSeconds: between(rng, 5, 60) } : {}),
    ...(once(rng, 5) ? { ttlSecondsAfterFinished: between(rng, 0, 30) } : {}),
    ...(once(rng, 8) ? { suspend: true } : {}),
    ...(indexed && once(rng, 4) ? { successPolicy: { rules: [{ succeededCount: 1 }] } } : {}),
    ...(spec.restartPolicy === 'Never' && once(rng, 4) ? failurePolicy(rng) : {}),
    ...(once(rng, 6) ? { podReplacementPolicy: 'Failed' } : {}),
  }
}

function failurePolicy(rng: Rng): Pick<JobSpec, 'podFailurePolicy' | 'podReplacementPolicy'> {
  const onExitCodes = { operator: 'In' as const, values: [1] }
  const action = pick(rng, ['FailJob', 'Ignore', 'Count'] as const)
  const disrupted = { type: 'DisruptionTarget', status: 'True' }
  const rules = [
    ...(action === 'Ignore' ? [] : [{ action, onExitCodes }]),
    { action: 'Ignore' as const, onPodConditions: [disrupted] },
  ]
  return { podFailurePolicy: { rules }, podReplacementPolicy: 'Failed' }
}

/** Some seconds of work and then an exit code, mostly 0. */
function podSpec(rng: Rng): PodSpec {
  const code = once(rng, 4) ? 1 : 0
  const trap = once(rng, 3) ? "trap 'exit 0' TERM; " : ''
  const command = ['sh', '-c', `${trap}sleep ${between(rng, 0, 20)}; exit ${code}`]
  const container: Container = {
    name: 'main',
    image: once(rng, 30) ? 'no-such-image' : 'busybox',
    command,
    ...(once(rng, 4) ? { resources: { requests: { cpu: '600m' } } } : {}),
  }
  return {
    restartPolicy: pick(rng, ['Never', 'Never', 'OnFailure']),
    ...(once(rng, 3) ? { terminationGracePeriodSeconds: between(rng, 0, 5) } : {}),
    ...(once(rng, 4) ? { tolerations: impatient(rng) } : {}),
    containers: [container],
  }
}

function impatient(rng: Rng) {
  const tolerationSeconds = between(rng, 0, 20)
  return ['node.kubernetes.io/unreachable', 'node.kubernetes.io/not-ready'].map((key) => ({
    key,
    operator: 'Exists' as const,
    effect: 'NoExecute' as const,
    tolerationSeconds,
  }))
}

function cronJob(rng: Rng, name: string): Submitted {
  const spec: CronJobSpec = {
    schedule: pick(rng, ['* * * * *', '*/2 * * * *', '@hourly']),
    concurrencyPolicy: pick(rng, ['Allow', 'Forbid', 'Replace']),
    jobTemplate: { spec: jobSpec(rng) },
    ...(once(rng, 4) ? { startingDeadlineSeconds: between(rng, 5, 120) } : {}),
    ...(once(rng, 4) ? { successfulJobsHistoryLimit: between(rng, 0, 2) } : {}),
  }
  return manifest('batch/v1', 'CronJob', name, spec)
}

function daemonSet(rng: Rng, name: string): Submitted {
  const labels = { app: name }
  const image = pick(rng, AGENT_IMAGES)
  const spec: DaemonSetSpec = {
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        containers: [{ name: 'agent', image }],
        ...(once(rng, 3) ? { nodeSelector: { [LABEL]: pick(rng, LABEL_VALUES) } } : {}),
        ...(once(rng, 3) ? { tolerations: [{ operator: 'Exists' }] } : {}),
      },
    },
    ...(once(rng, 4) ? { minReadySeconds: between(rng, 1, 20) } : {}),
    updateStrategy: pick(rng, [
      { type: 'RollingUpdate' },
      { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '50%' } },
      { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      { type: 'OnDelete' },
    ]),
  }
  return manifest('apps/v1', 'DaemonSet', name, spec)
}

function pod(rng: Rng, name: string): Submitted {
  return manifest('v1', 'Pod', name, podSpec(rng))
}

function manifest(apiVersion: string, kind: string, name: string, spec: unknown): Submitted {
  return { apiVersion, kind, metadata: { name, namespace: 'default' }, spec }
}
