// batch/v1 Job (pkg/apis/batch/v1/defaults.go, pkg/registry/batch/job/strategy.go).
import { extend } from '../../base/plain.ts'
import type { Job, JobSpec } from '../api-types/batch.ts'
import type { KubeObject, LabelSelector } from '../api-types/meta.ts'
import { jobColumns } from './columns/job.ts'
import { jobDefaults } from './defaults/job.ts'
import type { Kind, ObjectState } from './kind.ts'
import { ownerNameWarnings, templateWarnings } from './pod-warnings.ts'
import { validateJob } from './validation/job.ts'
import { validateJobUpdate } from './validation/job-update.ts'

export const job: Kind<'Job'> = {
  kind: 'Job',
  group: 'batch',
  version: 'v1',
  plural: 'jobs',
  singular: 'job',
  shortNames: [],
  categories: ['all'],
  namespaced: true,
  columns: jobColumns,
  hasGeneration: true,
  defaults: (object) => jobDefaults(object as Job),
  prepareForCreate,
  validate: (object) => validateJob(object as Job),
  validateUpdate: (object, old) => validateJobUpdate(object as Job, old as Job),
  warnings: (object, old) => [
    ...(old === undefined ? ownerNameWarnings(object.metadata.name) : []),
    ...templateWarnings((object as Job).spec.template, 'spec.template'),
  ],
  selectableFields: {
    'status.successful': (object) => String((object as Job).status?.succeeded ?? 0),
  },
  unselectable: (field) => `field label "${field}" not supported for Job`,
  view: {
    state: (object) => stateOf(object as Job),
    span: () => ({ node: '', restarts: 0 }),
  },
}

function stateOf({ metadata, status }: Job): ObjectState {
  const has = (type: string): boolean =>
    (status?.conditions ?? []).some((c) => c.type === type && c.status === 'True')
  if (has('Complete')) return 'succeeded'
  if (has('Failed')) return 'failed'
  if (metadata.deletionTimestamp !== undefined) return 'terminating'
  if (has('Suspended')) return 'suspended'
  return (status?.active ?? 0) > 0 ? 'running' : 'pending'
}

/** An empty status, and the selector with its labels unless they are the user's affair. */
function prepareForCreate(object: KubeObject): KubeObject {
  const given = object as Job
  if (given.spec.manualSelector) return { ...given, status: {} }
  const spec = withGeneratedSelector(given)
  const metadata = withSharedLabels(given, spec)
  return jobDefaults(extend(given, { metadata, spec, status: {} }))
}

/**
 * Labels that defaulting took over from the template are, upstream, the very same map: what is
 * generated into the template's labels shows up in the Job's own.
 */
function withSharedLabels({ metadata, spec }: Job, generated: JobSpec): Job['metadata'] {
  const shared = metadata.labels !== undefined && metadata.labels === spec.template.metadata?.labels
  return shared ? { ...metadata, labels: { ...generated.template.metadata?.labels } } : metadata
}

/** generateSelector: Pods are found by the Job's uid; existing labels are not overwritten. */
function withGeneratedSelector({ metadata, spec }: Job): JobSpec {
  const uidLabel = { 'batch.kubernetes.io/controller-uid': metadata.uid }
  const labels = {
    ...uidLabel,
    'batch.kubernetes.io/job-name': metadata.name,
    'controller-uid': metadata.uid,
    'job-name': metadata.name,
    ...spec.template.metadata?.labels,
  }
  const given = spec.selector ?? {}
  const selector: LabelSelector = { ...given, matchLabels: { ...uidLabel, ...given.matchLabels } }
  const metadataOfPods = extend(spec.template.metadata ?? {}, { labels })
  const template = extend(spec.template, { metadata: metadataOfPods })
  return extend(spec, { selector, template })
}
