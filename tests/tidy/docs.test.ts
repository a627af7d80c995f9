// What is written for readers is true: every path that a README names exists, the architecture fits
// on a page, and its words are declared once, where it says.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commentLines, fileAt, filesBelow, problemsIn, ROOT, type Source } from './sources.ts'

const SOURCES = filesBelow('src', ['.ts', '.tsx', '.mjs'])
/** Kubernetes' own types keep Kubernetes' names. */
const OWN = SOURCES.filter(({ path }) => !/^src\/sim\/api-types\/(?!meta)/.test(path))
const ROOMS = ['container', 'sim', 'kubectl', 'session', 'story', 'worker', 'ui', 'headless']
const ARCHITECTURE = 'src/README.md'
const READMES = ['README.md', ARCHITECTURE, ...ROOMS.map((room) => `src/${room}/README.md`)]
const ARCHITECTURE_LINES_MAX = 80
const ROOM_LINES_MAX = 30

/** Every file, and with a slash at the end every folder, of what READMEs speak of. */
const PATHS = ['src', 'tests', 'public'].flatMap((root) =>
  filesBelow(root, ['']).flatMap(({ path }) => {
    const parts = path.split('/')
    return parts.map((_, i) => parts.slice(0, i + 1).join('/') + (i + 1 < parts.length ? '/' : ''))
  }),
)
const KNOWN = new Set(PATHS)

/** What stands in code font in a text and looks like a file or a folder; NAME is anybody's. */
function pathsIn({ text }: Source): string[] {
  return [...text.matchAll(/`([\w@./-]+)`/g)]
    .map(([, path]) => path!)
    .filter((path) => /\/$|\/\w|\.(ts|tsx|mjs|md|json|jsonl|yaml|sh)$/.test(path))
    .filter((path) => !/\b(NAME|NN)\b|^(dist|@)/.test(path))
}

/** A path is written from the root or in short: its end is enough. */
function exists(path: string): boolean {
  if (KNOWN.has(path) || KNOWN.has(`${path}/`) || existsSync(join(ROOT, path))) return true
  return PATHS.some((known) => known.endsWith(`/${path}`) || known.endsWith(`/${path}/`))
}

describe('the READMEs', () => {
  it('exist in every room', () => {
    expect(READMES.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  it('name only paths that exist', () => {
    const wrong = READMES.map(fileAt).flatMap((source) =>
      pathsIn(source).flatMap((path) => (exists(path) ? [] : [`${source.path}: ${path}`])),
    )
    expect(wrong).toEqual([])
  })

  it(`are short: ${ARCHITECTURE_LINES_MAX} lines for the whole, ${ROOM_LINES_MAX} for a room`, () => {
    const long = READMES.slice(1)
      .map(fileAt)
      .filter(
        ({ path, lines }) =>
          lines.length - 1 > (path === ARCHITECTURE ? ARCHITECTURE_LINES_MAX : ROOM_LINES_MAX),
      )
    expect(long.map(({ path, lines }) => `${path}: ${lines.length - 1} lines`)).toEqual([])
  })
})

describe('the words of the architecture', () => {
  /** `| World | the whole … | sim/world.ts |` */
  const words = fileAt(ARCHITECTURE).lines.flatMap((line) => {
    const cells = /^\| ([A-Z]\w+) \|.*\| `([^`]+)`[^|]*\|$/.exec(line)
    return cells === null ? [] : [{ word: cells[1]!, where: cells[2]! }]
  })
  const declared = (word: string): string[] =>
    OWN.filter(({ text }) =>
      new RegExp(`^(export )?(interface|type|class|enum) ${word}\\b`, 'm').test(text),
    ).map(({ path }) => path)

  it('are many, and each stands there once', () => {
    expect(words.length).toBeGreaterThan(8)
    expect(new Set(words.map(({ word }) => word)).size).toBe(words.length)
  })

  it.each(words)('declare $word once, in $where', ({ word, where }) => {
    expect(declared(word)).toEqual([expect.stringContaining(`src/${where}`)])
  })
})

/** Turns that puzzle a reader, with what to say instead. */
const QUAINT: readonly { pattern: RegExp; instead: string }[] = [
  { pattern: /\btold\b/, instead: 'reported, sent, said' },
  { pattern: /\b(goes|go|went|going) on\b/, instead: 'continues' },
  { pattern: /\banew\b/, instead: 'again' },
  { pattern: /\bgiven free\b/, instead: 'released' },
]

describe('comments', () => {
  it.each(QUAINT)('are in plain English: $pattern is "$instead"', ({ pattern }) => {
    const wrong = problemsIn(SOURCES, (source) =>
      commentLines(source).flatMap(({ line, text }) => (pattern.test(text) ? [`${line}`] : [])),
    )
    expect(wrong).toEqual([])
  })
})
