// The programs of the terminal by the words a learner types.
import type { Program } from '../process.ts'
import { date } from './date.ts'
import { sleep } from './sleep.ts'

export const PROGRAMS: Readonly<Record<string, Program>> = { sleep, date }
