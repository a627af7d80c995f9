// Every chapter and every lab proves itself: see src/story/proof.ts for what that is.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { storyFiles } from '../../src/headless/story-files.ts'
import { CHAPTERS } from '../../src/story/chapters.ts'
import { CHAPTER_SLUGS, planOf } from '../../src/story/plans.ts'
import { proveChapter } from '../../src/story/proof.ts'
import { readStory } from '../../src/story/story.ts'

const SEEDS = [1, 2026]
const { texts } = readStory(storyFiles(join(import.meta.dirname, '../../src/story')))

describe('chapters', () => {
  it('have a text and a plan each, numbered from 0 without a gap, the night after the day', () => {
    expect(CHAPTERS.map(({ slug }) => slug)).toEqual(CHAPTER_SLUGS)
    expect(CHAPTERS.map(({ number }) => number)).toEqual(CHAPTERS.map((_, index) => index))
    const night = CHAPTERS.findIndex(({ part }) => part === 'night')
    expect(CHAPTERS.slice(night).every(({ part }) => night < 0 || part === 'night')).toBe(true)
  })

  it('show their title and summary without the quotes of the file', () => {
    for (const { title, summary } of CHAPTERS) expect(title + summary).not.toMatch(/^"|"$|""/)
  })

  for (const chapter of CHAPTERS)
    it(`${chapter.slug} is proven for ${SEEDS.length} seeds`, () => {
      const { problems } = proveChapter(chapter, planOf(chapter.slug), texts[chapter.slug]!, SEEDS)
      expect(problems.join('\n')).toBe('')
    })
})
