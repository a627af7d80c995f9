// `kubectl set image` (kubectl pkg/cmd/set): a new image in the Pod template of an object.
import type { KubeObject } from '../../sim/api-types/meta.ts'
import type { Container, PodSpec } from '../../sim/api-types/pod.ts'
import type { Call, Command } from '../command.ts'
import { isUserError, KubectlError, throwAll } from '../errors.ts'
import {
  fieldManagerFlag,
  fileFlags,
  RECORD_FLAG,
  SELECTOR_FLAG,
  submissionOf,
} from '../flag-groups.ts'
import { kubectlKind } from '../kinds/index.ts'
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, resultPrinter } from '../output.ts'
import type { JsonMap } from '../patch/lists.ts'
import { twoWayPatch } from '../patch/three-way.ts'
import type { Process } from '../process.ts'
import { build, selectionOf, type Info } from '../resolve.ts'
import { submitPatch } from '../submit.ts'
import { splitPairs } from './metadata.ts'

const image: Command = {
  name: 'image',
  use:
    '(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... ' +
    'CONTAINER_NAME_N=CONTAINER_IMAGE_N',
  short: 'Update the image of a pod template',
  examples: ['kubectl set image ds/agent agent=agent:v2'],
  completes: 'resources',
  flags: [
    ...OUTPUT_FLAGS,
    ...fileFlags('with the objects to change.'),
    DRY_RUN_FLAG,
    RECORD_FLAG,
    SELECTOR_FLAG,
    fieldManagerFlag('kubectl-set'),
    { name: 'all', type: 'bool', usage: 'All objects of the given types in the namespace.' },
    { name: 'local', type: 'bool', usage: 'Without the server; not in the lab.' },
  ],
  run: runSetImage,
}

export const set: Command = {
  name: 'set',
  use: 'SUBCOMMAND',
  short: 'Set specific features on objects',
  commands: [
    ...['env', 'resources', 'selector', 'serviceaccount', 'subject'].map(elsewhere),
    image,
  ].sort((a, b) => (a.name < b.name ? -1 : 1)),
}

/** The other features are fields of the manifest: the lab sends the learner there. */
function elsewhere(name: string): Command {
  return {
    name,
    short: `Update the ${name} of an object`,
    flags: [...OUTPUT_FLAGS, DRY_RUN_FLAG, SELECTOR_FLAG, ...fileFlags('with the objects.')],
    run: function* () {
      throw new KubectlError(
        `the lab has no "kubectl set ${name}": change the manifest in the editor and apply it`,
      )
    },
  }
}

function* runSetImage(call: Call): Process {
  dryRunOf(call)
  const { resources, pairs } = splitPairs(call.args, 'image')
  const images = readImages(pairs)
  const found = build(call, {
    ...selectionOf(call),
    args: resources,
    continueOnError: true,
    latest: true,
  })
  if (found.error !== undefined) throw found.error
  requireSense(call, resources, images)
  const errors: Error[] = []
  for (const info of found.infos)
    try {
      setImages(call, info, images, errors)
    } catch (error) {
      if (!isUserError(error)) throw error
      errors.push(
        new KubectlError(`failed to patch image update to pod template: ${error.message}`),
      )
    }
  throwAll(errors)
  return 0
}

function readImages(pairs: readonly string[]): ReadonlyMap<string, string> {
  const wrong = pairs.filter((pair) => pair.indexOf('=') <= 0)
  if (wrong.length > 0) throw new KubectlError(`invalid image format: ${wrong.join(', ')}`)
  return new Map(
    pairs.map((pair) => {
      const equals = pair.indexOf('=')
      return [pair.slice(0, equals), pair.slice(equals + 1)] as const
    }),
  )
}

function requireSense(
  { flags }: Call,
  resources: readonly string[],
  images: ReadonlyMap<string, string>,
): void {
  const errors: Error[] = []
  if (flags.bool('all') && flags.string('selector') !== '')
    errors.push(new KubectlError('cannot set --all and --selector at the same time'))
  if (resources.length === 0 && flags.list('filename').length === 0)
    errors.push(
      new KubectlError(
        'one or more resources must be specified as <resource> <name> or <resource>/<name>',
      ),
    )
  if (images.size === 0) errors.push(new KubectlError('at least one image update is required'))
  else if (images.size > 1 && images.has('*'))
    errors.push(
      new KubectlError(
        'all containers are already specified by *, but saw more than one ' +
          'container_name=container_image pairs',
      ),
    )
  throwAll(errors)
}

function setImages(
  call: Call,
  info: Info,
  images: ReadonlyMap<string, string>,
  errors: Error[],
): void {
  const { resource, namespace, name, object } = info
  const spec = podSpecOf(object!)
  if (spec === undefined) {
    const kind = `*v1.${resource.kind}`
    errors.push(
      new KubectlError(
        `error: ${resource.plural}/${name} the object is not a pod or does not have a pod ` +
          `template: ${kind}\n`,
      ),
    )
    return
  }
  const all = [...(spec.initContainers ?? []), ...spec.containers]
  for (const container of images.keys())
    if (container !== '*' && !all.some((each) => each.name === container))
      errors.push(new KubectlError(`error: unable to find container named "${container}"`))
  const changed = withImages(object!, images)
  const body = twoWayPatch(object as unknown as JsonMap, changed as unknown as JsonMap)
  if (Object.keys(body).length === 0) return
  const dryRun = dryRunOf(call)
  const print = resultPrinter(call, dryRun)
  if (dryRun === 'client') return print(changed, 'image updated')
  const submission = submissionOf(call, dryRun === 'server')
  const patch = { namespace, name, type: 'strategic', body } as const
  print(submitPatch(submission, resource, patch), 'image updated')
}

type Path = readonly string[]

function podSpecOf(object: KubeObject): PodSpec | undefined {
  const path = kubectlKind(object.kind)?.podSpecPath
  return path?.reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | undefined)?.[key],
    object,
  ) as PodSpec | undefined
}

function withImages(object: KubeObject, images: ReadonlyMap<string, string>): KubeObject {
  const change = (container: Container): Container => {
    const wanted = images.get(container.name) ?? images.get('*')
    return wanted === undefined ? container : { ...container, image: wanted }
  }
  const edit = (value: unknown, path: Path): unknown => {
    const [key, ...rest] = path
    const map = value as Record<string, unknown>
    if (key !== undefined) return { ...map, [key]: edit(map[key], rest) }
    const spec = value as PodSpec
    const initContainers = spec.initContainers?.map(change)
    const containers = spec.containers.map(change)
    return { ...spec, containers, ...(initContainers ? { initContainers } : {}) }
  }
  return edit(object, kubectlKind(object.kind)?.podSpecPath ?? []) as KubeObject
}
