// The vocabulary of goals: what a chapter asks of the cluster, of its past, or of the learner. A
// goal is data in a chapter's plan.yaml; each check is a pure function of the run, and its answer
// says why, with the moment it rests on.
import type { SimTime } from '../base/time.ts'
import type { Condition, KubeObject } from '../sim/api-types/meta.ts'
import type { KubeEvent, Taint } from '../sim/api-types/core.ts'
import type { Toleration } from '../sim/api-types/pod.ts'
import { event as eventKind } from '../sim/kinds/event.ts'
import { toleratesTaint } from '../sim/lib/taints.ts'
import { listObjects } from '../sim/store.ts'
import { logSays, readLog, type LogRead } from './container-logs.ts'
import { durationMs } from './duration.ts'
import { measure, type Lives, type Measured, type Ticks } from './measures.ts'
import { beganWith, find, momentOf, plainLine, typedBy, fieldAt } from './subjects.ts'
import type { Moment, Scene, Since, Which } from './subjects.ts'
import { clockOf, countText, sinceText, whichText } from './wording.ts'

/** How many; both bounds count. Without any, at least one. */
interface Bounds {
  min?: number
  max?: number
}

interface FieldCheck {
  path: string
  equals?: unknown
  matches?: string
  min?: number
  max?: number
  /** True: the field must not be set. */
  unset?: boolean
  /** True: every such object must have it so, and there must be one. */
  every?: boolean
}

/** One check. `path`s are dotted, with numbers for list items: `status.succeeded`. */
export type Check =
  | { exists: Which }
  | { absent: Which }
  | { condition: Which & { type: string; status?: string; reason?: string } }
  | { count: Which & Bounds }
  | { field: Which & FieldCheck }
  /** The template (or the Pod itself) tolerates this taint. */
  | { tolerates: Which & { taint: Taint } }
  | { logSays: Which & { text: string } }
  | { event: { reason: string; about?: string } }
  /** The learner typed a command that matches this regular expression. */
  | { ran: string }
  /** The learner read the log of such a Pod while it was there. */
  | { readLog: LogRead }
  | { ticks: Ticks & Bounds }
  | { happened: Lives & Bounds }
  | { atOnce: Lives & Bounds }
  /** So much time has passed. */
  | { elapsed: { since: Since; min: string } }
  /** All hold, and each came no earlier than the one before. */
  | { inOrder: readonly Check[] }
  | { all: readonly Check[] }
  | { any: readonly Check[] }
  | { not: Check }

export interface Goal {
  /** What the learner reads. */
  text: string
  /** The first of the hints. */
  hint: string
  /** Three steps: where to look, what to see, the command and why it works. */
  hints: readonly string[]
  check: Check
  /** Said in place of the generated reason while the goal is open, where that would give it away. */
  notYet?: string
  /** How many inputs came before the learner's. */
  prepared: number
  /** Where it stands in plan.yaml. */
  line: number
}

/** What a check found: whether it holds, why, and the moment and Entry that this rests on. */
export interface Finding {
  met: boolean
  /** A clause to stand after "because". */
  because: string
  at?: SimTime
  entry?: number
}

/** Whether the check holds at this moment of the run, and why. */
export function findingOf(check: Check, scene: Scene): Finding {
  if ('exists' in check) return existence(check.exists, true, scene)
  if ('absent' in check) return existence(check.absent, false, scene)
  if ('condition' in check) return condition(check.condition, scene)
  if ('field' in check) return field(check.field, scene)
  if ('tolerates' in check) return tolerates(check.tolerates, scene)
  if ('logSays' in check) return logSays(check.logSays, scene)
  if ('event' in check) return event(check.event, scene)
  if ('ran' in check) return ran(check.ran, scene)
  if ('readLog' in check) return readLog(check.readLog, scene)
  if ('elapsed' in check) return elapsed(check.elapsed, scene)
  if ('inOrder' in check) return inOrder(check.inOrder, scene)
  if ('all' in check) return allOf(check.all, scene)
  if ('any' in check) return anyOf(check.any, scene)
  if ('not' in check) return negated(check.not, scene)
  return bounded(check, scene)
}

/** Whether a goal is about what was typed alone, so that nothing of the cluster shows it. */
export function isAboutTyping(check: Check): boolean {
  if ('ran' in check || 'readLog' in check) return true
  if ('all' in check) return check.all.every(isAboutTyping)
  if ('any' in check) return check.any.some(isAboutTyping)
  return 'inOrder' in check && check.inOrder.every(isAboutTyping)
}

function yes(because: string, moment: Moment | undefined = undefined): Finding {
  return { met: true, because, ...moment }
}

function no(because: string): Finding {
  return { met: false, because }
}

function existence(which: Which, wanted: boolean, scene: Scene): Finding {
  const [object] = find(which, scene)
  if (object === undefined)
    return wanted
      ? no(`there is no ${whichText(which)}`)
      : yes(`there is no ${whichText(which)} any more`)
  const there = `${object.kind} ${object.metadata.name} exists`
  return wanted
    ? yes(
        there,
        beganWith(object, () => true, scene),
      )
    : no(there)
}

function condition(
  wanted: Which & { type: string; status?: string; reason?: string },
  scene: Scene,
): Finding {
  const found = find(wanted, scene)
  if (found.length === 0) return no(`there is no ${whichText(wanted)}`)
  const has = (object: KubeObject): boolean =>
    conditionsOf(object).some(
      ({ type, status, reason }) =>
        type === wanted.type &&
        status === (wanted.status ?? 'True') &&
        (wanted.reason === undefined || reason === wanted.reason),
    )
  const object = found.find(has)
  if (object !== undefined)
    return yes(
      `${object.kind} ${object.metadata.name} has the condition ${wanted.type}`,
      beganWith(object, has, scene),
    )
  const true_ = conditionsOf(found[0]!).filter(({ status }) => status === 'True')
  const instead = true_.map(({ type }) => type).join(' and ')
  const other = instead === '' ? '' : `, but ${instead}`
  return no(`${whichText(wanted)} does not have the condition ${wanted.type}${other}`)
}

function conditionsOf(object: KubeObject): readonly Condition[] {
  return (object.status as { conditions?: readonly Condition[] } | undefined)?.conditions ?? []
}

function field(wanted: Which & FieldCheck, scene: Scene): Finding {
  const found = find(wanted, scene)
  if (found.length === 0) return no(`there is no ${whichText(wanted)}`)
  const holds = (object: KubeObject): boolean => valueHolds(fieldAt(object, wanted.path), wanted)
  const wrong = found.find((object) => !holds(object))
  const right = found.find(holds)
  const object = wanted.every === true && wrong !== undefined ? wrong : (right ?? found[0]!)
  const value = JSON.stringify(fieldAt(object, wanted.path)) ?? 'not set'
  const sentence = `${wanted.path} of ${object.kind} ${object.metadata.name} is ${value}`
  const met = wanted.every === true ? wrong === undefined : right !== undefined
  return met ? yes(sentence, beganWith(object, holds, scene)) : no(sentence)
}

function valueHolds(value: unknown, wanted: FieldCheck): boolean {
  if (wanted.unset === true) return value === undefined
  if (wanted.equals !== undefined) return value === wanted.equals
  if (wanted.matches !== undefined) return new RegExp(wanted.matches).test(String(value ?? ''))
  const { min, max } = wanted
  if (min === undefined && max === undefined) return value !== undefined
  return typeof value === 'number' && value >= (min ?? -Infinity) && value <= (max ?? Infinity)
}

/** Where the Pod's spec is in a workload, a scheduled one, and a Pod. */
const POD_SPECS = ['spec.jobTemplate.spec.template.spec', 'spec.template.spec', 'spec']

function tolerates(wanted: Which & { taint: Taint }, scene: Scene): Finding {
  const [object] = find(wanted, scene)
  if (object === undefined) return no(`there is no ${whichText(wanted)}`)
  const holds = (one: KubeObject): boolean => {
    const path = POD_SPECS.find((candidate) => fieldAt(one, candidate) !== undefined) ?? ''
    const list = (fieldAt(one, `${path}.tolerations`) ?? []) as readonly Toleration[]
    return list.some((toleration) => toleratesTaint(toleration, wanted.taint))
  }
  const { key, effect } = wanted.taint
  const name = `${object.kind} ${object.metadata.name}`
  if (!holds(object)) return no(`${name} tolerates no taint ${key}:${effect}`)
  return yes(`${name} tolerates the taint ${key}:${effect}`, beganWith(object, holds, scene))
}

function event(wanted: { reason: string; about?: string }, scene: Scene): Finding {
  const { store } = scene.run.lab.world
  const found = listObjects<KubeEvent>(store, eventKind.kind).find(({ reason, involvedObject }) => {
    const about = `${involvedObject.kind}/${involvedObject.name}`
    return reason === wanted.reason && (wanted.about ?? about) === about
  })
  const about = wanted.about === undefined ? '' : ` about ${wanted.about}`
  if (found === undefined) return no(`there was no event ${wanted.reason}${about}`)
  const moment = beganWith(found as unknown as KubeObject, () => true, scene)
  return yes(`the event ${wanted.reason}${about} was recorded`, moment)
}

function ran(pattern: string, scene: Scene): Finding {
  const expression = new RegExp(pattern)
  const input = typedBy(scene).find((typed) => expression.test(plainLine(typed)))
  if (input === undefined) return no('you have not looked there yet')
  return yes(`you typed ${plainLine(input)}`, { at: input.at })
}

function elapsed({ since, min }: { since: Since; min: string }, scene: Scene): Finding {
  const moment = momentOf(since, scene)
  if (moment === undefined) return no(`you have not changed ${sinceText(since)} yet`)
  const passed = scene.run.lab.world.now - moment.at
  if (passed < (durationMs(min) ?? 0)) return no(`only ${countText(passed)} of ${min} have passed`)
  return yes(`${min} have passed since ${clockOf(moment.at)}`, moment)
}

/** A check that compares a number with bounds. */
type CountCheck = Extract<
  Check,
  { count: unknown } | { ticks: unknown } | { happened: unknown } | { atOnce: unknown }
>

function bounded(check: CountCheck, scene: Scene): Finding {
  const measured = measure(check, scene)
  const [bounds, noun, since] = nounOf(check)
  if (measured.open === 'not-begun') return no(`you have not changed ${sinceText(since ?? '')} yet`)
  const value = Number(measured.value)
  const { min, max } = bounds
  const least = min ?? (max === undefined ? 1 : 0)
  const sentence = `${noun(value)}${lastOf(measured)}`
  if (value > (max ?? Infinity)) return no(`${sentence}, and no more than ${max} may be`)
  if (value < least) return no(`${sentence}, and ${least} are needed`)
  // A bound from above is kept only when its time is over.
  if (measured.open === 'not-passed' && max !== undefined)
    return no(`${sentence}, and its time is not over`)
  return yes(sentence, momentIn(measured))
}

function momentIn({ at, entry }: Measured): Moment | undefined {
  if (at === undefined) return undefined
  return entry === undefined ? { at } : { at, entry }
}

function lastOf({ at }: Measured): string {
  return at === undefined ? '' : `, last at ${clockOf(at)}`
}

/** The bounds of a counting check, its value in words, and from when on it counts. */
function nounOf(check: CountCheck): [Bounds, (value: number) => string, Since | undefined] {
  if ('count' in check)
    return [check.count, (n) => `there are ${n} of ${whichText(check.count)}`, undefined]
  if ('ticks' in check) {
    const { name, outcome = 'due', since } = check.ticks
    const word = outcome === 'run' ? 'started' : outcome
    return [check.ticks, (n) => `${name} was ${word} ${n} ${n === 1 ? 'time' : 'times'}`, since]
  }
  if ('happened' in check) {
    const { state, since } = check.happened
    const end = state === undefined ? 'were made' : `came to be ${state}`
    return [check.happened, (n) => `${n} of ${whichText(check.happened)} ${end}`, since]
  }
  const most = (n: number): string => `at most ${n} of ${whichText(check.atOnce)} were busy at once`
  return [check.atOnce, most, check.atOnce.since]
}

function inOrder(checks: readonly Check[], scene: Scene): Finding {
  const findings = checks.map((check) => findingOf(check, scene))
  const open = findings.find(({ met }) => !met)
  if (open !== undefined) return open
  for (const [index, { at, because }] of findings.entries()) {
    const before = findings[index - 1]
    if (at !== undefined && before?.at !== undefined && before.at > at)
      return no(`${because} at ${clockOf(at)}, before ${before.because}`)
  }
  return joined(findings)
}

function allOf(checks: readonly Check[], scene: Scene): Finding {
  const findings = checks.map((check) => findingOf(check, scene))
  return findings.find(({ met }) => !met) ?? joined(findings)
}

/** All of them, at the moment of the last. */
function joined(findings: readonly Finding[]): Finding {
  const because = findings.map((finding) => finding.because).join(', and ')
  const last = findings.reduce((a, b) => ((b.at ?? 0) >= (a.at ?? 0) ? b : a))
  return { ...last, because }
}

function anyOf(checks: readonly Check[], scene: Scene): Finding {
  const findings = checks.map((check) => findingOf(check, scene))
  return findings.find(({ met }) => met) ?? findings[0] ?? no('nothing is asked')
}

function negated(check: Check, scene: Scene): Finding {
  const { met, because } = findingOf(check, scene)
  return { met: !met, because }
}
