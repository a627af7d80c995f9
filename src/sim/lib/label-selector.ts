// metav1.LabelSelector against labels (apimachinery meta/v1/helpers.go LabelSelectorAsSelector).
// Pure.
import type { LabelSelector } from '../api-types/meta.ts'

/**
 * Whether the selector picks an object with these labels. An absent selector picks nothing, an
 * empty one everything.
 */
export function selectorMatches(
  selector: LabelSelector | undefined,
  labels: Readonly<Record<string, string>> = {},
): boolean {
  if (selector === undefined) return false
  const { matchLabels, matchExpressions } = selector
  for (const key in matchLabels) if (labels[key] !== matchLabels[key]) return false
  return (
    matchExpressions === undefined ||
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key]
      if (operator === 'In') return value !== undefined && values.includes(value)
      if (operator === 'NotIn') return value === undefined || !values.includes(value)
      return operator === 'Exists' ? value !== undefined : value === undefined
    })
  )
}

/** Whether it has no requirement, so that it picks everything. */
export function isEmptySelector(selector: LabelSelector): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0
}
