// `kubectl set` (kubectl pkg/cmd/set): single features of objects, here the image of a container.
import type { Container, PodSpec } from '../../sim/api-types/pod.ts'
import type { Call, Command } from '../command.ts'
import { KubectlError, throwAll } from '../errors.ts'
import { fieldManagerFlag, fileFlags, RECORD_FLAG, SELECTOR_FLAG } from '../flag-groups.ts'
import { DRY_RUN_FLAG, OUTPUT_FLAGS } from '../output.ts'
import type { Process } from '../process.ts'
import { splitPairs } from './metadata.ts'
import { setEnv } from './set-env.ts'
import { setResources } from './set-resources.ts'
import { LOCAL_RESOURCE, setSelector, setServiceAccount, setSubject } from './set-small.ts'
import {
  ALL_FLAG,
  changeEach,
  changePodSpec,
  foundInfos,
  LOCAL_FLAG,
  mapContainers,
  nameFinder,
  setContext,
  type SetContext,
} from './set-shared.ts'

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
    ALL_FLAG,
    LOCAL_FLAG,
  ],
  run: runSetImage,
}

export const set: Command = {
  name: 'set',
  use: 'SUBCOMMAND',
  short: 'Set specific features on objects',
  commands: [setEnv, image, setResources, setSelector, setServiceAccount, setSubject],
}

function* runSetImage(call: Call): Process {
  const context = setContext(call)
  const { resources, pairs } = splitPairs(call.args, 'image')
  const images = readImages(pairs)
  if (call.flags.bool('local') && resources.length > 0) throw new KubectlError(LOCAL_RESOURCE)
  const infos = foundInfos(call, resources)
  requireSense(context, resources, images)
  const change = changePodSpec(nameFinder(infos), (spec, _object, errors) => {
    const names = new Set([...(spec.initContainers ?? []), ...spec.containers].map(nameOf))
    for (const name of images.keys())
      if (name !== '*' && !names.has(name))
        errors.push(new KubectlError(`error: unable to find container named "${name}"`))
    return withImages(spec, images)
  })
  const failure = 'failed to patch image update to pod template:'
  throwAll(changeEach(context, infos, change, { done: 'image updated', failure }))
  return 0
}

const nameOf = ({ name }: Container): string => name

function withImages(spec: PodSpec, images: ReadonlyMap<string, string>): PodSpec {
  const wanted = ({ name }: Container): string | undefined => images.get(name) ?? images.get('*')
  return mapContainers(
    spec,
    (container) => wanted(container) !== undefined,
    (container) => ({ ...container, image: wanted(container)! }),
  )
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
  { call: { flags }, dryRun }: SetContext,
  resources: readonly string[],
  images: ReadonlyMap<string, string>,
): void {
  const errors: Error[] = []
  if (flags.bool('all') && flags.string('selector') !== '')
    errors.push(new KubectlError('cannot set --all and --selector at the same time'))
  const noFiles = flags.list('filename').length === 0 && flags.string('kustomize') === ''
  if (resources.length === 0 && noFiles)
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
  if (flags.bool('local') && dryRun === 'server')
    errors.push(
      new KubectlError(
        'cannot specify --local and --dry-run=server - did you mean --dry-run=client?',
      ),
    )
  throwAll(errors)
}
