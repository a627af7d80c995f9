// `kubectl run` (kubectl pkg/cmd/run): one Pod of an image.
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { pod } from '../../sim/kinds/pod.ts'
import type { Call, Command } from '../command.ts'
import { KubectlError, usageError } from '../errors.ts'
import { fileFlags } from '../flag-groups.ts'
import { GENERATOR_FLAGS, submitGenerated } from '../generate.ts'
import { dryRunOf } from '../output.ts'
import { overridden, OVERRIDE_FLAGS } from '../overrides.ts'
import type { Process } from '../process.ts'
import { cascadeOf, DELETION_FLAGS } from './delete.ts'
import { splitPairs } from './metadata.ts'

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never']
const REFERENCE =
  /^[a-z0-9]([\w.:-]*\/)*[\w.-]+(:[\w][\w.-]{0,127})?(@[\w+.-]+:[0-9a-fA-F]{32,})?$/i

export const run: Command = {
  name: 'run',
  use: 'NAME --image=image [--env="key=value"] [--port=port] [--command] -- [COMMAND] [args...]',
  short: 'Run a particular image on the cluster',
  examples: ['kubectl run shell --image=busybox --restart=Never -- sh -c "echo hi"'],
  required: ['image'],
  flags: [
    ...GENERATOR_FLAGS.filter(({ name }) => name !== 'validate' && name !== 'field-manager'),
    ...DELETION_FLAGS,
    ...fileFlags('; not used by this command.'),
    ...OVERRIDE_FLAGS,
    { name: 'annotations', type: 'array', usage: 'Annotations of the Pod: key=value.' },
    { name: 'attach', type: 'bool', usage: 'Attach to the Pod; not in the lab.' },
    { name: 'command', type: 'bool', usage: 'Further arguments are the command, not its args.' },
    { name: 'detach-keys', type: 'string', usage: 'The keys that detach from the container.' },
    { name: 'env', type: 'array', usage: 'Environment variables: name=value.' },
    { name: 'expose', type: 'bool', usage: 'Make a service; not in the lab.' },
    { name: 'field-manager', type: 'string', value: 'kubectl-run', usage: 'Name of the writer.' },
    { name: 'image', type: 'string', usage: 'The image to run.' },
    { name: 'image-pull-policy', type: 'string', usage: 'Always, IfNotPresent or Never.' },
    { name: 'labels', short: 'l', type: 'string', usage: 'Labels of the Pod: a=b,c=d.' },
    { name: 'leave-stdin-open', type: 'bool', usage: 'Keep stdin open after attaching.' },
    { name: 'port', type: 'string', usage: 'The port the container listens on.' },
    { name: 'privileged', type: 'bool', usage: 'Run privileged.' },
    { name: 'quiet', short: 'q', type: 'bool', usage: 'Say less.' },
    { name: 'restart', type: 'string', value: 'Always', usage: 'Always, OnFailure or Never.' },
    { name: 'rm', type: 'bool', usage: 'Delete the Pod afterwards; only when attached.' },
    { name: 'stdin', short: 'i', type: 'bool', usage: 'Keep stdin open; not in the lab.' },
    { name: 'tty', short: 't', type: 'bool', usage: 'A terminal; not in the lab.' },
  ],
  run: runRun,
}

function* runRun(call: Call): Process {
  const { args, flags, dashAt, path } = call
  if (args.length === 0 || dashAt === 0) throw usageError(path, 'NAME is required for run')
  const image = flags.string('image')
  if (image === '') throw new KubectlError('--image is required')
  if (!REFERENCE.test(image))
    throw new KubectlError(`Invalid image name "${image}": invalid reference format`)
  if (flags.bool('tty') && !flags.bool('stdin'))
    throw usageError(path, '-i/--stdin is required for containers with -t/--tty=true')
  const restart = flags.string('restart')
  if (!RESTART_POLICIES.includes(restart))
    throw usageError(path, `invalid restart policy: ${restart}`)
  const attached = flags.bool('attach') || flags.bool('stdin')
  if (!attached && flags.bool('rm'))
    throw usageError(path, '--rm should only be used for attached containers')
  requirePullPolicy(call)
  if (attached)
    throw new KubectlError(
      'the lab cannot attach to a container: leave -i, -t and --attach out and read its logs',
    )
  cascadeOf(call, flags.string('cascade'))
  if (flags.bool('expose') && flags.string('port') === '')
    throw usageError(path, '--port must be set when exposing a service')
  const pod = overridden(call, podManifest(call, image, restart))
  submitGenerated(call, () => pod, '', ': ', dryRunOf(call) !== 'client')
  if (flags.bool('expose')) submitGenerated(call, () => serviceManifest(call), '')
  return 0
}

function requirePullPolicy({ flags, path }: Call): void {
  const policy = flags.string('image-pull-policy')
  if (['', 'Always', 'IfNotPresent', 'Never'].includes(policy)) return
  throw usageError(path, `invalid image pull policy: ${policy}`)
}

/** The Service of `--expose`, which the lab's server then refuses. */
function serviceManifest({ args, flags }: Call): KubeObject {
  const [name = ''] = args
  const port = flags.int('port')
  const labels = labelsOf(flags.string('labels'), name)
  const service = {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: { name },
    spec: { ports: [{ protocol: 'TCP', port, targetPort: port }], selector: labels },
    status: { loadBalancer: {} },
  }
  return service as unknown as KubeObject
}

function labelsOf(text: string, name: string): Readonly<Record<string, string>> {
  if (text === '') return { run: name }
  const entries = text.split(',').map((pair) => {
    const [key = '', value, ...more] = pair.split('=')
    if (value === undefined || more.length > 0)
      throw new KubectlError(`unexpected label spec: ${pair}`)
    return [key, value] as const
  })
  return Object.fromEntries(entries)
}

function podManifest({ args, flags }: Call, image: string, restartPolicy: string): KubeObject {
  const [name = '', ...words] = args
  const pairs = (list: readonly string[]): Record<string, string> =>
    Object.fromEntries(
      splitPairs(list, 'pair').pairs.map((pair) => {
        const equals = pair.indexOf('=')
        return [pair.slice(0, equals), pair.slice(equals + 1)]
      }),
    )
  const annotations = pairs(flags.list('annotations'))
  const env = Object.entries(pairs(flags.list('env'))).map(([key, value]) => ({ name: key, value }))
  const policy = flags.string('image-pull-policy')
  const port = flags.int('port')
  const container = {
    name,
    image,
    ...(words.length === 0 ? {} : flags.bool('command') ? { command: words } : { args: words }),
    ...(env.length === 0 ? {} : { env }),
    ...(policy === '' ? {} : { imagePullPolicy: policy }),
    ...(port === 0 ? {} : { ports: [{ containerPort: port }] }),
    ...(flags.bool('privileged') ? { securityContext: { privileged: true } } : {}),
  }
  const metadata = {
    name,
    labels: labelsOf(flags.string('labels'), name),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  }
  const spec = { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy }
  return { apiVersion: 'v1', kind: pod.kind, metadata, spec } as unknown as KubeObject
}
