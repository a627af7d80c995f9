// What may change in a Job (batch/validation ValidateJobSpecUpdate, validatePodTemplateUpdate): the
// counts; and scheduling directives and resources while it is suspended and never ran.
import type { Job, JobSpec } from '../../api-types/batch.ts'
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
  if (completions === before.completions || completions === spec.parallelism) return []
  return [invalid(field, completions, 'can only be modified in tandem with spec.parallelism')]
}

function templateErrors(spec: JobSpec, old: Job): FieldErrors {
  const before = old.spec.template
  const kept = isMutableSuspended(old) ? withDirectivesOf(spec.template, before) : before
  const same = deepEqual(spec.template, kept)
  return immutable('spec.template', same, same ? null : internalTemplate(spec.template))
}

/** Whether the Job is suspended and none of its Pods were ever started. */
function isMutableSuspended({ spec, status }: Job): boolean {
  if (!spec.suspend || (status.active ?? 0) > 0) return false
  const suspended = (status.conditions ?? []).some(
    (condition) => condition.type === 'Suspended' && condition.status === 'True',
  )
  return status.startTime === undefined || suspended
}

/** The old template with the parts of the new one that a suspended Job may change. */
function withDirectivesOf(
  template: JobSpec['template'],
  old: JobSpec['template'],
): JobSpec['template'] {
  const { nodeSelector, tolerations, schedulingGates, affinity } = template.spec
  const { nodeSelector: _n, tolerations: _t, schedulingGates: _s, ...rest } = old.spec
  const given = { nodeSelector, tolerations, schedulingGates }
  const present = Object.entries(given).filter(([, value]) => value !== undefined)
  const nodeAffinity = affinity?.nodeAffinity
  const others = { ...old.spec.affinity, ...(nodeAffinity ? { nodeAffinity } : {}) }
  const resources = new Map(template.spec.containers.map((one) => [one.name, one.resources]))
  const containers = old.spec.containers.map((container) => {
    const changed = resources.get(container.name)
    return changed === undefined ? container : { ...container, resources: changed }
  })
  const { labels, annotations } = template.metadata ?? {}
  const metadata = {
    ...old.metadata,
    ...(labels ? { labels } : {}),
    ...(annotations ? { annotations } : {}),
  }
  const withAffinity = Object.keys(others).length === 0 ? {} : { affinity: others }
  return {
    metadata,
    spec: { ...rest, ...Object.fromEntries(present), ...withAffinity, containers },
  }
}
