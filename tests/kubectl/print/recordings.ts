// Recordings as a test bench for printing: the objects as they were at the moment of a step, and
// that step's command carried out on them by the print functions alone.
import { readdirSync, readFileSync } from 'node:fs'
import { addMs, parseTime, simTimeOf, type SimTime } from '../../../src/base/time.ts'
import type { DescribeContext } from '../../../src/kubectl/print/describe/context.ts'
import { describeObjects } from '../../../src/kubectl/print/describe/index.ts'
import { toJson } from '../../../src/kubectl/print/json.ts'
import { listOf, printNames } from '../../../src/kubectl/print/name.ts'
import { kindPrefixOf, printObjects } from '../../../src/kubectl/print/table.ts'
import { toYaml } from '../../../src/kubectl/print/yaml.ts'
import type { KubeEvent } from '../../../src/sim/api-types/core.ts'
import type { KubeObject } from '../../../src/sim/api-types/meta.ts'
import type { Pod } from '../../../src/sim/api-types/pod.ts'
import { kindByResource } from '../../../src/sim/kinds/index.ts'
import type { Kind } from '../../../src/sim/kinds/kind.ts'
import type { Step } from '../../reference/compare.ts'

interface Version {
  at: number
  type: string
  object: KubeObject
}

export interface Recording {
  name: string
  start: string
  steps: readonly Step[]
  objects: readonly Version[]
}

const FOLDER = 'tests/reference'

export function recordings(): Recording[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const session = JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')) as Recording
      return { ...session, name }
    })
}

/** The moments within a step's run at which the cluster may have been read, in seconds. */
export function momentsOf(recording: Recording, step: Step & { ms?: number }): number[] {
  const end = step.at + (step.ms ?? 0) / 1000 + 0.1
  const between = recording.objects.map(({ at }) => at).filter((at) => at > step.at && at < end)
  return [step.at, ...new Set(between)]
}

function objectsAt(recording: Recording, at: number): KubeObject[] {
  const latest = new Map<string, KubeObject>()
  for (const version of recording.objects) {
    if (version.at > at) break
    const { kind, metadata } = version.object
    const key = `${kind} ${metadata.namespace ?? ''}/${metadata.name}`
    if (version.type === 'DELETED') latest.delete(key)
    else latest.set(key, version.object)
  }
  return [...latest.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object)
}

/** What the step's command prints about the objects of that moment; undefined: not modelled. */
export function printStep(recording: Recording, step: Step, at: number): string | undefined {
  const words = step.run.split(' ').slice(1)
  const now = addMs(parseTime(recording.start), at * 1000)
  const request = readRequest(words)
  if (request === undefined) return undefined
  const objects = objectsAt(recording, at)
  const chosen = request.kinds.map((kind) => choose(objects, kind, request))
  if (request.verb === 'describe') return describe(objects, chosen.flat(), now)
  if (request.output === 'wide' || request.output === '') return tables(chosen, request, now)
  const all = chosen.flat()
  if (request.output === 'name') return printNames(all)
  const [single] = all
  const value = request.name !== '' && single !== undefined ? single : listOf(all)
  if (request.output === 'yaml') return toYaml(value)
  return request.output === 'json' ? toJson(value) : undefined
}

interface Request {
  verb: string
  kinds: Kind[]
  name: string
  namespace: string
  selector: string
  fields: string
  output: string
  labelColumns: string[]
  noHeaders: boolean
}

const VALUE_FLAGS: Readonly<Record<string, keyof Request>> = {
  '-n': 'namespace',
  '-l': 'selector',
  '-o': 'output',
  '--field-selector': 'fields',
}

function readRequest(words: readonly string[]): Request | undefined {
  const [verb = '', ...rest] = words
  if (verb !== 'get' && verb !== 'describe') return undefined
  const request: Request = {
    verb,
    kinds: [],
    name: '',
    namespace: 'default',
    selector: '',
    fields: '',
    output: '',
    labelColumns: [],
    noHeaders: false,
  }
  const names: string[] = []
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? ''
    const flag = VALUE_FLAGS[word]
    if (flag !== undefined) Object.assign(request, { [flag]: rest[++at] ?? '' })
    else if (word === '-L') request.labelColumns = (rest[++at] ?? '').split(',')
    else if (word === '--no-headers') request.noHeaders = true
    else if (word.startsWith('-')) return undefined
    else names.push(...word.split('/'))
  }
  const kind = kindByResource(names[0] ?? '')
  const all = ['Pod', 'DaemonSet', 'CronJob', 'Job'].map((name) => kindByResource(`${name}s`))
  if (kind !== undefined) request.kinds = [kind]
  else if (names[0] === 'all') request.kinds = all.filter((entry) => entry !== undefined)
  else return undefined
  // Recordings hold a Node only from when it first changed.
  if (kind?.kind === 'Node') return undefined
  request.name = names[1] ?? ''
  return request
}

function choose(objects: readonly KubeObject[], kind: Kind, request: Request): KubeObject[] {
  const [field = '', wanted = ''] = request.fields.split(/!?=/)
  const [label = '', value] = request.selector.split('=')
  return objects.filter((object) => {
    const { metadata } = object
    if (object.kind !== kind.kind) return false
    if (kind.namespaced && metadata.namespace !== request.namespace) return false
    if (request.name !== '' && metadata.name !== request.name) return false
    if (label !== '' && metadata.labels?.[label] !== value) return false
    if (field === '') return true
    const found = field
      .split('.')
      .reduce<unknown>((data, part) => (data as Record<string, unknown>)[part], object)
    return (found === wanted) !== request.fields.includes('!=')
  })
}

function tables(chosen: readonly KubeObject[][], request: Request, now: SimTime): string {
  const texts = request.kinds.map((kind, index) =>
    printObjects(chosen[index] ?? [], kind.columns, now, {
      wide: request.output === 'wide',
      noHeaders: request.noHeaders,
      labelColumns: request.labelColumns,
      ...(request.kinds.length > 1 ? { kindPrefix: kindPrefixOf(kind) } : {}),
    }),
  )
  return texts.filter((text) => text !== '').join('\n')
}

function describe(
  objects: readonly KubeObject[],
  chosen: readonly KubeObject[],
  now: SimTime,
): string {
  const inNamespace = (namespace: string) => (object: KubeObject) =>
    namespace === '' || object.metadata.namespace === namespace
  const context: DescribeContext = {
    now,
    showEvents: chosen.length === 1,
    events: (namespace) =>
      objects
        .filter((object) => object.kind === 'Event')
        .filter(inNamespace(namespace)) as KubeEvent[],
    pods: (namespace) =>
      objects.filter((object) => object.kind === 'Pod').filter(inNamespace(namespace)) as Pod[],
    lease: (name) => ({ holderIdentity: name, renewTime: new Date(simTimeOf(now)).toISOString() }),
  }
  return describeObjects(chosen, context)
}
