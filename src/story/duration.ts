// Durations as content writes them: `90s`, `10m`, `2h`, `1d`.
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../base/time.ts'

const UNITS_MS = { s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS } as const

/** Milliseconds of `90s`; undefined when it is no duration. */
export function durationMs(text: string): number | undefined {
  const match = /^(\d+)([smhd])$/.exec(text)
  return match === null ? undefined : Number(match[1]) * UNITS_MS[match[2] as 's']
}
