// Every schedule of the recorded table: the library that Kubernetes uses gave these answers.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { formatTime, parseTime } from '../../../src/base/time.ts'
import { CronError } from '../../../src/sim/lib/cron-field.ts'
import { nextTimes } from '../../../src/sim/lib/cron-next.ts'
import { parseCron } from '../../../src/sim/lib/cron-parse.ts'

interface Row {
  schedule: string
  zone?: string
  from: string
  next?: string[]
  error?: string
}

const FILE = new URL('../../reference/cron.jsonl', import.meta.url)
const rows = readFileSync(FILE, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row)

function answer(row: Row): Pick<Row, 'next' | 'error'> {
  try {
    const times = nextTimes(parseCron(row.schedule), parseTime(row.from), 8, row.zone)
    return { next: times.map(formatTime) }
  } catch (error) {
    if (!(error instanceof CronError)) throw error
    return { error: error.panics ? `panic: ${error.message}` : error.message }
  }
}

test('all 700 recorded schedules give the recorded times or the recorded error', () => {
  expect(rows).toHaveLength(700)
  const wrong = rows.filter((row) => {
    const { next = [], error } = answer(row)
    return JSON.stringify([next, error]) !== JSON.stringify([row.next ?? [], row.error])
  })
  expect(wrong.map((row) => ({ ...row, got: answer(row) }))).toEqual([])
})
