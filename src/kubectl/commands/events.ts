// `kubectl events` (kubectl pkg/cmd/events): Events by time, unlike `kubectl get events`.
import { parseTime } from '../../base/time.ts'
import type { KubeEvent } from '../../sim/api-types/core.ts'
import { ageOf } from '../../sim/kinds/columns/format.ts'
import { event as eventKind } from '../../sim/kinds/event.ts'
import { entriesAfter } from '../../sim/log.ts'
import type { Call, Command } from '../command.ts'
import { KubectlError } from '../errors.ts'
import { ALL_NAMESPACES_FLAG, CHUNK_FLAG } from '../flag-groups.ts'
import { goOrdered } from '../go-order.ts'
import { ALLOWED_FORMATS, objectPrinter, OUTPUT_FLAGS } from '../output.ts'
import { goSort } from '../print/go-sort.ts'
import { createTableMemory, printTable, type TableMemory } from '../print/table.ts'
import { escapeTerminal } from '../print/tabwriter.ts'
import type { Process } from '../process.ts'
import { readTuple } from '../resolve.ts'
import { groupVersion, resourceOf } from '../resources.ts'
import { listLive } from '../server.ts'

export const events: Command = {
  name: 'events',
  use: '[--for TYPE/NAME] [--watch] [--types=Normal,Warning]',
  short: 'List events',
  examples: ['kubectl events', 'kubectl events --for job/pi-calculator', 'kubectl events --watch'],
  flags: [
    ...OUTPUT_FLAGS,
    ALL_NAMESPACES_FLAG,
    CHUNK_FLAG,
    { name: 'for', type: 'string', usage: 'Only events about this object: TYPE/NAME.' },
    { name: 'no-headers', type: 'bool', usage: 'Leave the header line out.' },
    { name: 'types', type: 'list', usage: 'Only events of these types: Normal, Warning.' },
    { name: 'watch', short: 'w', type: 'bool', usage: 'Go on showing new events.' },
  ],
  run: runEvents,
}

function* runEvents(call: Call): Process {
  const { flags, context, namespace } = call
  // A template alone does not ask for a format here.
  const format = flags.string('output')
  const whole = format === '' ? undefined : objectPrinter(call, format, ALLOWED_FORMATS, true)
  const wanted = filterOf(call)
  const everywhere = flags.bool('all-namespaces')
  const within = everywhere ? '' : namespace
  if (flags.bool('watch')) return yield* watchEvents(call, wanted)
  const all = listLive(context.world, resourceOf(eventKind.plural), {
    namespace: within,
  }) as KubeEvent[]
  const found = goSort(all.filter(wanted), (a, b) => timeOf(a) < timeOf(b))
  if (found.length === 0)
    context.stderr(
      everywhere ? 'No events found.\n' : `No events found in ${namespace} namespace.\n`,
    )
  // Names are those of the list's items, which do not say what they are.
  else if (format.toLowerCase() === 'name') return 0
  else if (whole !== undefined)
    context.stdout(
      whole({ kind: 'EventList', apiVersion: 'v1', metadata: {}, items: found.map(goOrdered) }),
    )
  else context.stdout(rows(call, found, createTableMemory()))
  return 0
}

function filterOf({ flags, namespace }: Call): (event: KubeEvent) => boolean {
  const about = flags.string('for')
  if (about !== '' && !about.includes('/'))
    throw new KubectlError('--for must be in resource/name form')
  const tuple = about === '' ? undefined : readTuple(about)
  const resource = tuple === undefined ? undefined : resourceOf(tuple.type)
  const types = flags.list('types').map((type) => type.toLowerCase())
  if (types.some((type) => type !== 'normal' && type !== 'warning'))
    throw new KubectlError('valid --types are Normal or Warning')
  const everywhere = flags.bool('all-namespaces')
  return ({ involvedObject, type, metadata }) =>
    (everywhere || metadata.namespace === namespace) &&
    (types.length === 0 || types.includes(type.toLowerCase())) &&
    (resource === undefined ||
      (involvedObject.kind === resource.kind &&
        involvedObject.apiVersion === groupVersion(resource) &&
        involvedObject.name === tuple!.name))
}

/** New Events as they come; those that expire are not reported. Starts with what is there. */
function* watchEvents(call: Call, wanted: (event: KubeEvent) => boolean): Process {
  const { context, namespace, flags } = call
  const { world } = context
  const memory = createTableMemory()
  const within = flags.bool('all-namespaces') ? '' : namespace
  const there = listLive(world, resourceOf(eventKind.plural), { namespace: within }) as KubeEvent[]
  for (const event of there.filter(wanted)) context.stdout(rows(call, [event], memory))
  let seen = world.log.nextId - 1
  for (;;) {
    yield { kinds: [eventKind.kind] }
    const entries = entriesAfter(world.log, seen)
    seen = world.log.nextId - 1
    for (const { kind, after } of entries)
      if (kind === eventKind.kind && after !== undefined && wanted(after as KubeEvent))
        context.stdout(rows(call, [after as KubeEvent], memory))
  }
}

function rows(call: Call, list: readonly KubeEvent[], memory: TableMemory): string {
  const { flags, context } = call
  const everywhere = flags.bool('all-namespaces')
  const header = ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']
  const cells = list.map((event) => [
    ...(everywhere ? [event.metadata.namespace ?? ''] : []),
    interval(event, context.world.now),
    escapeTerminal(event.type),
    escapeTerminal(event.reason),
    escapeTerminal(`${event.involvedObject.kind}/${event.involvedObject.name}`),
    escapeTerminal(event.message.trim()),
  ])
  const full = everywhere ? ['NAMESPACE', ...header] : header
  return printTable({ header: flags.bool('no-headers') ? [] : full, rows: cells }, memory)
}

function timeOf({ series, lastTimestamp, eventTime }: KubeEvent): number {
  const text = series?.lastObservedTime || lastTimestamp || eventTime
  return text ? parseTime(text) : -Infinity
}

function interval(event: KubeEvent, now: Parameters<typeof ageOf>[1]): string {
  const { series, count = 0 } = event
  const first = ageOf(event.eventTime ?? event.firstTimestamp, now)
  if (series !== undefined)
    return `${ageOf(series.lastObservedTime, now)} (x${series.count} over ${first})`
  return count > 1 ? `${ageOf(event.lastTimestamp, now)} (x${count} over ${first})` : first
}
