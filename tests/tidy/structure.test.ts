// What code looks like: what pure code may not name, how long things may be, how files open and are
// named. The rules are the architecture document (src/README.md) made checkable.
import { describe, expect, it } from 'vitest'
import { codeLines, filesBelow, problemsIn, type Source } from './sources.ts'

const SOURCES = filesBelow('src', ['.ts', '.tsx'])
const PURE = SOURCES.filter(({ path }) =>
  /^src\/(base|container|sim|kubectl|session|story)\//.test(path),
)

/** What pure code may not name, and what to use instead. */
const BANNED: readonly { pattern: RegExp; instead: string; except?: RegExp }[] = [
  { pattern: /\bDate\.now\b/, instead: 'world.now' },
  { pattern: /\bnew Date\(\)/, instead: 'world.now' },
  { pattern: /\bMath\.random\b/, instead: 'base/rng.ts' },
  { pattern: /\b(setTimeout|setInterval|queueMicrotask)\b/, instead: 'a Task' },
  { pattern: /\b(async|await)\s|\bPromise\b/, instead: 'a Task, or a process that yields' },
  { pattern: /\bperformance\.|\bcrypto\./, instead: 'nothing: the cluster has no such thing' },
  { pattern: /\blocaleCompare\b|\btoLocale/, instead: 'compare code units' },
  { pattern: /\bIntl\./, instead: 'sim/lib/cron-zone.ts', except: /sim\/lib\/cron-zone/ },
  { pattern: /\bstructuredClone\(/, instead: 'spread, or history.ts' },
  { pattern: /\bconsole\./, instead: 'an Entry or a returned value' },
]

const FILE_LINES_MAX = 400
const FUNCTION_LINES_MAX = 70
const LINE_COLUMNS_MAX = 100

describe('pure code', () => {
  for (const { pattern, instead, except } of BANNED)
    it(`does not name ${pattern.source}: use ${instead}`, () => {
      const wrong = problemsIn(PURE, (source) => {
        if (except?.test(source.path)) return []
        return codeLines(source).flatMap((line, index) =>
          pattern.test(line) ? [`line ${index + 1}`] : [],
        )
      })
      expect(wrong).toEqual([])
    })
})

describe('sizes', () => {
  it(`files have at most ${FILE_LINES_MAX} lines`, () => {
    const long = problemsIn(SOURCES, ({ lines }) =>
      lines.length > FILE_LINES_MAX + 1 ? [`${lines.length} lines`] : [],
    )
    expect(long).toEqual([])
  })

  it(`lines have at most ${LINE_COLUMNS_MAX} columns`, () => {
    const wide = problemsIn(SOURCES, ({ lines }) =>
      lines.flatMap((line, index) =>
        line.length > LINE_COLUMNS_MAX && !/https?:|^\s*['"`/]/.test(line)
          ? [`line ${index + 1}`]
          : [],
      ),
    )
    expect(wide).toEqual([])
  })

  it(`functions have at most ${FUNCTION_LINES_MAX} lines`, () => {
    const long = problemsIn(SOURCES, (source) => longFunctions(source))
    expect(long).toEqual([])
  })
})

/** Functions at the outermost level: from `function …` to the closing brace in column one. */
function longFunctions(source: Source): string[] {
  const found: string[] = []
  let start = -1
  for (const [index, line] of source.lines.entries()) {
    if (/^(export )?(async )?function\*? /.test(line)) start = index
    if (line === '}' && start >= 0) {
      const length = index - start + 1
      if (length > FUNCTION_LINES_MAX) found.push(`line ${start + 1}: ${length} lines`)
      start = -1
    }
  }
  return found
}

describe('files', () => {
  it('open with a comment that says what they are', () => {
    expect(
      problemsIn(SOURCES, ({ lines }) =>
        /^(\/\/|\/\*|#!)/.test(lines[0] ?? '') ? [] : ['no comment'],
      ),
    ).toEqual([])
  })

  it('have names in kebab-case', () => {
    const wrong = SOURCES.filter(
      ({ path }) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z-]+)*\.tsx?$/.test(path.split('/').at(-1)!),
    )
    expect(wrong.map(({ path }) => path)).toEqual([])
  })

  it('export by name and leave nothing to do', () => {
    const wrong = problemsIn(SOURCES, ({ lines }) =>
      lines.flatMap((line, index) =>
        /^export default|^export \*|\b(TODO|FIXME|XXX)\b|@ts-ignore|@ts-expect-error|oxlint-disable/.test(
          line,
        )
          ? [`line ${index + 1}: ${line.trim()}`]
          : [],
      ),
    )
    expect(wrong).toEqual([])
  })
})
