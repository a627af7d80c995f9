// What may change in a Job (batch/validation ValidateJobSpecUpdate, validatePodTemplateUpdate): the
// counts; and scheduling directives and resources while it is suspended and never ran.
import { compact, extend } from '../../../base/plain.ts'
import type { Job, JobSpec } from '../../api-types/batch.ts'
import type { Affinity, Container, PodSpec } from '../../api-types/pod.ts'
import { deepEqual } from '../../../base/deep-equal.ts'
import { internalForm, internalTemplate } from '../internal-form.ts'
import { immutable, invalid, type FieldErrors } from './field.ts'
import { isIndexed, shownSelector, validateJob } from './job.ts'
import { validateMetaUpdate } from './object-meta.ts'

/** Validates an update: the Job as a whole, then what may not have changed. */
export function validateJobUpdate(job: Job, old: Job): FieldErrors {
  return [...validateJob(job), ...validateMetaUpdate(job, old), ...changeErrors(job.spec, old)]
}

function changeErrors(spec: JobSpec, old: Job): FieldErrors {
  const before = old.spec
  const same = (name: keyof JobSpec): boolean => deepEqual(spec[name], before[name])
  const policy = (name: 'podFailurePolicy' | 'successPolicy', struct: string): unknown =>
    spec[name] === undefined ? null : internalForm(spec[name], struct)
  return [
    ...completionsErrors(spec, before),
    ...immutable('spec.selector', same('selector'), shownSelector(spec)),
    ...templateErrors(spec, old),
    ...immutable('spec.completionMode', same('completionMode'), spec.completionMode),
    ...immutable(
      'spec.podFailurePolicy',
      same('podFailurePolicy'),
      policy('podFailurePolicy', 'PodFailurePolicy'),
    ),
    ...immutable(
      'spec.backoffLimitPerIndex',
      same('backoffLimitPerIndex'),
      spec.backoffLimitPerIndex,
    ),
    ...immutable('spec.managedBy', same('managedBy'), spec.managedBy),
    ...immutable(
      'spec.successPolicy',
      same('successPolicy'),
      policy('successPolicy', 'SuccessPolicy'),
    ),
  ]
}

/** Indexed Jobs may change completions together with parallelism. */
function completionsErrors(spec: JobSpec, before: JobSpec): FieldErrors {
  const field = 'spec.completions'
  const { completions } = spec
  if (!isIndexed(before)) return immutable(field, completions === before.completions, completions)
  if (completions === undefined || completions === before.completions) return []
  if (completions === spec.parallelism) return []
  return [invalid(field, completions, 'can only be modified in tandem with spec.parallelism')]
}

function templateErrors(spec: JobSpec, old: Job): FieldErrors {
  const before = old.spec.template
  const { template } = spec
  if (isMutableSuspended(old)) {
    const same = deepEqual(template.spec, withDirectivesOf(template.spec, before.spec))
    const shown = same ? null : internalForm(template.spec, 'PodSpec')
    return immutable('spec.template.spec', same, shown)
  }
  const same = deepEqual(template, before)
  return immutable('spec.template', same, same ? null : internalTemplate(template))
}

/** Whether the Job is suspended and none of its Pods were ever started. */
function isMutableSuspended({ spec, status }: Job): boolean {
  if (!spec.suspend || (status.active ?? 0) > 0) return false
  const suspended = (status.conditions ?? []).some(
    (condition) => condition.type === 'Suspended' && condition.status === 'True',
  )
  return status.startTime === undefined || suspended
}

/** The old spec with the parts of the new one that a suspended Job may change. */
function withDirectivesOf(now: PodSpec, old: PodSpec): PodSpec {
  const { nodeSelector: _n, tolerations: _t, schedulingGates: _s, affinity: _a, ...rest } = old
  const { nodeSelector, tolerations, schedulingGates } = now
  const affinity = affinityOf(now.affinity, old.affinity)
  const given = compact({ nodeSelector, tolerations, schedulingGates, affinity })
  const containers = withResourcesOf(now.containers, old.containers)
  const inits = old.initContainers && withResourcesOf(now.initContainers ?? [], old.initContainers)
  return extend({ ...rest, containers }, compact({ ...given, initContainers: inits }))
}

/** Of the affinity only the part about nodes may change, or come and go. */
function affinityOf(now: Affinity | undefined, old: Affinity | undefined): Affinity | undefined {
  if (now === undefined && old === undefined) return undefined
  const { nodeAffinity: _old, ...others } = old ?? {}
  const affinity = extend(others, compact({ nodeAffinity: now?.nodeAffinity }))
  return now === undefined && Object.keys(affinity).length === 0 ? undefined : affinity
}

/** The old containers with the resources of the new ones, which must be the same in order. */
function withResourcesOf(now: readonly Container[], old: readonly Container[]): Container[] {
  return old.map((container, index) => {
    const { name, resources } = now[index] ?? {}
    const { resources: _old, ...rest } = container
    return name === container.name ? extend(rest, compact({ resources })) : container
  })
}
