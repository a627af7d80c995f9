// The Pod that a Job creates: its template, the tracking finalizer, and for Indexed Jobs everything
// that carries the index (job_controller.go manageJob, controller_utils.go). Pure.
import { compact, extend } from '../../../base/plain.ts'
import type { Job } from '../../api-types/batch.ts'
import type { ObjectMeta } from '../../api-types/meta.ts'
import type { Container, Pod, PodSpec } from '../../api-types/pod.ts'
import type { Submitted } from '../../api.ts'
import { controllerReference } from '../../lib/owner.ts'
import { matchFailurePolicy } from './failure-policy.ts'
import {
  hasLimitPerIndex,
  INDEX_FAILURES_KEY,
  INDEX_IGNORED_KEY,
  INDEX_KEY,
  indexFailures,
  TRACKING_FINALIZER,
} from './pods.ts'

const INDEX_ENV = 'JOB_COMPLETION_INDEX'
/** Longest prefix of a generated name that is kept whole (apiserver storage/names). */
const PREFIX_MAX = 58

/** A Pod for the Job; `replaced` is the failed Pod of the same index whose count continues. */
export function podOfJob(
  job: Job,
  index: number | undefined,
  replaced: Pod | undefined,
): Submitted {
  const { metadata: template = {}, spec } = job.spec.template
  const metadata: Partial<ObjectMeta> = compact({
    generateName: namePrefix(job.metadata.name, index),
    namespace: job.metadata.namespace,
    labels: template.labels,
    annotations: template.annotations,
    ownerReferences: [controllerReference(job)],
    finalizers: trackedBy(template.finalizers ?? []),
  })
  const pod: Submitted = { apiVersion: 'v1', kind: 'Pod', metadata, spec }
  return index === undefined ? pod : withIndex(pod, job, index, replaced)
}

function trackedBy(finalizers: readonly string[]): readonly string[] {
  return finalizers.includes(TRACKING_FINALIZER) ? finalizers : [...finalizers, TRACKING_FINALIZER]
}

/** `JOB-`, or `JOB-INDEX-` with the Job's name cut so that the index survives. */
export function namePrefix(jobName: string, index: number | undefined): string {
  if (index === undefined) return `${jobName}-`
  const tail = `-${index}-`
  return jobName.slice(0, PREFIX_MAX - tail.length) + tail
}

function withIndex(pod: Submitted, job: Job, index: number, replaced: Pod | undefined): Submitted {
  const { metadata } = pod
  const spec = pod.spec as PodSpec
  const counts = hasLimitPerIndex(job) ? failureCounts(job, replaced) : {}
  const added = compact({
    hostname: `${job.metadata.name}-${index}`,
    containers: spec.containers.map(withIndexEnv),
    initContainers: spec.initContainers?.map(withIndexEnv),
  })
  return {
    ...pod,
    metadata: extend(metadata, {
      labels: { ...metadata.labels, [INDEX_KEY]: String(index) },
      annotations: { ...metadata.annotations, [INDEX_KEY]: String(index), ...counts },
    }),
    spec: extend(spec, added),
  }
}

function withIndexEnv(container: Container): Container {
  const { env = [] } = container
  if (env.some(({ name }) => name === INDEX_ENV)) return container
  const fieldRef = { apiVersion: 'v1', fieldPath: `metadata.labels['${INDEX_KEY}']` }
  return extend(container, { env: [...env, { name: INDEX_ENV, valueFrom: { fieldRef } }] })
}

function failureCounts(job: Job, replaced: Pod | undefined): Record<string, string> {
  if (replaced === undefined) return { [INDEX_FAILURES_KEY]: '0' }
  const counts = matchFailurePolicy(job.spec.podFailurePolicy, replaced).counts
  const before = indexFailures(replaced, false)
  const ignoredBefore = indexFailures(replaced, true) - before
  const ignored = ignoredBefore + (counts ? 0 : 1)
  const failures = { [INDEX_FAILURES_KEY]: String(before + (counts ? 1 : 0)) }
  return ignored > 0 ? extend(failures, { [INDEX_IGNORED_KEY]: String(ignored) }) : failures
}
