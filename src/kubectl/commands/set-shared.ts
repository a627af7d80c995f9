// What the subcommands of `kubectl set` have in common: the objects from the server or, with
// --local, from files alone; a change to each; and the patch that makes it (kubectl
// pkg/cmd/set/helper.go).
import type { KubeObject } from '../../sim/api-types/meta.ts'
import type { Container, PodSpec } from '../../sim/api-types/pod.ts'
import { decodeStruct } from '../../sim/schema/decode.ts'
import { hasStruct } from '../../sim/schema/structs.ts'
import type { Call } from '../command.ts'
import { isUserError, KubectlError } from '../errors.ts'
import { submissionOf } from '../flag-groups.ts'
import type { FlagSpec } from '../flags.ts'
import { goOrdered } from '../go-order.ts'
import { dryRunOf, resultPrinter, type DryRun, type ResultPrinter } from '../output.ts'
import type { JsonMap } from '../patch/lists.ts'
import { twoWayPatch } from '../patch/three-way.ts'
import { podSpecOf, withPodSpec } from '../pod-template.ts'
import { build, selectionOf, type Info } from '../resolve.ts'
import { submitPatch } from '../submit.ts'

export const ALL_FLAG: FlagSpec = {
  name: 'all',
  type: 'bool',
  usage: 'All objects of the given types in the namespace.',
}
export const LOCAL_FLAG: FlagSpec = {
  name: 'local',
  type: 'bool',
  usage: 'Change only what the files say and print it, without the server.',
}
export const CONTAINERS_FLAG: FlagSpec = {
  name: 'containers',
  short: 'c',
  type: 'string',
  value: '*',
  usage: 'The containers to change; * stands for any text.',
}

/** How a call's results are printed; read before anything is looked for. */
export interface SetContext {
  readonly call: Call
  readonly dryRun: DryRun
  readonly print: ResultPrinter
}

export function setContext(call: Call): SetContext {
  const dryRun = dryRunOf(call)
  const shown = call.flags.bool('local') ? 'none' : dryRun
  return { call, dryRun, print: resultPrinter(call, shown, { isStruct: true }) }
}

/** Throws for `--local` with a dry run by the server. */
export function requireLocalSense({ call, dryRun }: SetContext): void {
  if (call.flags.bool('local') && dryRun === 'server')
    throw new KubectlError(
      'cannot specify --local and --dry-run=server - did you mean --dry-run=client?',
    )
}

/** The objects that are meant; throws what is wrong with the question or went wrong. */
export function foundInfos(call: Call, resources: readonly string[]): readonly Info[] {
  const local = call.flags.bool('local')
  const options = { ...selectionOf(call), continueOnError: true }
  const found = local
    ? build(call, { ...options, all: false, labels: '', local: true })
    : build(call, {
        ...options,
        // Beside names it says nothing; a type alone means all of it.
        all: false,
        typeAloneIsAll: options.all ?? false,
        args: resources,
        latest: true,
      })
  if (found.error !== undefined) throw found.error
  return local ? found.infos.map(typedInfo) : found.infos
}

/** A manifest as Go reads it into the struct of its kind. */
function typedInfo(info: Info): Info {
  const object = info.object!
  if (!hasStruct(object.kind)) return info
  return { ...info, object: decodeStruct(object, object.kind).value as unknown as KubeObject }
}

/** A change of an object, undefined for none; what it cannot do goes to `errors`. */
type Change = (object: KubeObject, errors: Error[]) => KubeObject | undefined

interface SetWords {
  /** `image updated` */
  done: string
  /** `failed to patch image update to pod template:` */
  failure: string
  /** Whether an object that does not change is printed all the same. */
  printsUnchanged?: boolean
}

/** Changes each object; returns what went wrong. */
export function changeEach(
  { call, dryRun, print }: SetContext,
  infos: readonly Info[],
  change: Change,
  words: SetWords,
): Error[] {
  const errors: Error[] = []
  for (const { resource, namespace, name, object } of infos)
    try {
      const changed = change(object!, errors)
      if (changed === undefined) continue
      const body = twoWayPatch(object as unknown as JsonMap, changed as unknown as JsonMap)
      if (Object.keys(body).length === 0 && words.printsUnchanged !== true) continue
      if (call.flags.bool('local') || dryRun === 'client') {
        print(goOrdered(changed), words.done)
        continue
      }
      const submission = submissionOf(call, dryRun === 'server')
      const patch = { namespace, name, type: 'strategic', body } as const
      const patched = failingAs(words.failure, () => submitPatch(submission, resource, patch))
      print(goOrdered(patched), words.done)
    } catch (error) {
      if (!isUserError(error)) throw error
      errors.push(error)
    }
  return errors
}

function failingAs<T>(failure: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    if (!isUserError(error)) throw error
    throw new KubectlError(`${failure} ${error.message}`)
  }
}

/** A change of Pod specs; what has none is reported. */
export function changePodSpec(
  info: (object: KubeObject) => string,
  change: (spec: PodSpec, object: KubeObject, errors: Error[]) => PodSpec | undefined,
): Change {
  return (object, errors) => {
    const spec = podSpecOf(object)
    if (spec === undefined)
      throw new KubectlError(
        `error: ${info(object)} the object is not a pod or does not have a pod template: ` +
          `*v1.${object.kind}\n`,
      )
    const changed = change(spec, object, errors)
    return changed === undefined ? undefined : withPodSpec(object, changed)
  }
}

/** `TYPE/NAME` of each object, as errors name them. */
export function nameFinder(infos: readonly Info[]): (object: KubeObject) => string {
  return (object) => {
    const info = infos.find((each) => each.object === object)
    return info === undefined ? object.metadata.name : `${info.resource.plural}/${info.name}`
  }
}

/** Every container of a spec, ordinary ones first, as changes visit them. */
export function mapContainers(
  spec: PodSpec,
  matches: (container: Container) => boolean,
  change: (container: Container) => Container,
): PodSpec {
  const each = (container: Container): Container =>
    matches(container) ? change(container) : container
  const { initContainers, containers } = spec
  return {
    ...spec,
    containers: containers.map(each),
    ...(initContainers === undefined ? {} : { initContainers: initContainers.map(each) }),
  }
}

/** Whether a container's name matches a pattern with `*`. */
export function matchesName(pattern: string): (container: Container) => boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  const expression = new RegExp(`^${parts.join('.*')}$`, 's')
  return ({ name }) => expression.test(name)
}
