// `kubectl set resources` (kubectl pkg/cmd/set/set_resources.go): limits and requests of containers.
import type { Container, PodSpec } from '../../sim/api-types/pod.ts'
import type { Call, Command } from '../command.ts'
import { KubectlError, throwAll } from '../errors.ts'
import { fieldManagerFlag, fileFlags, RECORD_FLAG, SELECTOR_FLAG } from '../flag-groups.ts'
import { DRY_RUN_FLAG, OUTPUT_FLAGS } from '../output.ts'
import type { Process } from '../process.ts'
import { limitsOf } from './create-policy.ts'
import { LOCAL_RESOURCE } from './set-small.ts'
import {
  ALL_FLAG,
  changeEach,
  changePodSpec,
  CONTAINERS_FLAG,
  foundInfos,
  LOCAL_FLAG,
  mapContainers,
  matchesName,
  nameFinder,
  requireLocalSense,
  setContext,
} from './set-shared.ts'

export const setResources: Command = {
  name: 'resources',
  use: '(-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]',
  short: 'Update resource requests/limits on objects with pod templates',
  examples: ['kubectl set resources ds/agent --limits=cpu=200m,memory=512Mi'],
  completes: 'resources',
  flags: [
    ...OUTPUT_FLAGS,
    ...fileFlags('with the objects to change.'),
    DRY_RUN_FLAG,
    RECORD_FLAG,
    SELECTOR_FLAG,
    fieldManagerFlag('kubectl-set'),
    ALL_FLAG,
    CONTAINERS_FLAG,
    LOCAL_FLAG,
    { name: 'limits', type: 'string', usage: 'What may be used at most: cpu=1,memory=1Gi.' },
    { name: 'requests', type: 'string', usage: 'What is set aside: cpu=100m,memory=64Mi.' },
  ],
  run: runSetResources,
}

function* runSetResources(call: Call): Process {
  const { flags, args } = call
  const context = setContext(call)
  if (flags.bool('local') && args.length > 0) throw new KubectlError(LOCAL_RESOURCE)
  const infos = foundInfos(call, args)
  requireLocalSense(context)
  if (flags.bool('all') && flags.string('selector') !== '')
    throw new KubectlError('cannot set --all and --selector at the same time')
  const given = { limits: flags.string('limits'), requests: flags.string('requests') }
  if (given.limits === '' && given.requests === '')
    throw new KubectlError(
      'you must specify an update to requests or limits (in the form of --requests/--limits)',
    )
  const limits = limitsOf(given.limits, 'invalid argument syntax')
  const requests = limitsOf(given.requests, 'invalid argument syntax')
  const pattern = flags.string('containers')
  const change = changePodSpec(nameFinder(infos), (spec, _object, errors) => {
    const all = [...spec.containers, ...(spec.initContainers ?? [])]
    if (all.some(matchesName(pattern))) return withResources(spec, pattern, { limits, requests })
    errors.push(new KubectlError(`error: unable to find container named ${pattern}`))
    return undefined
  })
  const failure = 'failed to patch resources update to pod template'
  const words = { done: 'resource requirements updated', failure }
  throwAll(changeEach(context, infos, change, words))
  return 0
}

type Amounts = Readonly<Record<string, string>> | undefined

function withResources(
  spec: PodSpec,
  pattern: string,
  { limits, requests }: { limits: Amounts; requests: Amounts },
): PodSpec {
  return mapContainers(spec, matchesName(pattern), (container): Container => {
    const { resources = {} } = container
    return {
      ...container,
      resources: {
        ...resources,
        ...(limits === undefined ? {} : { limits: { ...resources.limits, ...limits } }),
        ...(requests === undefined ? {} : { requests: { ...resources.requests, ...requests } }),
      },
    }
  })
}
