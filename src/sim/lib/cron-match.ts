// What both searches for the next time share: the rule for days and the horizon.

import { allows } from './cron-field.ts'
import type { FieldsSchedule } from './cron-parse.ts'

/** robfig/cron gives up when nothing fits in the year of asking and the next five. */
export const YEARS_SEARCHED = 5

/** Whether the two day fields allow a day: both must, or either one when neither is a star. */
export function dayMatches(
  schedule: FieldsSchedule,
  date: { readonly day: number; readonly weekday: number },
): boolean {
  const { dayOfMonth, dayOfWeek } = schedule
  const domMatches = allows(dayOfMonth, date.day)
  const dowMatches = allows(dayOfWeek, date.weekday)
  return dayOfMonth.star || dayOfWeek.star ? domMatches && dowMatches : domMatches || dowMatches
}
