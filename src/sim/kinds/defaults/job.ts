// Defaults of Jobs, and of the Job template inside a CronJob (pkg/apis/batch/v1/defaults.go).
import { compact, extend } from '../../../base/plain.ts'
import type {
  CronJob,
  CronJobSpec,
  Job,
  JobSpec,
  PodFailurePolicyRule,
} from '../../api-types/batch.ts'
import { fill, mapItems, mapKey } from './fill.ts'
import { templateDefaults } from './pod-spec.ts'

const BACKOFF_LIMIT = 6
/** No limit over all indexes when each index has its own. */
const NO_BACKOFF_LIMIT = 2147483647

/** SetDefaults_Job. Labels of the template become the Job's own when it has none. */
export function jobDefaults(job: Job): Job {
  const spec = jobSpecDefaults(job.spec ?? ({} as JobSpec))
  const result = spec === job.spec ? job : { ...job, spec }
  const labels = spec.template.metadata?.labels
  if (labels === undefined || Object.keys(result.metadata.labels ?? {}).length > 0) return result
  return { ...result, metadata: extend(result.metadata, { labels }) }
}

function jobSpecDefaults(given: JobSpec): JobSpec {
  const spec = jobTemplateSpecDefaults(given)
  const neither = spec.completions === undefined && spec.parallelism === undefined
  const defaults = compact({
    completions: neither ? 1 : undefined,
    parallelism: 1,
    backoffLimit: spec.backoffLimitPerIndex === undefined ? BACKOFF_LIMIT : NO_BACKOFF_LIMIT,
    completionMode: 'NonIndexed',
    suspend: false,
    manualSelector: false,
    podReplacementPolicy: spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed',
  })
  return fill(spec, defaults as Partial<JobSpec>)
}

/** What defaulting does to a Job spec wherever it stands. */
function jobTemplateSpecDefaults(spec: JobSpec): JobSpec {
  const template = templateDefaults(spec.template)
  const result = template === spec.template ? spec : { ...spec, template }
  return mapKey(result, 'podFailurePolicy', (policy) =>
    mapKey(policy, 'rules', (rules) => mapItems(rules, ruleDefaults)),
  )
}

function ruleDefaults(rule: PodFailurePolicyRule): PodFailurePolicyRule {
  return mapKey(rule, 'onPodConditions', (patterns) =>
    mapItems(patterns, (pattern) => (pattern.status ? pattern : { ...pattern, status: 'True' })),
  )
}

/** SetDefaults_CronJob. The Job template gets pod defaults only; its Jobs get the rest later. */
export function cronJobDefaults(cronJob: CronJob): CronJob {
  const given: CronJobSpec = cronJob.spec ?? ({} as CronJobSpec)
  const jobTemplate = given.jobTemplate ?? {}
  const jobSpec = jobTemplateSpecDefaults(jobTemplate.spec ?? ({} as JobSpec))
  const complete = jobSpec === jobTemplate.spec && jobTemplate.metadata !== undefined
  const template = complete ? jobTemplate : { metadata: {}, ...jobTemplate, spec: jobSpec }
  const withTemplate = complete ? given : { ...given, jobTemplate: template }
  const spec = fill(withTemplate, {
    concurrencyPolicy: 'Allow',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
  })
  return spec === cronJob.spec ? cronJob : { ...cronJob, spec }
}
