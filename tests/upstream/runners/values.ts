// Times and values as the rows about single objects write them.
import { formatTime, parseTime } from '../../../src/base/time.ts'
import { type Json } from '../json.ts'

export const NOW = '2026-01-01T00:00:00Z'
export const now = parseTime(NOW)
/** "@-3d", "@+2s" in a case mean a time relative to now. */
export function resolve(value: Json): Json {
  if (typeof value === 'string' && /^@[-+]?\d+(ms|s|m|h|d|y)?$/.test(value)) {
    const [, sign, n, unit = 's'] = /^@([-+]?)(\d+)(ms|s|m|h|d|y)?$/.exec(value)!
    const ms = { ms: 1, s: 1000, m: 60000, h: 3600000, d: 86400000, y: 365 * 86400000 }[unit as 's']
    const at = Number(now) + (sign === '-' ? -1 : 1) * Number(n) * ms
    return unit === 'ms' ? new Date(at).toISOString() : formatTime(at as Json)
  }
  if (Array.isArray(value)) return value.map(resolve)
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, resolve(v)]))
  return value
}
export const pick = (value: Json, like: Json): Json => {
  if (Array.isArray(like))
    return Array.isArray(value)
      ? like.map((l, i) => pick(value[i], l)).concat(value.slice(like.length))
      : value
  if (like !== null && typeof like === 'object')
    return value === null || typeof value !== 'object'
      ? value
      : Object.fromEntries(Object.keys(like).map((k) => [k, pick(value[k], like[k])]))
  return value
}
export const same = (a: Json, b: Json) =>
  JSON.stringify(a) === JSON.stringify(b)
    ? undefined
    : `expected ${JSON.stringify(b)}; ours ${JSON.stringify(a)}`
