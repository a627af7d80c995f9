// `sleep` in the terminal waits on virtual time, not on the learner's.
import { addMs } from '../../base/time.ts'
import type { Program } from '../process.ts'

const UNITS_MS: Readonly<Record<string, number>> = {
  '': 1_000,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/** `sleep 90`, `sleep 1.5m`, `sleep 1m 30s`: the arguments are added up, as coreutils does. */
export const sleep: Program = function* (argv, context) {
  let totalMs = 0
  for (const word of argv) {
    const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(word)
    if (match === null) {
      context.stderr(`sleep: invalid time interval '${word}'\n`)
      return 1
    }
    totalMs += Number(match[1]) * UNITS_MS[match[2]!]!
  }
  if (argv.length === 0) {
    context.stderr('sleep: missing operand\n')
    return 1
  }
  const until = addMs(context.world.now, totalMs)
  while (context.world.now < until) yield { until }
  return 0
}
