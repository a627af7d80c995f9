// The vocabulary of goals: what a chapter asks of the cluster, of its past, or of the learner. A
// goal is data in a chapter's plan.yaml; each check is a pure function of the run.
import { valueAt } from '../base/plain.ts'
import { assertNever } from '../base/assert.ts'
import type { Condition, KubeObject } from '../sim/api-types/meta.ts'
import type { KubeEvent } from '../sim/api-types/core.ts'
import type { Pod } from '../sim/api-types/pod.ts'
import { containerLog } from '../sim/kubelets.ts'
import { ApiError } from '../sim/errors.ts'
import { cronJob } from '../sim/kinds/cronjob.ts'
import { event as eventKind } from '../sim/kinds/event.ts'
import { listObjects } from '../sim/store.ts'
import type { Run } from '../session/run.ts'

/** Which objects: all given fields must match. */
interface Which {
  kind: string
  /** Exact, or with `*` at the end. */
  name?: string
  namespace?: string
  labels?: Readonly<Record<string, string>>
  /** `Job/pi-calculator`: controlled by it. */
  owner?: string
}

/** One check. `field` paths are dotted, with numbers for list items: `status.succeeded`. */
export type Check =
  | { exists: Which }
  | { absent: Which }
  | { condition: Which & { type: string; status?: string } }
  | { count: Which & { min?: number; max?: number; phase?: string } }
  | { field: Which & { path: string; equals?: unknown; matches?: string; min?: number } }
  | { logSays: Which & { text: string } }
  | { event: { reason: string; about?: string } }
  /** A CronJob's firing ended so: fired, late, skipped, replaced … */
  | { firing: { name: string; outcome: string; min?: number } }
  /** The learner typed a command that matches this regular expression. */
  | { ran: string }
  | { all: readonly Check[] }
  | { any: readonly Check[] }

export interface Goal {
  /** What the learner reads. */
  text: string
  hint: string
  check: Check
}

/** Whether the check holds at this moment of the run. */
export function holds(check: Check, run: Run): boolean {
  if ('exists' in check) return find(check.exists, run).length > 0
  if ('absent' in check) return find(check.absent, run).length === 0
  if ('condition' in check) return find(check.condition, run).some(hasCondition(check.condition))
  if ('count' in check) return countHolds(check.count, run)
  if ('field' in check) return find(check.field, run).some(fieldHolds(check.field))
  if ('logSays' in check) return logSays(check.logSays, run)
  if ('event' in check) return eventHolds(check.event, run)
  if ('firing' in check) return firingHolds(check.firing, run)
  if ('ran' in check) return ranHolds(check.ran, run)
  if ('all' in check) return check.all.every((part) => holds(part, run))
  if ('any' in check) return check.any.some((part) => holds(part, run))
  return assertNever(check)
}

function find(which: Which, run: Run): KubeObject[] {
  return listObjects<KubeObject>(run.lab.world.store, which.kind, which.namespace).filter(
    (object) =>
      nameMatches(which.name, object) &&
      labelsMatch(which.labels, object) &&
      ownerMatches(which.owner, object),
  )
}

function nameMatches(name: string | undefined, object: KubeObject): boolean {
  if (name === undefined) return true
  if (name.endsWith('*')) return object.metadata.name.startsWith(name.slice(0, -1))
  return object.metadata.name === name
}

function labelsMatch(labels: Which['labels'], object: KubeObject): boolean {
  const own = object.metadata.labels ?? {}
  return Object.entries(labels ?? {}).every(([key, value]) => own[key] === value)
}

function ownerMatches(owner: string | undefined, object: KubeObject): boolean {
  if (owner === undefined) return true
  return (object.metadata.ownerReferences ?? []).some((ref) =>
    owner.endsWith('*')
      ? `${ref.kind}/${ref.name}`.startsWith(owner.slice(0, -1))
      : `${ref.kind}/${ref.name}` === owner,
  )
}

function hasCondition(wanted: { type: string; status?: string }) {
  return (object: KubeObject): boolean => {
    const status = object.status as { conditions?: readonly Condition[] } | undefined
    return (status?.conditions ?? []).some(
      (condition) =>
        condition.type === wanted.type && condition.status === (wanted.status ?? 'True'),
    )
  }
}

function countHolds(
  wanted: Which & { min?: number; max?: number; phase?: string },
  run: Run,
): boolean {
  const found = find(wanted, run).filter(
    (object) => wanted.phase === undefined || (object as Pod).status.phase === wanted.phase,
  )
  return found.length >= (wanted.min ?? 0) && found.length <= (wanted.max ?? Infinity)
}

function fieldHolds(wanted: { path: string; equals?: unknown; matches?: string; min?: number }) {
  return (object: KubeObject): boolean => {
    const value = valueAt(object, namesOf(wanted.path))
    if (wanted.equals !== undefined) return value === wanted.equals
    if (wanted.min !== undefined) return typeof value === 'number' && value >= wanted.min
    if (wanted.matches !== undefined) return new RegExp(wanted.matches).test(String(value ?? ''))
    return value !== undefined
  }
}

/** Dots separate; a name with dots is written in brackets: `metadata.labels[a.b/c]`. */
function namesOf(path: string): readonly string[] {
  return path.match(/[^.[\]]+(?![^[]*\])|(?<=\[)[^\]]+/g) ?? []
}

function logSays(wanted: Which & { text: string }, run: Run): boolean {
  return find(wanted, run).some((pod) => logOf(pod as Pod, run).includes(wanted.text))
}

/** Everything the Pod's containers said; '' while there is nothing to read. */
function logOf(pod: Pod, run: Run): string {
  try {
    const logs = pod.spec.containers.map(({ name }) => containerLog(run.lab.world, pod, name))
    return logs.map((lines) => lines.map(({ text }) => text).join('\n')).join('\n')
  } catch (error) {
    if (error instanceof ApiError) return ''
    throw error
  }
}

function eventHolds(wanted: { reason: string; about?: string }, run: Run): boolean {
  return listObjects<KubeEvent>(run.lab.world.store, eventKind.kind).some((event) => {
    const about = `${event.involvedObject.kind}/${event.involvedObject.name}`
    return event.reason === wanted.reason && (wanted.about ?? about) === about
  })
}

function firingHolds(wanted: { name: string; outcome: string; min?: number }, run: Run): boolean {
  const uids = new Set(
    find({ kind: cronJob.kind, name: wanted.name }, run).map((object) => object.metadata.uid),
  )
  const marks = run.trace.marks.filter(
    (mark) => uids.has(mark.uid) && mark.outcome === wanted.outcome,
  )
  return marks.length >= (wanted.min ?? 1)
}

function ranHolds(pattern: string, run: Run): boolean {
  const expression = new RegExp(pattern)
  return run.inputs.some(
    (input) => input.kind === 'run' && expression.test(input.line.trim().replaceAll(/\s+/g, ' ')),
  )
}
