// How a replayed session is compared with its recording. What no simulation can reproduce (uids,
// random names, ages, addresses) is reduced to its shape; everything else must be equal.

/** One command of a session with what it printed. */
export interface Step {
  at: number
  run: string
  exit: number | null
  stdout: string
  stderr: string
  /** Compare unnormalised: exit, stdout, and stderr as a part. */
  exact?: boolean
  /** false: two recordings of it differed, so it is not scored. */
  stable?: boolean
  for?: number
}

/** One version of an object as a watch delivered it. */
export interface ObjectVersion {
  at: number
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  kind: string
  object: Recorded
}

/** Of a recorded object, what the comparison reads. */
export interface Recorded {
  metadata: { name: string; uid?: string; deletionTimestamp?: string }
  type?: string
  reason?: string
  message?: string
  involvedObject?: { kind?: string; name?: string }
  spec?: { suspend?: boolean }
  status?: {
    phase?: string
    /** A list of references in CronJobs, a count in Jobs. */
    active?: number | readonly unknown[]
    succeeded?: number
    failed?: number
    conditions?: readonly { type: string; status: string }[]
    containerStatuses?: readonly { restartCount?: number }[]
    desiredNumberScheduled?: number
    currentNumberScheduled?: number
    numberReady?: number
    updatedNumberScheduled?: number
    numberMisscheduled?: number
  }
}

/** A step as replayed: whatever is missing never equals. */
export type Produced = Partial<Pick<Step, 'exit' | 'stdout' | 'stderr'>>

const AGE = String.raw`(?:\d+y)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?`

/** What is replaced by its shape, in this order. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uid>'],
  [/containerd:\/\/[0-9a-f]{64}/g, '<cid>'],
  [/sha256:[0-9a-f]{64}/g, '<sha>'],
  [/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, '<time>'],
  [/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \w{3} +\d+ \d\d:\d\d:\d\d UTC \d{4}/g, '<time>'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>'],
  [/in [\d.]+m?s \([\d.]+m?s including waiting\)/g, 'in <dur>'],
  [/resourceVersion: "\d+"/g, 'resourceVersion: "<rv>"'],
  [/"resourceVersion": "\d+"/g, '"resourceVersion": "<rv>"'],
  [/\b10\.244\.\d+\.\d+\b/g, '<ip>'],
  [/\b192\.0\.2\.2\b/g, '<hostip>'],
  [/-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, '-<r>'],
  [/([-=:"\s])[456789bcdf]{7,10}\b/g, '$1<hash>'],
  [new RegExp(String.raw`(^|[\s(])(?=\d)${AGE}(?=$|[\s),])`, 'gm'), '$1<age>'],
  [/<age> \(x\d+ over <age>\)/g, '<age> (xN over <age>)'],
]
const WORKER = /novacraft-worker[23]?\b/g
/** In these recordings it matters which node a Pod is on. */
const NODE_MATTERS = /^(d-|t3|f-)/
/** Outputs whose lines have an order; tables with random names have none. */
const ORDERED = /describe|explain|-o yaml|-o json|--help/
const WATCHING = /--watch|-w\b/

/** The lines of a text with everything irreproducible reduced to its shape; empty lines dropped. */
export function normal(text: string | undefined, keepNodes: boolean): string[] {
  let result = text ?? ''
  for (const [pattern, shape] of SHAPES) result = result.replace(pattern, shape)
  if (!keepNodes) result = result.replace(WORKER, '<worker>')
  return result
    .split('\n')
    .map((line) => line.replace(/[ \t]{2,}/g, '  ').replace(/\s+$/, ''))
    .filter((line) => line !== '')
}

/** Whether the recorded step and the produced one tell the same. `name` is the recording's. */
export function stepSame(step: Step, produced: Produced, name: string): boolean {
  if (step.exact) return exactlySame(step, produced)
  const keepNodes = NODE_MATTERS.test(name)
  const watching = WATCHING.test(step.run)
  const lines = (text: string | undefined): string[] =>
    watching ? sequences(normal(text, keepNodes)) : normal(text, keepNodes)
  return (
    (watching || step.exit === produced.exit) &&
    sameLines(lines(step.stdout), lines(produced.stdout), !ORDERED.test(step.run)) &&
    sameLines(normal(step.stderr, keepNodes), normal(produced.stderr, keepNodes), true)
  )
}

function exactlySame(step: Step, produced: Produced): boolean {
  const sameOutput = (produced.stdout ?? '').trim() === step.stdout.trim()
  return step.exit === produced.exit && sameOutput && (produced.stderr ?? '').includes(step.stderr)
}

function sameLines(a: readonly string[], b: readonly string[], anyOrder: boolean): boolean {
  const left = anyOrder ? [...a].sort() : a
  const right = anyOrder ? [...b].sort() : b
  return left.length === right.length && left.every((line, index) => line === right[index])
}

/** For each name of a watch's rows the sequence of its distinct rows. */
function sequences(lines: readonly string[]): string[] {
  const rows = new Map<string, string[]>()
  for (const line of lines) remember(rows, line.split('  ')[0]!, line.replace(/<age>/g, '').trim())
  return [...rows.values()].map((seen) => seen.join(' → ')).sort()
}

function remember(seen: Map<string, string[]>, key: string, value: string): void {
  const values = seen.get(key) ?? []
  if (values.at(-1) !== value) seen.set(key, [...values, value])
}

/** The Events of a session in their last version, one line each, sorted. */
export function eventsOf(versions: readonly ObjectVersion[] = []): string[] {
  const last = new Map<string, Recorded>()
  for (const { kind, object } of versions)
    if (kind === 'Event') last.set(object.metadata.uid ?? object.metadata.name, object)
  return [...last.values()]
    .map(({ type, reason, involvedObject, message }) => {
      const about = `${involvedObject?.kind}/${involvedObject?.name}`
      return normal(`${type} ${reason} ${about} ${message}`, false)[0] ?? ''
    })
    .sort()
}

/** For each object of a kind the sequence of its distinct views, sorted. */
export function statesOf(
  versions: readonly ObjectVersion[] = [],
  kind: string,
  view: (object: Recorded) => string,
): string[] {
  const states = new Map<string, string[]>()
  for (const version of versions) {
    if (version.kind !== kind) continue
    const { metadata } = version.object
    const shown = version.type === 'DELETED' ? 'gone' : view(version.object)
    remember(states, metadata.uid ?? metadata.name, shown)
  }
  return [...states.values()].map((seen) => seen.join(' → ')).sort()
}

/** What counts of each kind's state. */
export const views: Readonly<Record<string, (object: Recorded) => string>> = {
  Job: ({ status = {} }) => {
    const met = (status.conditions ?? []).filter((condition) => condition.status === 'True')
    const counts = `${status.active ?? 0}/${status.succeeded ?? 0}/${status.failed ?? 0}`
    return `${counts} ${met.map(({ type }) => type).join('+')}`
  },
  Pod: ({ metadata, status }) => {
    const restarts = status?.containerStatuses?.[0]?.restartCount
    const deleting = metadata.deletionTimestamp ? 'deleting ' : ''
    return deleting + (status?.phase ?? '') + (restarts ? ` r${restarts}` : '')
  },
  CronJob: ({ spec, status }) => {
    const active = Array.isArray(status?.active) ? status.active.length : 0
    return `${active} ${spec?.suspend ? 'suspended' : ''}`
  },
  DaemonSet: ({ status = {} }) =>
    [
      status.desiredNumberScheduled,
      status.currentNumberScheduled,
      status.numberReady ?? 0,
      status.updatedNumberScheduled ?? 0,
      status.numberMisscheduled,
    ].join('/'),
}

/**
 * How many wanted lines were got, of wanted plus surplus ones. `unstable` lines differed between
 * two recordings and are not wanted.
 */
export function tally(
  want: readonly string[],
  got: readonly string[],
  unstable: readonly string[] = [],
): [number, number] {
  const wanted = without(want, unstable)
  const found = wanted.length - without(wanted, got).length
  return [found, wanted.length + Math.max(0, got.length - want.length)]
}

/** `lines` less `dropped`, as multisets. */
function without(lines: readonly string[], dropped: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const line of dropped) counts.set(line, (counts.get(line) ?? 0) + 1)
  return lines.filter((line) => {
    const count = counts.get(line) ?? 0
    if (count > 0) counts.set(line, count - 1)
    return count === 0
  })
}

/** A step as it is compared, for showing a difference. */
export function shown(step: Step, name: string): string[] {
  const keepNodes = NODE_MATTERS.test(name)
  const out = normal(step.stdout, keepNodes)
  const lines = WATCHING.test(step.run) ? sequences(out) : out
  return [String(step.exit), ...lines, ...normal(step.stderr, keepNodes)]
}
