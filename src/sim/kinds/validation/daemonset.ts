// DaemonSets (pkg/apis/apps/validation ValidateDaemonSet and the strategy's immutable selector).
import type { DaemonSet, DaemonSetSpec, DaemonSetUpdateStrategy } from '../../api-types/apps.ts'
import type { IntOrString } from '../../api-types/meta.ts'
import { deepEqual } from '../../../base/deep-equal.ts'
import { isEmptySelector, selectorMatches } from '../../lib/label-selector.ts'
import { internalForm } from '../internal-form.ts'
import {
  eachInvalid,
  forbidden,
  immutable,
  invalid,
  nonNegative,
  notSupported,
  required,
  type FieldErrors,
} from './field.ts'
import { isUsable, validateSelector } from './label-selector.ts'
import { dnsSubdomain, percent } from './names.ts'
import { validateMeta, validateMetaUpdate } from './object-meta.ts'
import { validateTemplate } from './pod-spec.ts'
import { sortedEntries } from './sorted.ts'

const HUNDRED = 100

export function validateDaemonSet(daemonSet: DaemonSet): FieldErrors {
  return [
    ...validateMeta(daemonSet.metadata, { namespaced: true, name: dnsSubdomain }),
    ...specErrors(daemonSet.spec),
  ]
}

export function validateDaemonSetUpdate(daemonSet: DaemonSet, old: DaemonSet): FieldErrors {
  const { selector } = daemonSet.spec
  return [
    ...validateDaemonSet(daemonSet),
    ...validateMetaUpdate(daemonSet, old),
    ...immutable('spec.selector', deepEqual(selector, old.spec.selector), selector),
  ]
}

function specErrors(spec: DaemonSetSpec): FieldErrors {
  const { template } = spec
  const selector = spec.selector ?? undefined
  const { labels } = template.metadata ?? {}
  const matched = !isUsable(selector) || selectorMatches(selector, labels)
  const shown = labels === undefined ? null : Object.fromEntries(sortedEntries(labels))
  const mismatch = '`selector` does not match template `labels`'
  const empty = selector !== undefined && isEmptySelector(selector)
  return [
    ...validateSelector(selector, 'spec.selector'),
    ...(matched ? [] : [invalid('spec.template.metadata.labels', shown, mismatch)]),
    ...(empty
      ? [invalid('spec.selector', selector, 'empty selector is invalid for daemonset')]
      : []),
    ...validateTemplate(template, 'spec.template'),
    ...podErrors(spec),
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...strategyErrors(spec.updateStrategy ?? {}, 'spec.updateStrategy'),
    ...nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
  ]
}

/** Daemons never end. */
function podErrors({ template }: DaemonSetSpec): FieldErrors {
  const { restartPolicy, activeDeadlineSeconds } = template.spec
  const at = 'spec.template.spec'
  const why = 'activeDeadlineSeconds in DaemonSet is not Supported'
  return [
    ...(restartPolicy === 'Always'
      ? []
      : [notSupported(`${at}.restartPolicy`, restartPolicy, ['Always'])]),
    ...(activeDeadlineSeconds === undefined ? [] : [forbidden(`${at}.activeDeadlineSeconds`, why)]),
  ]
}

function strategyErrors(strategy: DaemonSetUpdateStrategy, field: string): FieldErrors {
  if (strategy.type === 'OnDelete') return []
  if (strategy.type !== 'RollingUpdate') {
    const shown = internalForm(strategy, 'DaemonSetUpdateStrategy')
    return [notSupported(field, shown, ['RollingUpdate', 'OnDelete'])]
  }
  const { maxUnavailable = 0, maxSurge = 0 } = strategy.rollingUpdate ?? {}
  const unavailable = `${field}.rollingUpdate.maxUnavailable`
  const surge = `${field}.rollingUpdate.maxSurge`
  const both = countOf(maxUnavailable) !== 0 && countOf(maxSurge) !== 0
  const none = countOf(maxUnavailable) === 0 && countOf(maxSurge) === 0
  const why = 'may not be set when maxUnavailable is non-zero'
  return [
    ...countErrors(maxUnavailable, unavailable),
    ...countErrors(maxSurge, surge),
    ...aboveHundred(maxUnavailable, unavailable),
    ...aboveHundred(maxSurge, surge),
    ...(both ? [invalid(surge, maxSurge, why)] : []),
    ...(none ? [required(unavailable, 'cannot be 0 when maxSurge is 0')] : []),
  ]
}

function countErrors(value: IntOrString, field: string): FieldErrors {
  if (typeof value === 'number') return nonNegative(field, value)
  return eachInvalid(field, value, percent(value))
}

function aboveHundred(value: IntOrString, field: string): FieldErrors {
  const over = typeof value === 'string' && percent(value).length === 0 && countOf(value) > HUNDRED
  return over ? [invalid(field, value, 'must not be greater than 100%')] : []
}

/** A count or the number before the percent sign; text that is neither counts as 0. */
function countOf(value: IntOrString): number {
  const count = typeof value === 'number' ? value : Number(value.replace(/%$/, ''))
  return Number.isInteger(count) ? count : 0
}
