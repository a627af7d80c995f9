// Recording Events about objects. Classic recorders (controllers, kubelets) count repeats of the
// same message; the scheduler's newer recorder (event-series.ts) keeps a series.
import { compact, extend } from '../base/plain.ts'
import { formatTime } from '../base/time.ts'
import { actorInstance, type Ctx } from './actor.ts'
import type { KubeEvent } from './api-types/core.ts'
import type { KubeObject } from './api-types/meta.ts'
import { createObject, updateObject } from './api.ts'
import { ApiError } from './errors.ts'
import {
  aggregate,
  copyCorrelation,
  createCorrelation,
  isAllowed,
  remember,
  type Correlation,
  type Observed,
} from './event-correlation.ts'
import { recorderMemory } from './memory.ts'
import { event as eventKind } from './kinds/event.ts'
import { getObject, keyOf } from './store.ts'

export interface EventText {
  type: 'Normal' | 'Warning'
  reason: string
  message: string
  /** `spec.containers{pi}` for container events. */
  fieldPath?: string
  /** The source's component when it is not the actor's own name. */
  component?: string
  /** The recorder knew the object by name only: the reference has no uid. */
  byName?: true
}

/**
 * Where events about things without a namespace are kept. Upstream it is `default`; kept apart, the
 * machines' events do not drown a learner's own list (rule EVENT-6).
 */
const CLUSTER_EVENTS = 'kube-node-lease'

/**
 * Records an event of a classic recorder (client-go tools/record): source is the actor's
 * component and, for kubelets, its node. Repeats raise the count of the Event there is.
 */
export function recordEvent(ctx: Ctx, about: KubeObject, text: EventText): void {
  const host = actorInstance(ctx.actor)
  const component = text.component ?? (host === '' ? ctx.actor : 'kubelet')
  const memory = correlationMemory.of(ctx)
  const source = `${component}\n${host}\n${about.metadata.uid}\n${text.type}`
  const { reason, fieldPath = '' } = text
  const identity = { source, fieldPath, reason, message: text.message }
  const { id, message } = aggregate(memory, identity, ctx.now)
  const seen = memory.observed.get(id)
  const next: Observed = {
    count: (seen?.count ?? 0) + 1,
    firstTimestamp: seen?.firstTimestamp ?? formatTime(ctx.now),
    key: seen?.key ?? '',
  }
  const isSaid = isAllowed(memory, source, ctx.now)
  const said = extend(text, { component, message })
  const key = isSaid ? writeEvent(ctx, about, said, next) : next.key
  remember(memory.observed, id, { ...next, key })
}

/** Counts the Event up, or creates it. Returns its store key; the known one if it was refused. */
function writeEvent(
  ctx: Ctx,
  about: KubeObject,
  text: EventText & { component: string },
  { count, firstTimestamp, key }: Observed,
): string {
  const { component, message } = text
  const lastTimestamp = formatTime(ctx.now)
  const old = getObject<KubeEvent>(ctx.world.store, eventKind.kind, key)
  if (old !== undefined) {
    updateObject(ctx.world, ctx.by, { ...old, count, message, lastTimestamp })
    return key
  }
  const host = actorInstance(ctx.actor)
  const event = extend(bareEvent(ctx, about, text), {
    source: host === '' ? { component } : { component, host },
    firstTimestamp,
    lastTimestamp,
    count,
    eventTime: null,
    reportingComponent: component,
    reportingInstance: host,
  })
  const created = createEvent(ctx, event)
  return created === undefined ? key : keyOf(created)
}

const correlationMemory = recorderMemory<Correlation>({
  initial: createCorrelation,
  copy: copyCorrelation,
})

/** Creates the Event object; a recorder only logs a refusal, so undefined then. */
export function createEvent(ctx: Ctx, event: object): KubeEvent | undefined {
  try {
    return createObject<KubeEvent>(ctx.world, ctx.by, event as never)
  } catch (error) {
    if (error instanceof ApiError) return undefined
    throw error
  }
}

/**
 * The fields both recorders fill alike. Event names end in the hexadecimal time in nanoseconds;
 * ours add the log's id to be unique.
 */
export function bareEvent(ctx: Ctx, about: KubeObject, text: EventText) {
  const { name, namespace, uid, resourceVersion } = about.metadata
  const nanos = hexNanos(ctx.now, ctx.world.log.nextId % 1_000_000)
  return {
    apiVersion: 'v1',
    kind: eventKind.kind,
    metadata: { name: `${name}.${nanos}`, namespace: namespace ?? CLUSTER_EVENTS },
    involvedObject: compact({
      kind: about.kind,
      namespace,
      name,
      uid: text.byName ? undefined : uid,
      resourceVersion: text.byName ? undefined : resourceVersion,
      apiVersion: about.apiVersion,
      fieldPath: text.fieldPath,
    }),
    reason: text.reason,
    message: text.message,
    type: text.type,
  }
}

/** `ms` in nanoseconds plus `rest`, in hexadecimal: in two halves, for it is beyond 2⁵³. */
function hexNanos(ms: number, rest: number): string {
  const high = Math.floor(ms / 0x10000)
  const low = (ms - high * 0x10000) * 1_000_000 + rest
  const carry = Math.floor(low / 0x10000)
  const tail = (low - carry * 0x10000).toString(16)
  return (high * 1_000_000 + carry).toString(16) + '0000'.slice(tail.length) + tail
}
