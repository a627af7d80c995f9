// The proleptic Gregorian calendar on whole numbers of days and seconds since 1970. Date objects
// would do the same at twenty times the cost, and stepping schedules is the hot path.

export const DAY_SECONDS = 86_400

/** A day of the calendar; `month` counts from 1, `weekday` from Sunday = 0. */
export interface CivilDay {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly weekday: number
}

/** Days since 1970-01-01 of a date; `month` may exceed 12 and `day` the month's length. */
export function daysOf(year: number, month: number, day: number): number {
  const y = year + Math.floor((month - 1) / 12)
  const m = ((((month - 1) % 12) + 12) % 12) + 1
  // Years start in March here, so that the leap day is the last one.
  const marchYear = m > 2 ? y : y - 1
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * (m > 2 ? m - 3 : m + 9) + 2) / 5)
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  return era * 146_097 + yearOfEra * 365 + leapDays + dayOfYear - 719_468 + (day - 1)
}

let lastDays = NaN
let lastCivil: CivilDay = { year: 1970, month: 1, day: 1, weekday: 4 }

/** The date of a number of days since 1970-01-01. The last answer is remembered. */
export function civilOf(days: number): CivilDay {
  if (days !== lastDays) {
    lastDays = days
    lastCivil = computeCivil(days)
  }
  return lastCivil
}

function computeCivil(days: number): CivilDay {
  const z = days + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const cycles =
    dayOfEra -
    Math.floor(dayOfEra / 1460) +
    Math.floor(dayOfEra / 36_524) -
    Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor(cycles / 365)
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  const dayOfYear = dayOfEra - (365 * yearOfEra + leapDays)
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
    weekday: (((days + 4) % 7) + 7) % 7,
  }
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The number of days in a month (from 1) of a year. */
export function daysInMonth(year: number, month: number): number {
  if (month !== 2) return MONTH_DAYS[month - 1] ?? 31
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
}
