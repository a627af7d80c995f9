// `date` in the terminal tells the cluster's time, in UTC.
import { formatTime } from '../../base/time.ts'
import type { Program } from '../process.ts'

/** `date` and `date -Iseconds` / `date +%s`; other formats are refused with a sentence. */
export const date: Program = function* (argv, context) {
  const { now } = context.world
  const [format, ...rest] = argv.filter((word) => word !== '-u' && word !== '--utc')
  if (rest.length > 0) {
    context.stderr(`date: extra operand '${rest[0]}'\n`)
    return 1
  }
  if (format === undefined) context.stdout(`${classic(now)}\n`)
  else if (format === '+%s') context.stdout(`${Math.floor(now / 1000)}\n`)
  else if (format === '-Iseconds' || format === '-Is')
    context.stdout(`${formatTime(now).replace('Z', '+00:00')}\n`)
  else {
    context.stderr(`date: this terminal knows +%s and -Iseconds only, not '${format}'\n`)
    return 1
  }
  return 0
}

function classic(now: number): string {
  const date = new Date(now)
  const [day, month] = [date.toUTCString().slice(0, 3), date.toUTCString().slice(8, 11)]
  const number = String(date.getUTCDate()).padStart(2)
  const clock = date.toISOString().slice(11, 19)
  return `${day} ${month} ${number} ${clock} UTC ${date.getUTCFullYear()}`
}
