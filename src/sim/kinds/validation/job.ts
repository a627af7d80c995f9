// Jobs (pkg/apis/batch/validation/validation.go, pkg/registry/batch/job/strategy.go).
import type { Job, JobSpec } from '../../api-types/batch.ts'
import type { ObjectMeta } from '../../api-types/meta.ts'
import { selectorMatches } from '../../lib/label-selector.ts'
import { internalForm } from '../internal-form.ts'
import {
  eachInvalid,
  invalid,
  nonNegative,
  notSupported,
  required,
  tooLong,
  type FieldErrors,
} from './field.ts'
import { validatePodFailurePolicy, validateSuccessPolicy } from './job-policies.ts'
import { isUsable, validateSelector } from './label-selector.ts'
import { dnsLabel, dnsSubdomain, httpPath } from './names.ts'
import { validateMeta } from './object-meta.ts'
import { validateTemplate } from './pod-spec.ts'
import { sortedEntries } from './sorted.ts'

const PARALLELISM_MAX = 100000
const FAILED_INDEXES_MAX = 100000
const COMPLETIONS_SOFT_MAX = 100000
const HIGH_COMPLETIONS_MAX = 10000
const MANAGED_BY_BYTES_MAX = 63
const RESTART_POLICIES = ['OnFailure', 'Never']

const atMost = (max: number): string => `must be less than or equal to ${max}`

/** Validates a Job on create, its selector generated. */
export function validateJob(job: Job): FieldErrors {
  return [
    ...validateMeta(ownMeta(job), { namespaced: true, name: dnsSubdomain }),
    ...generatedSelectorErrors(job),
    ...jobSpecErrors(job.spec, 'spec'),
    ...selectorErrors(job.spec, 'spec'),
    ...indexedNameErrors(job),
  ]
}

/** Labels that the Job only shows because its template has them are validated there. */
function ownMeta({ metadata, spec }: Job): ObjectMeta {
  if (metadata.labels === undefined || metadata.labels !== spec.template.metadata?.labels)
    return metadata
  const { labels: _copied, ...own } = metadata
  return own
}

/** The labels that make a Job find its Pods must be its own. */
function generatedSelectorErrors({ metadata, spec }: Job): FieldErrors {
  if (spec.manualSelector || spec.selector === undefined) return []
  const labels = spec.template.metadata?.labels ?? {}
  if (!metadata.uid) return [required('metadata.uid')]
  const expected: Record<string, string> = {
    'controller-uid': metadata.uid,
    'job-name': metadata.name,
    'batch.kubernetes.io/controller-uid': metadata.uid,
    'batch.kubernetes.io/job-name': metadata.name,
  }
  const wrong = Object.entries(expected).flatMap(([key, value]) => {
    const field = `spec.template.metadata.labels[${key}]`
    const why = `must be '${value}'`
    if (labels[key] === undefined) return [required(field, why)]
    return labels[key] === value ? [] : [invalid(field, sortedMap(labels), why)]
  })
  const foreign = isUsable(spec.selector) && !selectorMatches(spec.selector, expected)
  const why = '`selector` not auto-generated'
  return [...wrong, ...(foreign ? [invalid('spec.selector', shownSelector(spec), why)] : [])]
}

function sortedMap(map: Readonly<Record<string, string>> | undefined): object | null {
  return map === undefined ? null : Object.fromEntries(sortedEntries(map))
}

/** A selector as errors show it: labels sorted. */
export function shownSelector({ selector }: JobSpec): object | null {
  if (selector === undefined) return null
  const { matchLabels, ...rest } = selector
  return matchLabels === undefined ? rest : { matchLabels: sortedMap(matchLabels), ...rest }
}

/** What holds for the spec of a Job and of a Job template. */
export function jobSpecErrors(spec: JobSpec, field: string): FieldErrors {
  return [
    ...countErrors(spec, field),
    ...managedByErrors(spec.managedBy, `${field}.managedBy`),
    ...(spec.completionMode === undefined ? [] : modeErrors(spec, field)),
    ...nonIndexedErrors(spec, field),
    ...(spec.podFailurePolicy ? validatePodFailurePolicy(spec, `${field}.podFailurePolicy`) : []),
    ...successPolicyErrors(spec, `${field}.successPolicy`),
    ...replacementErrors(spec, `${field}.podReplacementPolicy`),
    ...validateTemplate(spec.template, `${field}.template`),
    ...restartErrors(spec, `${field}.template.spec.restartPolicy`),
  ]
}

const COUNTS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
] as const

function countErrors(spec: JobSpec, field: string): FieldErrors {
  const lonely = spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined
  const why = 'when maxFailedIndexes is specified'
  return [
    ...COUNTS.flatMap((name) => nonNegative(`${field}.${name}`, spec[name])),
    ...(lonely ? [required(`${field}.backoffLimitPerIndex`, why)] : []),
  ]
}

function managedByErrors(manager: string | undefined, field: string): FieldErrors {
  if (manager === undefined) return []
  if (manager === '') return [required(field)]
  const long = manager.length > MANAGED_BY_BYTES_MAX ? [tooLong(field, MANAGED_BY_BYTES_MAX)] : []
  const slash = manager.indexOf('/')
  if (slash <= 0 || slash === manager.length - 1) {
    const why = 'must be a domain-prefixed path (such as "acme.io/foo")'
    return [invalid(field, manager, why), ...long]
  }
  const host = manager.slice(0, slash)
  const path = manager.slice(slash + 1)
  return [
    ...eachInvalid(field, host, dnsSubdomain(host)),
    ...eachInvalid(field, path, httpPath(path)),
    ...long,
  ]
}

function modeErrors(spec: JobSpec, field: string): FieldErrors {
  const { completionMode: mode, completions, parallelism, maxFailedIndexes: failed } = spec
  if (mode === 'NonIndexed') return []
  if (mode !== 'Indexed')
    return [notSupported(`${field}.completionMode`, mode, ['NonIndexed', 'Indexed'])]
  const beyond = (value: number | undefined, max: number): value is number =>
    value !== undefined && value > max
  const inMode = 'when completion mode is Indexed'
  return [
    ...(completions === undefined ? [required(`${field}.completions`, inMode)] : []),
    ...(beyond(parallelism, PARALLELISM_MAX)
      ? [invalid(`${field}.parallelism`, parallelism, `${atMost(PARALLELISM_MAX)} ${inMode}`)]
      : []),
    ...(completions !== undefined && beyond(failed, completions)
      ? [invalid(`${field}.maxFailedIndexes`, failed, 'must be less than or equal to completions')]
      : []),
    ...(beyond(failed, FAILED_INDEXES_MAX)
      ? [invalid(`${field}.maxFailedIndexes`, failed, atMost(FAILED_INDEXES_MAX))]
      : []),
    ...highCompletionErrors(spec, field),
  ]
}

/** Many completions with a limit per index need tighter bounds. */
function highCompletionErrors(spec: JobSpec, field: string): FieldErrors {
  const { completions = 0, backoffLimitPerIndex, maxFailedIndexes: failed, parallelism } = spec
  if (completions <= COMPLETIONS_SOFT_MAX || backoffLimitPerIndex === undefined) return []
  const many = `when completions are above ${COMPLETIONS_SOFT_MAX}`
  const why = `${atMost(HIGH_COMPLETIONS_MAX)} ${many} and used with backoff limit per index`
  const need = `must be specified when completions is above ${COMPLETIONS_SOFT_MAX}`
  return [
    ...(failed === undefined ? [required(`${field}.maxFailedIndexes`, need)] : []),
    ...((parallelism ?? 0) > HIGH_COMPLETIONS_MAX
      ? [invalid(`${field}.parallelism`, parallelism, why)]
      : []),
    ...((failed ?? 0) > HIGH_COMPLETIONS_MAX
      ? [invalid(`${field}.maxFailedIndexes`, failed, why)]
      : []),
  ]
}

/** Whether each Pod has an index. */
export const isIndexed = (spec: JobSpec): boolean => spec.completionMode === 'Indexed'

function nonIndexedErrors(spec: JobSpec, field: string): FieldErrors {
  if (spec.completionMode !== undefined && spec.completionMode !== 'NonIndexed') return []
  return (['backoffLimitPerIndex', 'maxFailedIndexes'] as const).flatMap((name) =>
    spec[name] === undefined
      ? []
      : [invalid(`${field}.${name}`, spec[name], 'requires indexed completion mode')],
  )
}

function successPolicyErrors(spec: JobSpec, field: string): FieldErrors {
  const { successPolicy } = spec
  if (successPolicy === undefined) return []
  if (isIndexed(spec)) return validateSuccessPolicy(spec, field)
  const shown = internalForm(successPolicy, 'SuccessPolicy')
  return [invalid(field, shown, 'requires indexed completion mode')]
}

function replacementErrors(spec: JobSpec, field: string): FieldErrors {
  const { podReplacementPolicy: policy, podFailurePolicy } = spec
  if (policy === undefined) return []
  const values = podFailurePolicy === undefined ? ['Failed', 'TerminatingOrFailed'] : ['Failed']
  return values.includes(policy) ? [] : [notSupported(field, policy, values)]
}

function restartErrors(spec: JobSpec, field: string): FieldErrors {
  const { restartPolicy } = spec.template.spec
  if (restartPolicy === undefined || restartPolicy === 'Always')
    return [required(field, 'valid values: "OnFailure", "Never"')]
  if (!RESTART_POLICIES.includes(restartPolicy))
    return [notSupported(field, restartPolicy, RESTART_POLICIES)]
  if (spec.podFailurePolicy === undefined || restartPolicy === 'Never') return []
  const why = 'only "Never" is supported when podFailurePolicy is specified'
  return [invalid(field, restartPolicy, why)]
}

function selectorErrors(spec: JobSpec, field: string): FieldErrors {
  const { selector } = spec
  const { labels } = spec.template.metadata ?? {}
  const matched = !isUsable(selector) || selectorMatches(selector, labels)
  const why = '`selector` does not match template `labels`'
  return [
    ...(selector === undefined
      ? [required(`${field}.selector`)]
      : validateSelector(selector, `${field}.selector`)),
    ...(matched ? [] : [invalid(`${field}.template.metadata.labels`, sortedMap(labels), why)]),
  ]
}

/** Pods of an Indexed Job have the Job's name and their index as hostname. */
function indexedNameErrors({ metadata, spec }: Job): FieldErrors {
  const { completions = 0 } = spec
  if (!isIndexed(spec) || completions <= 0) return []
  const hostname = `${metadata.name}-${completions - 1}`
  if (dnsLabel(hostname).length === 0) return []
  const why = `will not able to create pod with invalid DNS label: ${hostname}`
  return [invalid('metadata.name', metadata.name, why)]
}
