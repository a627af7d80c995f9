// The project's own files, read once for the tests that keep it tidy.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')

export interface Source {
  /** Relative to the root, with forward slashes. */
  path: string
  text: string
  lines: readonly string[]
}

/** Every file below a folder whose name ends so, except generated ones. */
export function filesBelow(folder: string, endings: readonly string[]): Source[] {
  const found: Source[] = []
  const visit = (path: string): void => {
    for (const name of readdirSync(path).sort()) {
      const inside = join(path, name)
      if (statSync(inside).isDirectory()) visit(inside)
      else if (endings.some((end) => name.endsWith(end)) && !name.includes('.generated.')) {
        const text = readFileSync(inside, 'utf8')
        found.push({
          path: relative(ROOT, inside).replaceAll('\\', '/'),
          text,
          lines: text.split('\n'),
        })
      }
    }
  }
  visit(join(ROOT, folder))
  return found
}

/** The modules a file imports by relative path, relative to the root, types included. */
export function importsOf(source: Source): { path: string; typeOnly: boolean }[] {
  const pattern =
    /(?:import|export)\s+(type\s+)?([^'"]*?from\s+)?'(\.[^']+)'|import\('(\.[^']+)'\)|new URL\('(\.[^']+)'/g
  return [...source.text.matchAll(pattern)].map((match) => {
    const target = (match[3] ?? match[4] ?? match[5])!.replace(/\?.*$/, '')
    const path = relative(ROOT, resolve(ROOT, source.path, '..', target)).replaceAll('\\', '/')
    return { path, typeOnly: match[1] !== undefined }
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
