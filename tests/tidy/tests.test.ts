// Tests about the tests: none is skipped, none measures a real clock, and every rule of the
// specification stands in the name of one.
import { describe, expect, it } from 'vitest'
import { codeLines, filesBelow, problemsIn, type Source } from './sources.ts'

const TESTS = filesBelow('tests', ['.ts', '.tsx'])
const GOLDEN = filesBelow('tests', ['.txt'])

/** A clock of the machine: what it says differs from run to run. */
const WALL_CLOCK =
  /\bperformance\s*\.\s*now\b|\bDate\.now\b|\bnew Date\(\)|\bhrtime\b|\bstartTracing\b/

/** The names given to `it`, `test` and `describe`, and the titles of recorded sessions. */
function namesIn({ path, text }: Source): string[] {
  if (path.endsWith('.txt')) return [...text.matchAll(/^# (.*)$/gm)].map(([, title]) => title!)
  const calls =
    /\b(?:it|test|describe)(?:\.each\([\s\S]*?\))?\s*\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g
  return [...text.matchAll(calls)].map(([, , name]) => name!)
}

describe('tests', () => {
  it('are never skipped or singled out', () => {
    const wrong = problemsIn(TESTS, ({ lines }) =>
      lines.flatMap((line, index) =>
        /\b(it|test|describe)\.(skip|only|todo|fixme|fails)\(/.test(line) ? [`${index + 1}`] : [],
      ),
    )
    expect(wrong).toEqual([])
  })

  it('never ask the clock of the machine: a slow one is no fault of the code', () => {
    const wrong = problemsIn(TESTS, (source) => {
      if (source.path.startsWith('tests/tidy/')) return []
      return codeLines(source).flatMap((line, index) =>
        WALL_CLOCK.test(line) ? [`line ${index + 1}: ${line.trim()}`] : [],
      )
    })
    expect(wrong).toEqual([])
  })
})

describe('SPEC.md', () => {
  const spec = filesBelow('src/sim', ['SPEC.md'])[0]!
  const ids = [...spec.text.matchAll(/^- \*\*([A-Z]+-\d+)\*\*/gm)].map(([, id]) => id!)

  it('gives every rule an id of its own', () => {
    expect(ids.length).toBeGreaterThan(100)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  it('has no rule that stands in no name of a test', () => {
    const named = new Set(
      [...TESTS, ...GOLDEN]
        .flatMap(namesIn)
        .flatMap((name) => [...name.matchAll(/\b[A-Z]+-\d+\b/g)].map(([id]) => id)),
    )
    expect(ids.filter((id) => !named.has(id))).toEqual([])
  })
})
