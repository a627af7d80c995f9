// The log: every change of the cluster, who made it, and because of what. The timeline, "why?",
// `kubectl get --watch`, goals and the replay hash all read this one list.
import { assert } from '../base/assert.ts'
import { hashText } from '../base/rng.ts'
import type { KubeObject } from './api-types/meta.ts'
import type { SimTime } from '../base/time.ts'

/**
 * `create`, `update`, `delete` change an object; `mark` is the MODIFIED that a graceful deletion
 * makes; `note` is a decision without a change (a firing skipped by Forbid); `command` is an
 * input of the user, where every chain of causes ends.
 */
export type Verb = 'create' | 'update' | 'mark' | 'delete' | 'note' | 'command'

/** One logged change. `id`s count up by one from 1. */
export interface Entry {
  readonly id: number
  readonly at: SimTime
  /** `job-controller`, `kubelet/novacraft-worker`, `user`. */
  readonly actor: string
  readonly verb: Verb
  /** '' for a command. */
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly before: KubeObject | undefined
  readonly after: KubeObject | undefined
  readonly causes: readonly number[]
  /** The text of a command or the decision of a note, e.g. `skipped-forbid`. */
  readonly text?: string
  /** What else a note says: the scheduled time, the rule that decided. */
  readonly detail?: Readonly<Record<string, string>>
}

export interface Log {
  /** The recent entries, oldest first; `entries[i].id === firstId + i`. */
  entries: Entry[]
  firstId: number
  nextId: number
  /** A hash of all entries ever appended, dropped ones included: two runs are one if it is equal. */
  digest: number
}

/** Entries kept. Older ones are recomputed by replay when they are asked for. */
const LOG_ENTRIES_MAX = 20_000
/** Dropped at once, so that trimming costs nothing per entry. */
const LOG_TRIM = 5_000

export function createLog(): Log {
  return { entries: [], firstId: 1, nextId: 1, digest: 0 }
}

/** Appends and returns the entry, whose id is `log.nextId`; drops the oldest beyond the limit. */
export function appendEntry(log: Log, entry: Entry): Entry {
  assert(entry.id === log.nextId, 'ids count up by one')
  log.nextId++
  log.digest = digestWith(log.digest, entry)
  log.entries.push(entry)
  if (log.entries.length >= LOG_ENTRIES_MAX + LOG_TRIM) {
    log.entries = log.entries.slice(LOG_TRIM)
    log.firstId += LOG_TRIM
  }
  return entry
}

/**
 * Few fields, since every change of the cluster passes here: who, what, when and which, and of the
 * object the version, which says how many writes came before. What else it holds follows from them.
 */
function digestWith(digest: number, entry: Entry): number {
  const { at, actor, verb, name, uid, after, causes, text = '' } = entry
  let hash = mix(mix(digest, at % 0x1_0000_0000), hashText(uid === '' ? text : uid))
  hash = mix(mix(hash, hashText(actor)), hashText(name))
  hash = mix(mix(hash, hashText(verb)), Number(after?.metadata.resourceVersion ?? 0))
  for (const cause of causes) hash = mix(hash, cause)
  return hash
}

/** One step of FNV-1a with a word in the place of a byte, stirred. */
function mix(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x01000193)
  return (mixed ^ (mixed >>> 15)) >>> 0
}

/** The entry with this id, unless it is no longer kept. */
export function entryOf(log: Log, id: number): Entry | undefined {
  return log.entries[id - log.firstId]
}

/** Entries with ids greater than `afterId`, oldest first. */
export function entriesAfter(log: Log, afterId: number): readonly Entry[] {
  return log.entries.slice(Math.max(0, afterId + 1 - log.firstId))
}

/**
 * The chain of causes of an entry, nearest first, each entry once: breadth first over `causes`, at
 * most `limit` entries. It ends at the user's commands or where the log was trimmed.
 */
export function why(log: Log, id: number, limit = 50): readonly Entry[] {
  const seen = new Set<number>([id])
  const queue = [...(entryOf(log, id)?.causes ?? [])]
  const chain: Entry[] = []
  while (queue.length > 0 && chain.length < limit) {
    const next = queue.shift()!
    if (seen.has(next)) continue
    seen.add(next)
    const entry = entryOf(log, next)
    if (entry === undefined) continue
    chain.push(entry)
    queue.push(...entry.causes)
  }
  return chain
}
