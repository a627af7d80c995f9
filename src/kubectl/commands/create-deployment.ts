// `kubectl create deployment` and `create token` (kubectl pkg/cmd/create). The lab runs no
// Deployments and issues no tokens; the text of a Deployment is right all the same.
import { randomSuffix } from '../../base/rng.ts'
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { node } from '../../sim/kinds/node.ts'
import { pod } from '../../sim/kinds/pod.ts'
import { secret } from '../../sim/kinds/secret.ts'
import { notFound } from '../../sim/errors.ts'
import { rngOf } from '../../sim/world.ts'
import type { Call, Command } from '../command.ts'
import { isUserError, KubectlError } from '../errors.ts'
import { GENERATOR_FLAGS, nameOf, setFields, submitGenerated } from '../generate.ts'
import { objectPrinter, OUTPUT_FLAGS, outputFormat } from '../output.ts'
import type { Process } from '../process.ts'
import { resourceOf } from '../resources.ts'
import { findLive } from '../server.ts'

export const createDeployment: Command = {
  name: 'deployment',
  use: 'NAME --image=image -- [COMMAND] [args...]',
  short: 'Create a deployment with the specified name',
  aliases: ['deploy'],
  required: ['image'],
  flags: [
    ...GENERATOR_FLAGS,
    { name: 'image', type: 'list', usage: 'Images, one container each.' },
    { name: 'port', type: 'int32', value: '-1', usage: 'The port that is exposed.' },
    { name: 'replicas', short: 'r', type: 'int32', value: '1', usage: 'How many Pods.' },
  ],
  run: function* (call) {
    const name = nameOf(call)
    submitGenerated(call, () => deploymentOf(call, name), 'failed to create deployment')
    return 0
  },
}

function deploymentOf(call: Call, name: string): KubeObject {
  const { flags, args } = call
  const images = flags.list('image')
  const command = args.slice(1)
  if (images.length > 1 && command.length > 0)
    throw new KubectlError('cannot specify multiple --image options and command')
  const port = flags.int('port')
  const containers = images.map((image, index) => ({
    name: containerName(call, image),
    image,
    ...setFields({ command, ports: port >= 0 && index === 0 ? [portOf(port)] : [] }),
    resources: {},
  }))
  const labels = { app: name }
  const object = {
    kind: 'Deployment',
    apiVersion: 'apps/v1',
    metadata: { name, labels },
    spec: {
      replicas: flags.int('replicas'),
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers } },
      strategy: {},
    },
    status: {},
  }
  return object as unknown as KubeObject
}

function portOf(containerPort: number): object {
  return { containerPort }
}

/** The image's own name; with a random end when it is no name of a container. */
function containerName({ context }: Call, image: string): string {
  const name = image.split('/').at(-1)!.split(':')[0]!.split('@')[0]!
  if (!/[_.]/.test(name)) return name
  return `${name.replace(/[_.]/g, '-')}-${randomSuffix(rngOf(context.world, 'kubectl'))}`
}

const BOUND_KINDS: readonly string[] = [node.kind, pod.kind, secret.kind]

export const createToken: Command = {
  name: 'token',
  use: 'SERVICE_ACCOUNT_NAME',
  short: 'Request a service account token',
  flags: [
    ...OUTPUT_FLAGS,
    { name: 'audience', type: 'array', usage: 'Whom the token is for.' },
    { name: 'bound-object-kind', type: 'string', usage: 'The kind it is bound to.' },
    { name: 'bound-object-name', type: 'string', usage: 'The object it is bound to.' },
    { name: 'bound-object-uid', type: 'string', usage: 'The uid it is bound to.' },
    { name: 'duration', type: 'duration', value: '0s', usage: 'How long it is good for.' },
  ],
  run: runToken,
}

function* runToken(call: Call): Process {
  const name = nameOf(call)
  const format = outputFormat(call)
  if (format !== '') objectPrinter(call, format)
  requireToken(call, name)
  try {
    const account = resourceOf('serviceaccounts')
    if (findLive(call.context.world, account, call.namespace, name) === undefined)
      throw notFound(account, name)
  } catch (error) {
    if (!isUserError(error)) throw error
    throw new KubectlError(`failed to create token: ${error.message}`)
  }
  throw new KubectlError(`failed to create token: ${NO_TOKENS}`)
}

/** What the lab's API server says, too. */
export const NO_TOKENS = 'the lab issues no tokens: there is nothing to sign in to'

function requireToken({ flags }: Call, name: string): void {
  const [kind, object, uid] = ['kind', 'name', 'uid'].map((part) =>
    flags.string(`bound-object-${part}`),
  ) as [string, string, string]
  if (name === '') throw new KubectlError('service account name is required')
  if (flags.duration('duration') < 0)
    throw new KubectlError('--duration must be greater than or equal to 0')
  if (flags.duration('duration') % 1000 !== 0)
    throw new KubectlError('--duration cannot be expressed in units less than seconds')
  if (flags.list('audience').includes(''))
    throw new KubectlError('--audience must not be an empty string')
  if (kind === '') {
    const only = (flag: string): string =>
      `--bound-object-${flag} can only be set if --bound-object-kind is provided`
    if (object !== '') throw new KubectlError(only('name'))
    if (uid !== '') throw new KubectlError(only('uid'))
    return
  }
  if (!BOUND_KINDS.includes(kind))
    throw new KubectlError(`supported --bound-object-kind values are ${BOUND_KINDS.join(', ')}`)
  if (object === '')
    throw new KubectlError('--bound-object-name is required if --bound-object-kind is provided')
}
