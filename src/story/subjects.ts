// What goals speak about: objects of the cluster picked by a few fields, the moment of the learner's
// own change, and what the learner has typed. Everything is read from the run, nothing is kept.
import { valueAt } from '../base/plain.ts'
import { addMs, DAY_MS, parseTime, truncateToSecond, type SimTime } from '../base/time.ts'
import type { KubeObject } from '../sim/api-types/meta.ts'
import type { Entry } from '../sim/log.ts'
import { listObjects } from '../sim/store.ts'
import type { RunInput } from '../session/inputs.ts'
import type { Run } from '../session/run.ts'

/** A run as a goal looks at it. */
export interface Scene {
  readonly run: Run
  /** How many of the run's commands prepared the cluster before the learner came. */
  readonly prepared: number
}

/** The learner's newest change of an object, or of one field of it. */
interface ChangeOf {
  kind: string
  name: string
  /** Dotted path; absent: any change. */
  path?: string
}

/** From when on: a time of the first day (`02:00`), RFC 3339, or the learner's own change. */
export type Since = string | ChangeOf

/** Which objects: all given fields must match. */
export interface Which {
  kind: string
  /** Exact, or with `*` at the end. */
  name?: string
  namespace?: string
  labels?: Readonly<Record<string, string>>
  /** `Job/pi-calculator`: controlled by it; `*` at the end stands for any rest. */
  owner?: string
  /** By dotted path: the value, `/a pattern/`, or null for "is not set". */
  where?: Readonly<Record<string, unknown>>
  /** Created since then. */
  newerThan?: Since
}

/** A moment of the run, with the Entry that made it one. */
export interface Moment {
  at: SimTime
  entry?: number
}

/** The objects that match, in creation order. */
export function find(which: Which, scene: Scene): KubeObject[] {
  const { store } = scene.run.lab.world
  const since = which.newerThan === undefined ? undefined : momentOf(which.newerThan, scene)
  if (which.newerThan !== undefined && since === undefined) return []
  return listObjects<KubeObject>(store, which.kind, which.namespace).filter(
    (object) =>
      matches(which, object) &&
      (since === undefined || createdAt(object) >= truncateToSecond(since.at)),
  )
}

/** Whether an object is one of those, apart from `newerThan`. */
export function matches(which: Which, object: KubeObject): boolean {
  const { namespace } = which
  return (
    object.kind === which.kind &&
    wordMatches(which.name, object.metadata.name) &&
    (namespace === undefined || object.metadata.namespace === namespace) &&
    Object.entries(which.labels ?? {}).every(
      ([key, value]) => object.metadata.labels?.[key] === value,
    ) &&
    (which.owner === undefined ||
      (object.metadata.ownerReferences ?? []).some(({ kind, name }) =>
        wordMatches(which.owner, `${kind}/${name}`),
      )) &&
    Object.entries(which.where ?? {}).every(([path, wanted]) =>
      valueMatches(wanted, fieldAt(object, path)),
    )
  )
}

function createdAt(object: KubeObject): number {
  return parseTime(object.metadata.creationTimestamp ?? '1970-01-01T00:00:00Z')
}

/** `report-*` matches what begins so; undefined matches everything. */
export function wordMatches(wanted: string | undefined, word: string): boolean {
  if (wanted === undefined) return true
  return wanted.endsWith('*') ? word.startsWith(wanted.slice(0, -1)) : word === wanted
}

function valueMatches(wanted: unknown, value: unknown): boolean {
  if (wanted === null) return value === undefined
  const pattern = typeof wanted === 'string' ? /^\/(.*)\/$/.exec(wanted) : null
  if (pattern !== null) return new RegExp(pattern[1]!).test(String(value ?? ''))
  return value === wanted
}

/**
 * What lies at a path. Dots separate; a name with dots is written in brackets:
 * `metadata.labels[a.b/c]`.
 */
export function fieldAt(object: unknown, path: string): unknown {
  return valueAt(object, path.match(/[^.[\]]+(?![^[]*\])|(?<=\[)[^\]]+/g) ?? [])
}

/** What the learner has typed, in order. */
export function typedBy({ run, prepared }: Scene): readonly RunInput[] {
  return commandsOf(run).slice(prepared)
}

function commandsOf({ inputs }: Run): RunInput[] {
  return inputs.filter((input) => input.kind === 'run')
}

/** A typed line with its blanks made single, as patterns expect it. */
export function plainLine(input: RunInput): string {
  return input.line.trim().replaceAll(/\s+/g, ' ')
}

/** When `since` was; undefined: the learner has changed no such thing yet. */
export function momentOf(since: Since, scene: Scene): Moment | undefined {
  const { world } = scene.run.lab
  if (typeof since !== 'string') return changeOf(since, scene)
  if (!/^\d\d:\d\d$/.test(since)) return { at: parseTime(since) }
  const day = scene.run.options.start.slice(0, 10)
  const at = parseTime(`${day}T${since}:00Z`)
  // A time before the beginning is one of the night that follows.
  return { at: at < world.start ? addMs(at, DAY_MS) : at }
}

/**
 * The newest write of the user to the object that changed the field, later than what was prepared.
 * Where the log was cut in front of it, its first kept Entry stands for it: too late rather than
 * too early.
 */
function changeOf({ kind, name, path }: ChangeOf, scene: Scene): Moment | undefined {
  const { entries, firstId } = scene.run.lab.world.log
  const preparedAt = commandsOf(scene.run)[scene.prepared - 1]?.at ?? -Infinity
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i]!
    if (entry.at <= preparedAt) return undefined
    if (entry.actor !== 'user' || entry.kind !== kind || !wordMatches(name, entry.name)) continue
    if (entry.after !== undefined && changes(entry, path)) return { at: entry.at, entry: entry.id }
  }
  const first = entries[0]
  if (firstId === 1 || first === undefined || typedBy(scene).length === 0) return undefined
  return { at: first.at, entry: first.id }
}

function changes({ before, after }: Entry, path: string | undefined): boolean {
  if (path === undefined) return before !== after
  const [was, is] = [fieldAt(before, path), fieldAt(after, path)]
  return JSON.stringify(was) !== JSON.stringify(is)
}

/**
 * The Entry by which the newest unbroken time began in which `holds` is true of the object; absent
 * when the log no longer has it.
 */
export function beganWith(
  object: KubeObject,
  holds: (object: KubeObject) => boolean,
  { run }: Scene,
): Moment | undefined {
  const { entries } = run.lab.world.log
  let began: Moment | undefined
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i]!
    if (entry.uid !== object.metadata.uid || entry.verb === 'note') continue
    if (entry.after === undefined || !holds(entry.after)) break
    began = { at: entry.at, entry: entry.id }
  }
  return began
}
