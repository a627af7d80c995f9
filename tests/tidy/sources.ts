// The project's own files, read once for the tests that keep it tidy, and what they import, export
// and say in comments.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')

export interface Source {
  /** Relative to the root, with forward slashes. */
  path: string
  text: string
  lines: readonly string[]
}

/** One file, by its path from the root. */
export function fileAt(path: string): Source {
  const text = readFileSync(join(ROOT, path), 'utf8')
  return { path, text, lines: text.split('\n') }
}

/** Every file below a folder whose name ends so, except generated ones. */
export function filesBelow(folder: string, endings: readonly string[]): Source[] {
  const found: Source[] = []
  const visit = (path: string): void => {
    for (const name of readdirSync(path).sort()) {
      const inside = join(path, name)
      if (statSync(inside).isDirectory()) visit(inside)
      else if (endings.some((end) => name.endsWith(end)) && !name.includes('.generated.'))
        found.push(fileAt(relative(ROOT, inside).replaceAll('\\', '/')))
    }
  }
  visit(join(ROOT, folder))
  return found
}

/** Each source's problems as lines of text. */
export function problemsIn(
  sources: readonly Source[],
  check: (source: Source) => readonly string[],
): string[] {
  return sources.flatMap((source) => check(source).map((what) => `${source.path}: ${what}`))
}

/** The code without comments and string contents, so that prose may speak of anything. */
export function codeLines(source: Source): string[] {
  const blank = source.text
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '))
    .replaceAll(/(^|\s)\/\/.*$/gm, '$1')
    .replaceAll(/'(?:[^'\\\n]|\\.)*'/g, "''")
  return blank.split('\n')
}

/** The comments of a file, each with its line number from 1. */
export function commentLines(source: Source): { line: number; text: string }[] {
  const found: { line: number; text: string }[] = []
  let inside = false
  for (const [index, text] of source.lines.entries()) {
    const opens = /^\s*\/\*|\{\/\*/.test(text)
    const single = /(?:^|\s)\/\/(.*)$/.exec(text)?.[1]
    if (inside || opens) found.push({ line: index + 1, text })
    else if (single !== undefined) found.push({ line: index + 1, text: single })
    if (opens) inside = true
    if (inside && text.includes('*/')) inside = false
  }
  return found
}

/** One import of another module by relative path. */
export interface Import {
  /** Relative to the root. */
  path: string
  /** `import type`: gone when the code runs. */
  typeOnly: boolean
  /** The names taken; undefined when the whole module is. */
  names: readonly string[] | undefined
}

const IMPORT =
  /^(?:import|export)\s+(type\s+)?(?:([^'"]*?)from\s+)?'(\.[^']+)'|import\('(\.[^']+)'\)(?:\.(?!then\b)(\w+))?|new URL\('(\.[^']+)'/gm

/** The modules a file imports by relative path, types included. */
export function importsOf(source: Source): Import[] {
  return [...source.text.matchAll(IMPORT)].map((match) => {
    const [, type, clause, named, dynamic, member, url] = match
    const target = (named ?? dynamic ?? url)!.replace(/\?.*$/, '')
    const path = relative(ROOT, resolve(ROOT, source.path, '..', target)).replaceAll('\\', '/')
    const names = dynamic === undefined ? namesIn(clause ?? '') : member ? [member] : undefined
    return { path, typeOnly: type !== undefined, names }
  })
}

/** Groups of files that import values of each other, each in order of path; types do not count. */
export function cyclesOf(sources: readonly Source[]): string[][] {
  const values = new Map(
    sources.map((source) => [
      source.path,
      importsOf(source).flatMap(({ path, typeOnly }) => (typeOnly ? [] : [path])),
    ]),
  )
  const reachable = new Map([...values.keys()].map((path) => [path, reach(values, path)]))
  const groups = new Map<string, string[]>()
  for (const [path, reached] of reachable) {
    const group = [...reached].filter((other) => reachable.get(other)?.has(path)).sort()
    if (group.length > 0) groups.set(group.join(' '), group)
  }
  return [...groups.values()]
}

/** What a file imports, directly or not; itself only by a cycle. */
function reach(values: ReadonlyMap<string, readonly string[]>, from: string): Set<string> {
  const reached = new Set<string>()
  const waiting = [...(values.get(from) ?? [])]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    waiting.push(...(values.get(path) ?? []))
  }
  return reached
}

/** `{ a, type B as C }` takes a and B. */
function namesIn(clause: string): string[] | undefined {
  const braces = /\{([^}]*)\}/.exec(clause)?.[1]
  if (braces === undefined) return clause.includes('*') ? undefined : []
  return braces
    .split(',')
    .map((part) =>
      part
        .trim()
        .replace(/^type\s+/, '')
        .replace(/\s+as\s+.*$/, ''),
    )
    .filter((name) => name !== '')
}

const DECLARED =
  /^export (?:declare )?(?:async )?(?:const|let|function\*?|class|abstract class|interface|type|enum) (\w+)/gm

/** The names a file exports. */
export function exportsOf(source: Source): string[] {
  const declared = [...source.text.matchAll(DECLARED)].map(([, name]) => name!)
  const listed = [...source.text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, names]) =>
    names!
      .split(',')
      .map((part) =>
        part
          .trim()
          .replace(/^type\s+/, '')
          .replace(/^.*\sas\s+/, ''),
      )
      .filter((name) => name !== ''),
  )
  return [...declared, ...listed]
}
