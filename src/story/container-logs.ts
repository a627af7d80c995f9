// Goals about what containers said: a text in a log, and a log that the learner has read while its
// Pod was there and in the wanted state.
import { containerLog } from '../sim/kubelets.ts'
import type { KubeObject } from '../sim/api-types/meta.ts'
import type { Pod } from '../sim/api-types/pod.ts'
import { ApiError } from '../sim/errors.ts'
import { kindOf } from '../sim/kinds/index.ts'
import type { ObjectState } from '../sim/kinds/kind.ts'
import type { RunInput } from '../session/inputs.ts'
import type { Run } from '../session/run.ts'
import type { Finding } from './goals.ts'
import { beganWith, find, matches, plainLine, typedBy, type Scene, type Which } from './subjects.ts'
import { whichText } from './wording.ts'

/** Whose log: of a Pod that was in this state, or that had been started again, when it was read. */
export type LogRead = Which & { state?: ObjectState; restarted?: boolean }

/** Whether a container of such a Pod has said the text. */
export function logSays(wanted: Which & { text: string }, scene: Scene): Finding {
  const says = (pod: KubeObject): boolean => logOf(pod as Pod, scene.run).includes(wanted.text)
  const pod = find(wanted, scene).find(says)
  if (pod === undefined)
    return { met: false, because: `no log of ${whichText(wanted)} says "${wanted.text}"` }
  const because = `the log of Pod ${pod.metadata.name} says "${wanted.text}"`
  return { met: true, because, ...beganWith(pod, () => true, scene) }
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

/** Whether a typed `kubectl logs` named such a Pod at a time when it was as wanted. */
export function readLog(wanted: LogRead, scene: Scene): Finding {
  for (const input of typedBy(scene)) {
    const target = logTarget(input)
    if (target === undefined) continue
    for (const pod of podsAt(input.at, scene)) {
      if (!matches(wanted, pod) || !isTarget(target, pod) || !isAsWanted(wanted, pod as Pod))
        continue
      const because = `you read the log of Pod ${pod.metadata.name} with ${plainLine(input)}`
      return { met: true, because, at: input.at }
    }
  }
  const state = wanted.state === undefined ? '' : ` that was ${wanted.state}`
  return { met: false, because: `you have read no log of ${whichText(wanted)}${state}` }
}

function isAsWanted({ state, restarted }: LogRead, pod: Pod): boolean {
  if (state !== undefined && kindOf(pod.kind).view?.state?.(pod) !== state) return false
  const restarts = pod.status.containerStatuses?.[0]?.restartCount ?? 0
  return restarted !== true || restarts > 0
}

/** What `kubectl logs` was asked for: a selector, an owner, or a Pod. */
interface LogTarget {
  namespace: string
  labels?: Readonly<Record<string, string>>
  /** `job/import` gives type `job`. */
  type?: string
  name?: string
}

function logTarget({ program, argv }: RunInput): LogTarget | undefined {
  if (program !== 'kubectl' && program !== 'k') return undefined
  if (!argv.includes('logs')) return undefined
  const target: LogTarget = { namespace: 'default' }
  const words = argv.flatMap((word) => (/^--\w[\w-]*=/.test(word) ? splitFlag(word) : [word]))
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === '-n' || word === '--namespace') target.namespace = words[++i] ?? ''
    else if (word === '-l' || word === '--selector') target.labels = labelsIn(words[++i] ?? '')
    else if (/^-l./.test(word)) target.labels = labelsIn(word.slice(2))
    else if (WITH_VALUE.includes(word)) i++
    else if (!word.startsWith('-') && word !== 'logs' && target.name === undefined)
      Object.assign(target, named(word))
  }
  return target
}

/** Flags of `kubectl logs` whose value is a word of its own. */
const WITH_VALUE = ['-c', '--container', '--tail', '--since', '--since-time', '--limit-bytes']

function splitFlag(word: string): string[] {
  const equals = word.indexOf('=')
  return [word.slice(0, equals), word.slice(equals + 1)]
}

function labelsIn(selector: string): Record<string, string> {
  const pairs = selector.split(',').map((pair) => pair.split('=').filter((part) => part !== ''))
  return Object.fromEntries(pairs.map(([key = '', value = '']) => [key, value]))
}

function named(word: string): { type?: string; name: string } {
  const slash = word.indexOf('/')
  return slash < 0 ? { name: word } : { type: word.slice(0, slash), name: word.slice(slash + 1) }
}

const POD_WORDS = ['po', 'pod', 'pods']

function isTarget(target: LogTarget, pod: KubeObject): boolean {
  const { name, type, labels, namespace } = target
  if (pod.metadata.namespace !== namespace) return false
  if (labels !== undefined)
    return Object.entries(labels).every(([key, value]) => pod.metadata.labels?.[key] === value)
  if (type === undefined || POD_WORDS.includes(type)) return pod.metadata.name === name
  return (pod.metadata.ownerReferences ?? []).some((owner) => owner.name === name)
}

/** Every Pod as it was at a moment: from the log, and what the log never saw change since. */
function podsAt(at: number, { run }: Scene): KubeObject[] {
  const { log, store } = run.lab.world
  const then = new Map<string, KubeObject | undefined>()
  const later = new Map<string, KubeObject | undefined>()
  for (const entry of log.entries) {
    const object = entry.after ?? entry.before
    if (object === undefined || !isPod(object)) continue
    if (entry.at <= at) then.set(entry.uid, entry.after)
    else if (!later.has(entry.uid)) later.set(entry.uid, entry.before)
  }
  for (const [uid, before] of later) if (!then.has(uid)) then.set(uid, before)
  for (const objects of store.kinds.values())
    for (const object of objects.values())
      if (isPod(object) && !then.has(object.metadata.uid)) then.set(object.metadata.uid, object)
  return [...then.values()].filter((object) => object !== undefined)
}

/** What has containers that ran: only Pods have container statuses. */
function isPod(object: KubeObject): boolean {
  const status = object.status as { phase?: string; containerStatuses?: unknown } | undefined
  return (
    status?.phase !== undefined && Array.isArray((object.spec as Partial<Pod['spec']>)?.containers)
  )
}
