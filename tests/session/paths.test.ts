// Every way of reaching a moment gives the same log and the same World: random sessions, each
// reached along random paths.
import { expect, test } from 'vitest'
import { straight, wander } from '../../src/headless/paths.ts'
import { canonicalWorld } from './canonical.ts'
import { randomSession } from './random-session.ts'

const SEEDS = Number(process.env['PATH_SEEDS'] ?? 500)
const FIRST = Number(process.env['PATH_FIRST'] ?? 1)
const PATHS = 2
const CHUNK = 10

for (let from = FIRST; from < FIRST + SEEDS; from += CHUNK)
  test(`sessions ${from} to ${from + CHUNK - 1} have one log, however they are reached`, () => {
    const wrong: string[] = []
    for (let seed = from; seed < from + CHUNK; seed++) wrong.push(...differences(seed))
    expect(wrong).toEqual([])
  })

/** Names the ways that led elsewhere. */
function differences(seed: number): string[] {
  const { course, lived } = randomSession(seed)
  const wanted = canonicalWorld(straight(course).lab.world)
  const wrong = canonicalWorld(lived.lab.world) === wanted ? [] : [`seed ${seed}: as lived`]
  for (let path = 0; path < PATHS; path++)
    if (canonicalWorld(wander(course, seed * PATHS + path).lab.world) !== wanted)
      wrong.push(`seed ${seed}: path ${path}`)
  return wrong
}
