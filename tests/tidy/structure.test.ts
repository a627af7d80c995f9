// The structure of the code, kept by tests: who may import whom, what pure code may not name, how
// long things may be. The rules are the architecture document (src/README.md) made checkable.
import { describe, expect, it } from 'vitest'
import { filesBelow, importsOf, type Source } from './sources.ts'

const SOURCES = filesBelow('src', ['.ts', '.tsx'])
const PURE = SOURCES.filter(({ path }) =>
  /^src\/(base|container|sim|kubectl|session|story)\//.test(path),
)

/** Folders from left to right: a file imports from its own folder or from one to the left. */
const LINE = ['base', 'container', 'sim', 'kubectl', 'session', 'story', 'worker', 'ui'] as const

/**
 * The same inside `sim`, for its folders and single files. Values only: what a World is made of has
 * types that name each other.
 */
const SIM_LINE: readonly string[] = [
  'api-types',
  'lib',
  'errors.ts',
  'cluster.ts',
  'shelf.ts',
  'queue.ts',
  'store.ts',
  'log.ts',
  'schema',
  'kinds',
  'machine.ts',
  'memory.ts',
  'actor.ts',
  'world.ts',
  'api.ts',
  'event-correlation.ts',
  'events.ts',
  'event-series.ts',
  'eviction.ts',
  'node-object.ts',
  'trace.ts',
  'boot.ts',
  'frame-guard.ts',
  'history.ts',
  'actors',
  'kubelets.ts',
]

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

function problems(check: (source: Source) => readonly string[], sources = SOURCES): string[] {
  return sources.flatMap((source) => check(source).map((what) => `${source.path}: ${what}`))
}

/** The code without comments and string contents, so that prose may speak of anything. */
function codeLines(source: Source): string[] {
  const blank = source.text
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '))
    .replaceAll(/(^|\s)\/\/.*$/gm, '$1')
    .replaceAll(/'(?:[^'\\\n]|\\.)*'/g, "''")
  return blank.split('\n')
}

describe('imports', () => {
  it('go to the own folder or to one on the left', () => {
    const rank = (path: string): number =>
      LINE.findIndex((folder) => path.startsWith(`src/${folder}/`))
    const wrong = problems((source) => {
      const own = rank(source.path)
      if (own < 0) return []
      return importsOf(source)
        .filter(({ path }) => rank(path) > own)
        .map(({ path }) => `imports ${path}`)
    })
    expect(wrong).toEqual([])
  })

  it('inside sim go to the own part or to one on the left', () => {
    const partOf = (path: string): string => path.split('/')[2]!
    const wrong = problems((source) => {
      if (!source.path.startsWith('src/sim/')) return []
      const own = SIM_LINE.indexOf(partOf(source.path))
      if (own < 0) return ['has no place in the line']
      return importsOf(source)
        .filter(({ path, typeOnly }) => path.startsWith('src/sim/') && !typeOnly)
        .filter(({ path }) => SIM_LINE.indexOf(partOf(path)) > own)
        .map(({ path }) => `imports ${path}`)
    })
    expect(wrong).toEqual([])
  })

  it('of the page take only types from the simulation and kubectl', () => {
    const wrong = problems((source) => {
      if (!source.path.startsWith('src/ui/')) return []
      return importsOf(source)
        .filter(({ path, typeOnly }) => /^src\/(sim|kubectl)\//.test(path) && !typeOnly)
        .map(({ path }) => `imports values of ${path}`)
    })
    expect(wrong).toEqual([])
  })

  it('reach every file', () => {
    const entries = /^src\/(main\.tsx|headless\/|.*\.worker\.ts$|.*\.d\.ts$)/
    const reached = new Set(SOURCES.flatMap((source) => importsOf(source).map(({ path }) => path)))
    const unused = SOURCES.filter(({ path }) => !entries.test(path) && !reached.has(path))
    expect(unused.map(({ path }) => path)).toEqual([])
  })
})

describe('pure code', () => {
  for (const { pattern, instead, except } of BANNED)
    it(`does not name ${pattern.source}: use ${instead}`, () => {
      const wrong = problems((source) => {
        if (except?.test(source.path)) return []
        return codeLines(source).flatMap((line, index) =>
          pattern.test(line) ? [`line ${index + 1}`] : [],
        )
      }, PURE)
      expect(wrong).toEqual([])
    })
})

describe('sizes', () => {
  it(`files have at most ${FILE_LINES_MAX} lines`, () => {
    const long = problems(({ lines }) =>
      lines.length > FILE_LINES_MAX + 1 ? [`${lines.length} lines`] : [],
    )
    expect(long).toEqual([])
  })

  it(`lines have at most ${LINE_COLUMNS_MAX} columns`, () => {
    const wide = problems(({ lines }) =>
      lines.flatMap((line, index) =>
        line.length > LINE_COLUMNS_MAX && !/https?:|^\s*['"`/]/.test(line)
          ? [`line ${index + 1}`]
          : [],
      ),
    )
    expect(wide).toEqual([])
  })

  it(`functions have at most ${FUNCTION_LINES_MAX} lines`, () => {
    const long = problems((source) => longFunctions(source))
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
      problems(({ lines }) => (/^(\/\/|\/\*|#!)/.test(lines[0] ?? '') ? [] : ['no comment'])),
    ).toEqual([])
  })

  it('have names in kebab-case', () => {
    const wrong = SOURCES.filter(
      ({ path }) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z-]+)*\.tsx?$/.test(path.split('/').at(-1)!),
    )
    expect(wrong.map(({ path }) => path)).toEqual([])
  })

  it('export by name and leave nothing to do', () => {
    const wrong = problems(({ lines }) =>
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

describe('tests', () => {
  it('are never skipped or singled out', () => {
    const wrong = filesBelow('tests', ['.ts', '.tsx']).flatMap(({ path, lines }) =>
      lines.flatMap((line, index) =>
        /\b(it|test|describe)\.(skip|only|todo)\(/.test(line) ? [`${path}:${index + 1}`] : [],
      ),
    )
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

  it('has no rule that no test speaks of', () => {
    const tests = filesBelow('tests', ['.ts', '.tsx', '.txt']).map(({ text }) => text)
    const untested = ids.filter((id) => !tests.some((text) => new RegExp(`${id}\\b`).test(text)))
    expect(untested).toEqual([])
  })
})
