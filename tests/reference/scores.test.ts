// Every recording is replayed and compared; the score of each file is printed and may only rise.
// What has been reached is kept in scores.json; `RAISE=1 npx vitest run tests/reference` raises it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { replaySession, type Recording } from '../../src/headless/replay-session.ts'
import { scoreOf, type Score } from './score.ts'

const FOLDER = import.meta.dirname
const REACHED = join(FOLDER, 'scores.json')
const names = readdirSync(FOLDER)
  .filter((file) => /^[a-z]\d?-.*\.json$/.test(file))
  .map((file) => file.replace('.json', ''))
const reached = JSON.parse(readFileSync(REACHED, 'utf8')) as Record<string, Score>
const scores: Record<string, Score> = {}

describe('a replay is no worse than it has been', () => {
  for (const name of names)
    it(name, async () => {
      const recording = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Recording
      const score = scoreOf(name, recording, await replaySession(recording))
      scores[name] = score
      console.log(line(name, score))
      for (const part of ['steps', 'events', 'states'] as const)
        expect(score[part][0], part).toBeGreaterThanOrEqual(reached[name]?.[part][0] ?? 0)
    })
})

afterAll(() => {
  console.log(line('all', sum(Object.values(scores))))
  if (process.env['RAISE'] === undefined) return
  const sorted = Object.entries({ ...reached, ...scores }).sort(([a], [b]) => (a < b ? -1 : 1))
  const lines = sorted.map(([name, score]) => `  ${JSON.stringify(name)}: ${JSON.stringify(score)}`)
  writeFileSync(REACHED, `{\n${lines.join(',\n')}\n}\n`)
})

function line(name: string, { steps, events, states }: Score): string {
  const [a, b, c] = [steps, events, states].map(([got, wanted]) => `${got}/${wanted}`)
  return `${name.padEnd(28)} steps ${a}  events ${b}  states ${c}`
}

function sum(all: readonly Score[]): Score {
  const total: Score = { steps: [0, 0], events: [0, 0], states: [0, 0] }
  for (const score of all)
    for (const part of ['steps', 'events', 'states'] as const) {
      total[part][0] += score[part][0]
      total[part][1] += score[part][1]
    }
  return total
}
