// Who imports whom, and whether anybody does: rooms in one line, no cycles, nothing exported in
// vain.
import { describe, expect, it } from 'vitest'
import {
  cyclesOf,
  exportsOf,
  fileAt,
  filesBelow,
  importsOf,
  problemsIn,
  type Source,
} from './sources.ts'

const SOURCES = filesBelow('src', ['.ts', '.tsx', '.mjs'])
const TESTS = filesBelow('tests', ['.ts', '.tsx'])
const CONFIGS = ['vite.config.ts', 'vitest.config.ts', 'playwright.config.ts'].map(fileAt)

/** Folders from left to right: a file imports from its own folder or from one to the left. */
const LINE = ['base', 'container', 'sim', 'kubectl', 'session', 'story', 'worker', 'ui'] as const

/** Files that are started, not imported. */
const ENTRIES = /^src\/(main\.tsx|headless\/|.*\.worker\.ts$|.*\.d\.m?ts$)/

/** Exported so that a test can look at a part by itself. */
const FOR_TESTS: readonly string[] = []

describe('imports', () => {
  it('go to the own folder or to one on the left', () => {
    const rank = (path: string): number =>
      LINE.findIndex((folder) => path.startsWith(`src/${folder}/`))
    const wrong = problemsIn(SOURCES, (source) => {
      const own = rank(source.path)
      if (own < 0) return []
      return importsOf(source)
        .filter(({ path }) => rank(path) > own)
        .map(({ path }) => `imports ${path}`)
    })
    expect(wrong).toEqual([])
  })

  it('of the page take only types from the simulation and kubectl', () => {
    const wrong = problemsIn(SOURCES, (source) => {
      if (!source.path.startsWith('src/ui/')) return []
      return importsOf(source)
        .filter(({ path, typeOnly }) => /^src\/(sim|kubectl)\//.test(path) && !typeOnly)
        .map(({ path }) => `imports values of ${path}`)
    })
    expect(wrong).toEqual([])
  })

  it('reach every file', () => {
    const reached = new Set(SOURCES.flatMap((source) => importsOf(source).map(({ path }) => path)))
    const unused = SOURCES.filter(({ path }) => !ENTRIES.test(path) && !reached.has(path))
    expect(unused.map(({ path }) => path)).toEqual([])
  })

  it('of values never come back to where they began', () => {
    expect(cyclesOf(SOURCES)).toEqual([])
  })
})

describe('exports', () => {
  const takenBy = (sources: readonly Source[]): ((path: string, name: string) => boolean) => {
    const taken = new Set<string>()
    const whole = new Set<string>()
    for (const { path, names } of sources.flatMap(importsOf)) {
      if (names === undefined) whole.add(path)
      for (const name of names ?? []) taken.add(`${path}: ${name}`)
    }
    return (path, name) => whole.has(path) || taken.has(`${path}: ${name}`)
  }
  const byCode = takenBy([...SOURCES, ...CONFIGS])
  const byTests = takenBy(TESTS)
  const unused = SOURCES.filter(({ path }) => !path.endsWith('.d.ts')).flatMap((source) =>
    exportsOf(source)
      .filter((name) => !byCode(source.path, name))
      .map((name) => ({ path: source.path, name })),
  )
  const listed = ({ path, name }: { path: string; name: string }): string => `${path}: ${name}`

  it('are used by another file', () => {
    expect(unused.filter(({ path, name }) => !byTests(path, name)).map(listed)).toEqual([])
  })

  it('that only tests use are the ones listed as such', () => {
    expect(unused.filter(({ path, name }) => byTests(path, name)).map(listed)).toEqual(FOR_TESTS)
  })
})
