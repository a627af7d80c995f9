// `kubectl wait` (kubectl pkg/cmd/wait): until a condition holds, a field has a value, or the
// objects exist or are gone. All objects share one deadline.
import { addMs, type SimTime } from '../../base/time.ts'
import type { Condition, KubeObject } from '../../sim/api-types/meta.ts'
import type { Call, Command } from '../command.ts'
import { isUserError, KubectlError, throwAll } from '../errors.ts'
import {
  ALL_NAMESPACES_FLAG,
  FIELD_SELECTOR_FLAG,
  fileFlags,
  SELECTOR_FLAG,
} from '../flag-groups.ts'
import { OUTPUT_FLAGS, resultPrinter, type ResultPrinter } from '../output.ts'
import { goText } from '../print/go-value.ts'
import { evaluate } from '../print/jsonpath/evaluate.ts'
import { JsonPathError, type JsonPath } from '../print/jsonpath/nodes.ts'
import { parseJsonPath } from '../print/jsonpath/parse.ts'
import { relaxedJsonPath } from '../print/jsonpath/relaxed.ts'
import type { Process, Wait } from '../process.ts'
import { build, errorsOf, isNotFound, selectionOf, withoutNotFound, type Info } from '../resolve.ts'
import { findLive } from '../server.ts'

export const wait: Command = {
  name: 'wait',
  use:
    '([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) ' +
    "[--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
  short: 'Wait for a specific condition on one or many resources',
  examples: [
    'kubectl wait --for=condition=complete job/pi-calculator --timeout=60s',
    'kubectl wait --for=delete pod -l job-name=pi-calculator',
    "kubectl wait --for=jsonpath='{.status.succeeded}'=3 job/parallel",
  ],
  completes: 'resources',
  flags: [
    ...OUTPUT_FLAGS,
    ...fileFlags('with the objects to wait for.').filter(({ name }) => name !== 'kustomize'),
    SELECTOR_FLAG,
    FIELD_SELECTOR_FLAG,
    ALL_NAMESPACES_FLAG,
    { name: 'all', type: 'bool', usage: 'All objects of the given types in the namespace.' },
    {
      name: 'for',
      type: 'array',
      usage:
        "What to wait for: create, delete, condition=NAME[=VALUE] or jsonpath='{PATH}'[=VALUE].",
    },
    { name: 'local', type: 'bool', usage: 'Without the server; not in the lab.' },
    {
      name: 'timeout',
      type: 'duration',
      value: '30s',
      usage: 'How long to wait; 0: only look once; negative: for a week.',
    },
  ],
  run: runWait,
}

/** What is waited for. `holds` is asked of the live object, undefined when there is none. */
interface Goal {
  readonly kind: 'create' | 'delete' | 'state'
  readonly holds: (object: KubeObject | undefined) => boolean
}

const WEEK_MS = 7 * 24 * 3_600_000
const POLL_MS = 500

function* runWait(call: Call): Process {
  const { flags, args, context } = call
  const print = resultPrinter(call, 'none')
  const goals = readGoals(flags.list('for'))
  const given = flags.duration('timeout')
  const timeoutMs = given < 0 ? WEEK_MS : given
  const until = addMs(context.world.now, timeoutMs)
  const find = () =>
    build(call, {
      ...selectionOf(call),
      // Beside names it says nothing; a type alone means all of it.
      all: false,
      typeAloneIsAll: flags.bool('all'),
      args,
      continueOnError: true,
      latest: true,
    })
  if (goals.some(({ kind }) => kind === 'create')) yield* waitForCreation(call, find, until)
  const found = find()
  const forDelete = goals.some(({ kind }) => kind === 'delete')
  const errors = [...errorsOf(forDelete ? withoutNotFound(found.error) : found.error)]
  for (const info of found.infos)
    try {
      for (const goal of goals) yield* waitFor(call, info, goal, { until, timeoutMs, print })
    } catch (error) {
      if (!isUserError(error)) throw error
      errors.push(error)
    }
  throwAll(errors)
  if (found.infos.length === 0 && !forDelete) throw new KubectlError('no matching resources found')
  return 0
}

interface Deadline {
  readonly until: SimTime
  readonly timeoutMs: number
  readonly print: ResultPrinter
}

function* waitForCreation(
  { context }: Call,
  find: () => ReturnType<typeof build>,
  until: SimTime,
): Generator<Wait, void, void> {
  for (;;) {
    const { infos, error } = find()
    if (error !== undefined && !isNotFound(error)) throw error
    if (infos.length > 0) return
    if (context.world.now >= until) throw new KubectlError('timed out waiting for the condition')
    const next = addMs(context.world.now, POLL_MS)
    yield { until: next < until ? next : until }
  }
}

function* waitFor(
  call: Call,
  { resource, namespace, name, object: first }: Info,
  { holds }: Goal,
  { until, timeoutMs, print }: Deadline,
): Generator<Wait, void, void> {
  const { world } = call.context
  let last = first!
  for (;;) {
    const live = findLive(world, resource, namespace, name)
    if (holds(live)) return print(live ?? last, 'condition met')
    last = live ?? last
    const what = `${resource.plural}/${name}`
    if (timeoutMs === 0) throw new KubectlError(`condition not met for ${what}`)
    if (world.now >= until) throw new KubectlError(`timed out waiting for the condition on ${what}`)
    yield { until, kinds: [resource.kind] }
  }
}

function readGoals(conditions: readonly string[]): readonly Goal[] {
  if (conditions.length === 0) throw new KubectlError('unrecognized condition: []')
  return conditions.map(readGoal)
}

function readGoal(text: string): Goal {
  const lower = text.toLowerCase()
  if (lower === 'delete') return { kind: 'delete', holds: (object) => object === undefined }
  if (lower === 'create') return { kind: 'create', holds: (object) => object !== undefined }
  if (text.startsWith('condition=')) {
    const [, name = '', value = 'true'] = /^condition=([^=]*)(?:=(.*))?$/.exec(text) ?? []
    return { kind: 'state', holds: (object) => hasCondition(object, name, value) }
  }
  if (text.startsWith('jsonpath=')) return fieldGoal(text.slice('jsonpath='.length))
  throw new KubectlError(`unrecognized condition: "${text}"`)
}

/** Names and values compare without regard to case; conditions of older specs do not count. */
function hasCondition(object: KubeObject | undefined, name: string, value: string): boolean {
  const status = object?.status as
    { conditions?: readonly Condition[]; observedGeneration?: number } | undefined
  const condition = status?.conditions?.find(
    ({ type }) => type.toLowerCase() === name.toLowerCase(),
  )
  if (object === undefined || condition === undefined) return false
  const observed = condition.observedGeneration ?? status?.observedGeneration
  const { generation } = object.metadata
  if (generation !== undefined && observed !== undefined && observed < generation) return false
  return condition.status.toLowerCase() === value.toLowerCase()
}

function fieldGoal(text: string): Goal {
  const parts = splitAtEquals(text)
  if (parts.length > 2)
    throw new KubectlError(
      "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or " +
        "--for=jsonpath='{.status.readyReplicas}'",
    )
  const template = relaxedJsonPath(parts[0]!)
  const value = parts[1]?.replace(/^['"]+|['"]+$/g, '')
  if (value === '')
    throw new KubectlError(
      'jsonpath wait has to have a value after equal sign, like ' +
        "--for=jsonpath='{.status.readyReplicas}'=3",
    )
  const path = asKubectlError(() => parseJsonPath(template))
  return { kind: 'state', holds: (object) => fieldHolds(object, path, value) }
}

/** Splits at single `=`; `==` stays in its part. */
function splitAtEquals(text: string): string[] {
  return text
    .replaceAll('==', '\0')
    .split('=')
    .map((part) => part.replaceAll('\0', '=='))
}

function fieldHolds(
  object: KubeObject | undefined,
  path: JsonPath,
  wanted: string | undefined,
): boolean {
  if (object === undefined) return false
  const results = asKubectlError(() => evaluate(path, object))
  const [values = []] = results
  if (values.length === 0) return false
  if (results.length > 1)
    throw new KubectlError('given jsonpath expression matches more than one list')
  if (values.length > 1)
    throw new KubectlError('given jsonpath expression matches more than one value')
  if (wanted === undefined) return true
  const [value] = values
  if (typeof value === 'object' && value !== null)
    throw new KubectlError('jsonpath leads to a nested object or list which is not supported')
  return goText(value).trim() === wanted.trim()
}

function asKubectlError<T>(action: () => T): T {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error
    throw new KubectlError(error.message)
  }
}
