// Entries in sentences: what changed, who did it, and (for a field that moved) from what to what.
import type { Entry } from '../sim/log.ts'
import { event as eventKind } from '../sim/kinds/event.ts'
import type { KubeEvent } from '../sim/api-types/core.ts'
import type { KubeObject } from '../sim/api-types/meta.ts'

/** One sentence: `created Pod pi-x7k2p`, `Pod pi-x7k2p: phase Pending → Running`. */
export function summaryOf(entry: Entry): string {
  const what = `${entry.kind} ${entry.name}`
  if (entry.verb === 'command') return entry.text ?? ''
  if (entry.verb === 'note') return entry.detail?.['rule'] ?? `${what}: ${entry.text}`
  if (entry.kind === eventKind.kind)
    return eventSentence((entry.after ?? entry.before) as KubeEvent)
  if (entry.verb === 'create') return `created ${what}`
  if (entry.verb === 'delete') return `${what} is gone`
  if (entry.verb === 'mark') return `${what} is to be deleted${graceOf(entry.after)}`
  const changes = changesOf(entry)
  return changes.length === 0 ? `updated ${what}` : `${what}: ${changes.join(', ')}`
}

function eventSentence(event: KubeEvent): string {
  const about = `${event.involvedObject.kind} ${event.involvedObject.name}`
  return `event about ${about}: ${event.reason}: ${event.message}`
}

function graceOf(object: KubeObject | undefined): string {
  const seconds = object?.metadata.deletionGracePeriodSeconds ?? 0
  return seconds > 0 ? ` within ${seconds} s` : ''
}

/** Fields worth a sentence, tried in this order; at most three are reported. */
const REPORTED: readonly { label: string; path: readonly string[] }[] = [
  { label: 'phase', path: ['status', 'phase'] },
  { label: 'node', path: ['spec', 'nodeName'] },
  { label: 'active', path: ['status', 'active'] },
  { label: 'ready', path: ['status', 'ready'] },
  { label: 'succeeded', path: ['status', 'succeeded'] },
  { label: 'failed', path: ['status', 'failed'] },
  { label: 'last schedule', path: ['status', 'lastScheduleTime'] },
  { label: 'suspend', path: ['spec', 'suspend'] },
  { label: 'schedule', path: ['spec', 'schedule'] },
  { label: 'desired', path: ['status', 'desiredNumberScheduled'] },
  { label: 'up to date', path: ['status', 'updatedNumberScheduled'] },
  { label: 'available', path: ['status', 'numberAvailable'] },
  { label: 'unschedulable', path: ['spec', 'unschedulable'] },
  { label: 'generation', path: ['metadata', 'generation'] },
  { label: 'finalizers', path: ['metadata', 'finalizers'] },
  { label: 'start time', path: ['status', 'startTime'] },
]
const REPORTED_MAX = 3

function changesOf(entry: Entry): string[] {
  const changes: string[] = []
  for (const { label, path } of REPORTED) {
    const before = textAt(entry.before, path)
    const after = textAt(entry.after, path)
    if (before !== after) changes.push(`${label} ${before} → ${after}`)
  }
  return [...changes, ...conditionChanges(entry), ...containerChanges(entry)].slice(0, REPORTED_MAX)
}

function textAt(object: unknown, path: readonly string[]): string {
  let value: unknown = object
  for (const name of path) value = (value as Record<string, unknown> | undefined)?.[name]
  if (Array.isArray(value)) return value.map(nameOf).join(', ') || 'none'
  return value === undefined || value === null ? 'none' : String(value)
}

/** A CronJob's active Jobs are references, finalizers are words. */
function nameOf(item: string | { name?: string }): string {
  return typeof item === 'string' ? item : (item.name ?? '')
}

interface WithStatus {
  conditions?: readonly { type: string; status: string; reason?: string }[]
  containerStatuses?: readonly { name: string; restartCount: number; state: object }[]
}

function conditionChanges(entry: Entry): string[] {
  const before = (entry.before?.status as WithStatus | undefined)?.conditions ?? []
  const after = (entry.after?.status as WithStatus | undefined)?.conditions ?? []
  return after
    .filter(({ type, status }) => before.find((old) => old.type === type)?.status !== status)
    .map(({ type, status, reason }) => `${type} is ${status}${reason ? ` (${reason})` : ''}`)
}

function containerChanges(entry: Entry): string[] {
  const before = (entry.before?.status as WithStatus | undefined)?.containerStatuses ?? []
  const after = (entry.after?.status as WithStatus | undefined)?.containerStatuses ?? []
  return after.flatMap(({ name, state }) => {
    const old = before.find((status) => status.name === name)
    const [now, was] = [stateWord(state), old === undefined ? 'none' : stateWord(old.state)]
    return now === was ? [] : [`container ${name} ${was} → ${now}`]
  })
}

function stateWord(state: object): string {
  const [[word, detail] = ['none', {}]] = Object.entries(state) as [string, { reason?: string }][]
  return detail?.reason === undefined ? word : `${word} (${detail.reason})`
}
