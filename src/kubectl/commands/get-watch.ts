// `kubectl get --watch`: the table, then a row for every change, as the log has them.
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { entriesAfter, type Entry } from '../../sim/log.ts'
import type { Call } from '../command.ts'
import { KubectlError } from '../errors.ts'
import { getPrinter } from '../get-formats.ts'
import { outputFormat } from '../output.ts'
import { createTableMemory, printTable, tableOf, type TableOptions } from '../print/table.ts'
import type { Process } from '../process.ts'
import { build, isNotFound, selectionOf, type Found } from '../resolve.ts'
import type { Resource } from '../resources.ts'
import { selectorOf } from '../server.ts'

type Change = 'ADDED' | 'MODIFIED' | 'DELETED'
type Show = (objects: readonly KubeObject[], change: Change) => void

/** Shows what is there, then what changes, until it is interrupted. */
export function* watch(call: Call, options: TableOptions): Process {
  const { flags, args, context } = call
  const selection = selectionOf(call)
  const found = build(call, {
    ...selection,
    args,
    typeAloneIsAll: true,
    latest: true,
    singleType: true,
  })
  if (found.error !== undefined) {
    if (isNotFound(found.error) && flags.bool('ignore-not-found')) return 0
    throw found.error
  }
  const resource = found.resources[0]!
  const listed = !found.single && args.length <= 1
  if (!listed && found.infos.length !== 1)
    throw new KubectlError(
      'watch is only supported on individual resources and resource collections - ' +
        `${found.infos.length} resources were found`,
    )
  const show = shower(call, resource, options)
  const initial = found.infos.map(({ object }) => object!)
  if (!flags.bool('watch-only') && initial.length > 0) show(initial, 'ADDED')
  const wanted = filterOf(call, found, resource)
  let seen = context.world.log.nextId - 1
  for (;;) {
    yield { kinds: [resource.kind] }
    const entries = entriesAfter(context.world.log, seen)
    seen = context.world.log.nextId - 1
    for (const entry of entries) {
      const event = eventOf(entry, resource, wanted)
      if (event !== undefined) show([event.object], event.change)
    }
  }
}

/** What the watch is about: the named object, or what the selectors and the namespace choose. */
function filterOf(call: Call, found: Found, resource: Resource): (object: KubeObject) => boolean {
  const { flags, namespace } = call
  const name = found.single ? found.infos[0]?.name : undefined
  const within = found.single ? (found.infos[0]?.namespace ?? namespace) : namespace
  const anywhere = flags.bool('all-namespaces') || !resource.namespaced
  const matches = selectorOf(resource, flags.string('selector'), flags.string('field-selector'))
  return (object) =>
    (anywhere || object.metadata.namespace === within) &&
    (name === undefined || object.metadata.name === name) &&
    matches(object)
}

/** The event a watcher with this filter gets: leaving the selection is a deletion. */
function eventOf(
  entry: Entry,
  resource: Resource,
  wanted: (object: KubeObject) => boolean,
): { object: KubeObject; change: Change } | undefined {
  const { before, after } = entry
  if (entry.kind !== resource.kind || (before === undefined && after === undefined))
    return undefined
  const was = before !== undefined && wanted(before)
  const is = after !== undefined && wanted(after)
  if (is) return { object: after, change: was ? 'MODIFIED' : 'ADDED' }
  return was ? { object: before, change: 'DELETED' } : undefined
}

function shower(call: Call, resource: Resource, options: TableOptions): Show {
  const { flags, context } = call
  const format = outputFormat(call)
  const tells = flags.bool('output-watch-events')
  if (format !== '' && format !== 'wide') {
    const print = getPrinter(call, format)
    let first = true
    return (objects, change) => {
      for (const object of objects) {
        if (format === 'yaml' && !first) context.stdout('---\n')
        first = false
        context.stdout(print(tells ? { object, type: change } : object))
      }
    }
  }
  const memory = createTableMemory()
  const columns = resource.stored?.columns ?? []
  const withNamespace = flags.bool('all-namespaces') && resource.namespaced
  return (objects, change) => {
    const decorated = { ...options, withNamespace, ...(tells ? { eventType: change } : {}) }
    const table = tableOf(objects, columns, context.world.now, decorated)
    context.stdout(printTable(table, memory))
  }
}
