// Every chapter proves itself: its goals are open at the start and reached by its solution, for
// several seeds, so that no chapter is unwinnable and none is won by doing nothing.
import { describe, expect, it } from 'vitest'
import { CHAPTERS } from '../../src/story/chapters.ts'
import { CHAPTER_SLUGS, planOf } from '../../src/story/plans.ts'
import { proveChapter } from './prove.ts'

const SEEDS = [1, 7, 2026]

describe('chapters', () => {
  it('have a text and a plan each, numbered from 1', () => {
    expect(CHAPTERS.map(({ slug }) => slug)).toEqual(CHAPTER_SLUGS)
    expect(CHAPTERS.map(({ number }) => number)).toEqual(CHAPTERS.map((_, index) => index + 1))
  })

  it('show their title and summary without the quotes of the file', () => {
    for (const { title, summary } of CHAPTERS) expect(title + summary).not.toMatch(/^"|"$|""/)
    expect(CHAPTERS[6]?.title).toBe('Lab: a Job that does not complete')
  })

  it('open only files that they have', () => {
    for (const { slug, beats } of CHAPTERS)
      for (const { blocks } of beats)
        for (const block of blocks)
          if (block.type === 'open') expect(Object.keys(planOf(slug).files)).toContain(block.file)
  })

  for (const slug of CHAPTER_SLUGS)
    for (const seed of SEEDS)
      it(`${slug} begins with open goals and is solved by its solution (seed ${seed})`, () => {
        const { reachedAtStart, openAtEnd, printed } = proveChapter(planOf(slug), seed)
        expect(reachedAtStart).toEqual([])
        expect(openAtEnd, printed).toEqual([])
      })
})
