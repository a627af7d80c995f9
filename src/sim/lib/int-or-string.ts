// intstr: a count, or a percentage of a total (apimachinery util/intstr). Pure.
import type { IntOrString } from '../api-types/meta.ts'

/**
 * The count that `value` means of `total`: a number as it is, a percentage scaled and rounded up
 * (or down). NaN for text that is no percentage (GetScaledValueFromIntOrPercent).
 */
export function scaledValue(value: IntOrString, total: number, roundUp: boolean): number {
  if (typeof value === 'number') return value
  if (!/^\d+%$/.test(value)) return NaN
  const scaled = (Number(value.slice(0, -1)) * total) / 100
  return roundUp ? Math.ceil(scaled) : Math.floor(scaled)
}
