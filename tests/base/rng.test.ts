import { describe, expect, it } from 'vitest'
import { forkRng, randomInt, randomSuffix, randomUid } from '../../src/base/rng.ts'

describe('a random stream', () => {
  it('is the same for the same seed and name', () => {
    const draw = () => Array.from({ length: 5 }, randomFrom(forkRng(7, 'kubelet')))
    expect(draw()).toEqual(draw())
  })

  it('differs between names and between seeds', () => {
    const first = (seed: number, name: string) => randomUid(forkRng(seed, name))
    expect(new Set([first(1, 'a'), first(1, 'b'), first(2, 'a')]).size).toBe(3)
  })

  it('draws every integer below the bound about equally often', () => {
    const rng = forkRng(1, 'dice')
    const counts = [0, 0, 0, 0, 0, 0]
    for (let i = 0; i < 6_000; i++) counts[randomInt(rng, 6)]!++
    for (const count of counts) expect(count).toBeGreaterThan(850)
  })

  it('makes name suffixes without vowels, 0, 1 and 3', () => {
    const rng = forkRng(3, 'names')
    for (let i = 0; i < 200; i++)
      expect(randomSuffix(rng)).toMatch(/^[bcdfghj-np-tv-xz2456789]{5}$/)
  })

  it('makes uids of version 4', () =>
    expect(randomUid(forkRng(1, 'uid'))).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    ))
})

function randomFrom(rng: ReturnType<typeof forkRng>) {
  return () => randomInt(rng, 1_000_000)
}
