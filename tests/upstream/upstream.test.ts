// Kubernetes' own unit-test tables as data: how many rows of each hold may only rise. What has been
// reached is kept in holds.json; `RAISE=1 npx vitest run tests/upstream` raises it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { held, judgeTable, tableFiles } from './tables.ts'

const ROWS = join(import.meta.dirname, 'rows')
const REACHED = join(import.meta.dirname, 'holds.json')
const reached = JSON.parse(readFileSync(REACHED, 'utf8')) as Record<string, number>
const holding: Record<string, number> = {}

describe("of upstream's rows no fewer hold than have held", () => {
  for (const file of tableFiles(ROWS)) {
    const name = relative(ROWS, file).replaceAll('\\', '/').replace('.json', '')
    it(name, () => {
      const verdict = judgeTable(file)
      holding[name] = held(verdict)
      const broken = verdict.rows.filter(({ problems }) => problems.length > 0)
      expect(holding[name], JSON.stringify(broken)).toBeGreaterThanOrEqual(reached[name] ?? 0)
    })
  }
})

describe('the rows of upstream', () => {
  it('are told apart: a row that expects something else does not hold', () => {
    const verdict = judgeTable(join(import.meta.dirname, 'broken-row.json'))
    expect(verdict.rows.map(({ problems }) => problems.length)).toEqual([0, 1])
  })
})

afterAll(() => {
  if (process.env['RAISE'] === undefined) return
  const sorted = Object.entries({ ...reached, ...holding }).sort(([a], [b]) => (a < b ? -1 : 1))
  const lines = sorted.map(([name, count]) => `  ${JSON.stringify(name)}: ${count}`)
  writeFileSync(REACHED, `{\n${lines.join(',\n')}\n}\n`)
})
