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
  createCorrelation,
  isAllowed,
  remember,
  type Correlation,
} from './event-correlation.ts'
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
  const memory = correlationOf(ctx)
  const source = `${component}\n${host}\n${about.metadata.uid}\n${text.type}`
  const { reason, fieldPath = '' } = text
  const identity = { source, fieldPath, reason, message: text.message }
  const { id, message } = aggregate(memory, identity, ctx.now)
  const now = formatTime(ctx.now)
  const seen = memory.observed.get(id)
  const count = (seen?.count ?? 0) + 1
  const firstTimestamp = seen?.firstTimestamp ?? now
  let key = seen?.key ?? ''
  const observe = (): void => remember(memory.observed, id, { count, firstTimestamp, key })
  if (!isAllowed(memory, source, ctx.now)) return observe()
  const old = getObject<KubeEvent>(ctx.world.store, 'Event', key)
  if (old !== undefined) {
    updateObject(ctx.world, ctx.by, { ...old, count, message, lastTimestamp: now })
    return observe()
  }
  const event = extend(bareEvent(ctx, about, text, message), {
    source: host === '' ? { component } : { component, host },
    firstTimestamp,
    lastTimestamp: now,
    count,
    eventTime: null,
    reportingComponent: component,
    reportingInstance: host,
  })
  const created = createEvent(ctx, event)
  if (created !== undefined) key = keyOf(created)
  observe()
}

function correlationOf(ctx: Ctx): Correlation {
  const name = `events/${ctx.actor}`
  const known = ctx.world.memory.get(name) as Correlation | undefined
  if (known !== undefined) return known
  const fresh = createCorrelation()
  ctx.world.memory.set(name, fresh)
  return fresh
}

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
export function bareEvent(ctx: Ctx, about: KubeObject, text: EventText, message = text.message) {
  const { name, namespace, uid, resourceVersion } = about.metadata
  const nanos = BigInt(ctx.now) * 1_000_000n + BigInt(ctx.world.log.nextId % 1_000_000)
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${nanos.toString(16)}`, namespace: namespace ?? CLUSTER_EVENTS },
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
    message,
    type: text.type,
  }
}
