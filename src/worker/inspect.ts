// What the inspector shows of one object: itself, its description, its events, its owners, or why
// it is as it is. Only what is looked at is made and sent: while time plays fast it is asked for
// several times a second.
import { parseTime } from '../base/time.ts'
import { PROGRAMS } from '../kubectl/programs/index.ts'
import { toYaml } from '../kubectl/print/yaml.ts'
import type { KubeEvent } from '../sim/api-types/core.ts'
import type { KubeObject, ObjectMeta } from '../sim/api-types/meta.ts'
import { event as eventKind } from '../sim/kinds/event.ts'
import { why, type Entry } from '../sim/log.ts'
import { controllerOf, getObject, listObjects, objectKey } from '../sim/store.ts'
import type { World } from '../sim/world.ts'
import { summaryOf } from '../story/why.ts'
import type { EntryView, Inspection, InspectionPart } from './protocol.ts'

const HISTORY_MAX = 40
const CAUSES_MAX = 12

type Parts = { [P in InspectionPart]: (world: World, object: KubeObject) => Inspection[P] }

const PARTS: Parts = {
  why: historyOf,
  yaml: (_world, object) => toYaml(object),
  events: eventsOf,
  owners: ownersOf,
  describe,
}

/** One part of what there is to know of the object, or undefined when it does not exist. */
export function inspect(
  world: World,
  kind: string,
  namespace: string,
  name: string,
  part: InspectionPart,
): Partial<Inspection> | undefined {
  const object = getObject<KubeObject>(world.store, kind, objectKey(namespace, name))
  return object && { [part]: PARTS[part](world, object) }
}

/** What `kubectl describe` prints, without noting a command in the log. */
function describe(world: World, object: KubeObject): string {
  let text = ''
  const words = ['describe', object.kind.toLowerCase(), object.metadata.name]
  const { namespace } = object.metadata
  const process = PROGRAMS['kubectl']!(
    namespace === undefined ? words : [...words, '-n', namespace],
    {
      world,
      by: { actor: 'inspector', causes: [] },
      stdin: '',
      readFile: () => undefined,
      listFolder: () => undefined,
      stdout: (part) => (text += part),
      stderr: (part) => (text += part),
      cluster: world.cluster,
    },
  )
  process.next()
  process.return(0)
  return text
}

function eventsOf(world: World, object: KubeObject): Inspection['events'] {
  return listObjects<KubeEvent>(world.store, eventKind.kind)
    .filter((event) => event.involvedObject.uid === object.metadata.uid)
    .map((event) => ({
      type: event.type,
      reason: event.reason,
      message: event.message,
      count: event.count ?? event.series?.count ?? 1,
      at: parseTime(event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp),
    }))
    .sort((a, b) => a.at - b.at)
}

function ownersOf(world: World, object: KubeObject): Inspection['owners'] {
  const chain: Inspection['owners'][number][] = []
  let current: KubeObject | undefined = object
  while (current !== undefined && chain.length < 8) {
    const { namespace, name, uid }: ObjectMeta = current.metadata
    chain.unshift({ kind: current.kind, namespace: namespace ?? '', name, uid })
    const owner = controllerOf(current)
    current =
      owner && getObject<KubeObject>(world.store, owner.kind, objectKey(namespace, owner.name))
  }
  return chain
}

function historyOf(world: World, object: KubeObject): Inspection['why'] {
  const { entries } = world.log
  const own: Entry[] = []
  for (let i = entries.length - 1; i >= 0 && own.length < HISTORY_MAX; i--)
    if (entries[i]!.uid === object.metadata.uid) own.push(entries[i]!)
  return own.map((entry) => ({
    entry: viewOf(entry),
    causes: why(world.log, entry.id, CAUSES_MAX).map(viewOf),
  }))
}

function viewOf(entry: Entry): EntryView {
  const { id, at, actor, verb, kind, namespace, name, uid } = entry
  return { id, at, actor, verb, kind, namespace, name, uid, summary: summaryOf(entry) }
}
