// The files of a chapter as they are read at build time: YAML with the place of every value, so
// that bad content is refused with its file and line.
import { EVENT_ID, load, parseEvents, YAMLException } from 'js-yaml'

/** Content that cannot be used: `plan.yaml:3: unknown key golas`. */
export class ContentError extends Error {
  constructor(file: string, line: number, why: string) {
    super(`${file}:${line}: ${why}`)
    this.name = 'ContentError'
  }
}

/** A place inside a YAML value: keys and indices from the outermost on. */
type Path = readonly (string | number)[]

/** A YAML text and what it says. */
export interface YamlSource {
  readonly value: unknown
  /** Refuses the value at `path`; a key's own line where the value is a key's. */
  readonly refuse: (path: Path, why: string) => never
}

/** Reads one YAML document. `firstLine` is its first line's number in the file. Throws ContentError. */
export function readYaml(file: string, text: string, firstLine = 1): YamlSource {
  const lineAt = (position: number): number =>
    firstLine + text.slice(0, position).split('\n').length - 1
  try {
    const value = load(text)
    const places = placesOf(text)
    const refuse = (path: Path, why: string): never => {
      throw new ContentError(file, lineAt(places.get(JSON.stringify(path)) ?? 0), why)
    }
    return { value, refuse }
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    throw new ContentError(file, firstLine + (error.mark?.line ?? 0), error.reason)
  }
}

/** A mapping or list that is being read. */
interface Open {
  readonly path: Path
  /** The key that waits for its value; undefined in a list. */
  key?: string | undefined
  /** How many items a list has so far; undefined in a mapping. */
  index?: number
}

/** Where each value begins, by its path as JSON; a mapping's value begins at its key. */
function placesOf(text: string): Map<string, number> {
  const places = new Map<string, number>()
  const open: Open[] = []
  for (const event of parseEvents(text, {})) {
    if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.ALIAS) continue
    if (event.type === EVENT_ID.POP) {
      open.pop()
      continue
    }
    const start = event.type === EVENT_ID.SCALAR ? event.valueStart : event.start
    const parent = open.at(-1)
    const isKey = parent !== undefined && parent.index === undefined && parent.key === undefined
    if (isKey && event.type === EVENT_ID.SCALAR) {
      parent.key = text.slice(event.valueStart, event.valueEnd)
      places.set(JSON.stringify([...parent.path, parent.key]), start)
      continue
    }
    const path = pathBelow(parent)
    if (!places.has(JSON.stringify(path))) places.set(JSON.stringify(path), start)
    if (event.type === EVENT_ID.MAPPING) open.push({ path })
    if (event.type === EVENT_ID.SEQUENCE) open.push({ path, index: 0 })
  }
  return places
}

/** The path of the next value inside `parent`, which moves on. */
function pathBelow(parent: Open | undefined): Path {
  if (parent === undefined) return []
  if (parent.index !== undefined) return [...parent.path, parent.index++]
  const path = [...parent.path, parent.key ?? '']
  parent.key = undefined
  return path
}
