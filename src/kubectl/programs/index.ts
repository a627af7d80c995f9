// The programs of the terminal by the words a learner types.
import { kubectl } from '../run.ts'
import type { Program } from '../process.ts'
import { cron } from './cron.ts'
import { date } from './date.ts'
import { lab } from './lab.ts'
import { sleep } from './sleep.ts'

export const PROGRAMS: Readonly<Record<string, Program>> = {
  kubectl,
  k: kubectl,
  cron,
  lab,
  sleep,
  date,
}
