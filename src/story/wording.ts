// The words in which goals say why: objects, times and durations as a reader says them.
import { formatTime, humanDuration, type SimTime } from '../base/time.ts'
import type { Since } from './subjects.ts'

/** `Job import`, `Pods of Job/import`, `Pods report-* on novacraft-worker`. */
export function whichText(which: {
  kind: string
  name?: string
  owner?: string
  node?: string
  labels?: Readonly<Record<string, string>>
}): string {
  const { kind, name, owner, node, labels } = which
  const one = name !== undefined && !name.endsWith('*')
  const parts = [one ? kind : `${kind}s`]
  if (name !== undefined) parts.push(name)
  if (owner !== undefined) parts.push(`of ${owner.replace('/', ' ')}`)
  for (const [key, value] of Object.entries(labels ?? {})) parts.push(`with ${key}=${value}`)
  if (node !== undefined) parts.push(`on ${node}`)
  return parts.join(' ')
}

/** `10:33:00` of a moment, in UTC. */
export function clockOf(at: SimTime): string {
  return formatTime(at).slice(11, 19)
}

/** A length of time: `3m12s`. */
export function countText(ms: number): string {
  return humanDuration(ms)
}

/** What a change was of: `spec.schedule of CronJob backup`. */
export function sinceText(since: Since): string {
  if (typeof since === 'string') return since
  const what = `${since.kind} ${since.name}`
  return since.path === undefined ? what : `${since.path} of ${what}`
}
