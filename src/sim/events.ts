// Recording Events about objects. Classic recorders (controllers, kubelets) count repeats of the
// same message; the scheduler's newer recorder keeps a series. Both write ordinary Event objects.
import { formatMicroTime, formatTime } from '../base/time.ts'
import { actorInstance, type Ctx } from './actor.ts'
import type { KubeEvent } from './api-types/core.ts'
import type { KubeObject } from './api-types/meta.ts'
import { createObject, updateObject } from './api.ts'
import { getObject } from './store.ts'

export interface EventText {
  type: 'Normal' | 'Warning'
  reason: string
  message: string
  /** `spec.containers{pi}` for container events. */
  fieldPath?: string
}

/** Remembers which Event object tells of which text, so that a repeat raises its count. */
type Correlation = Map<string, string>

/**
 * Records an event of a classic recorder (client-go tools/record): source is the actor's
 * component and, for kubelets, its node.
 */
export function recordEvent(ctx: Ctx, about: KubeObject, text: EventText): void {
  const host = actorInstance(ctx.actor)
  const component = host === '' ? ctx.actor : 'kubelet'
  const known = correlationOf(ctx)
  const id = [component, host, about.metadata.uid, text.fieldPath, text.type, text.reason]
    .concat(text.message)
    .join('\n')
  const now = formatTime(ctx.now)
  const old = getObject<KubeEvent>(ctx.world.store, 'Event', known.get(id) ?? '')
  if (old !== undefined) {
    const count = (old.count ?? 1) + 1
    updateObject(ctx.world, ctx.by, { ...old, count, lastTimestamp: now })
    return
  }
  const created = createObject<KubeEvent>(ctx.world, ctx.by, {
    ...bareEvent(ctx, about, text),
    source: host === '' ? { component } : { component, host },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
    eventTime: null,
    reportingComponent: component,
    reportingInstance: host,
  } as never)
  known.set(id, `${created.metadata.namespace}/${created.metadata.name}`)
}

/** Records an event of the newer recorder, which only the scheduler uses (tools/events). */
export function recordSeriesEvent(
  ctx: Ctx,
  about: KubeObject,
  text: EventText & { action: string },
): void {
  createObject<KubeEvent>(ctx.world, ctx.by, {
    ...bareEvent(ctx, about, text),
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: formatMicroTime(ctx.now),
    action: text.action,
    reportingComponent: ctx.actor,
    reportingInstance: `${ctx.actor}-novacraft-control-plane`,
  } as never)
}

function correlationOf(ctx: Ctx): Correlation {
  const name = `events/${ctx.actor}`
  const known = ctx.world.memory.get(name) as Correlation | undefined
  if (known !== undefined) return known
  const fresh: Correlation = new Map()
  ctx.world.memory.set(name, fresh)
  return fresh
}

/** Event names end in the hexadecimal time in nanoseconds; ours add the log's id to be unique. */
function bareEvent(ctx: Ctx, about: KubeObject, text: EventText) {
  const { name, namespace, uid, resourceVersion } = about.metadata
  const nanos = BigInt(ctx.now) * 1_000_000n + BigInt(ctx.world.log.nextId % 1_000_000)
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: `${name}.${nanos.toString(16)}`,
      namespace: namespace ?? 'default',
    },
    involvedObject: {
      kind: about.kind,
      ...(namespace === undefined ? {} : { namespace }),
      name,
      uid,
      apiVersion: about.apiVersion,
      resourceVersion,
      ...(text.fieldPath === undefined ? {} : { fieldPath: text.fieldPath }),
    },
    reason: text.reason,
    message: text.message,
    type: text.type,
  }
}
