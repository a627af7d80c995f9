// `kubectl expose` (kubectl pkg/cmd/expose): a Service for the Pods of an object. The lab has no
// network and keeps no Services; their text is right all the same.
import type { KubeObject } from '../../sim/api-types/meta.ts'
import type { PodSpec } from '../../sim/api-types/pod.ts'
import { pod as podKind } from '../../sim/kinds/pod.ts'
import type { Call, Command } from '../command.ts'
import { KubectlError } from '../errors.ts'
import {
  fieldManagerFlag,
  fileFlags,
  RECORD_FLAG,
  SAVE_CONFIG_FLAG,
  submissionOf,
} from '../flag-groups.ts'
import type { FlagSpec } from '../flags.ts'
import { setFields } from '../generate.ts'
import { withAnnotation } from '../last-applied.ts'
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, resultPrinter } from '../output.ts'
import { overridden, OVERRIDE_FLAGS } from '../overrides.ts'
import type { Process } from '../process.ts'
import { build, selectionOf, type Info } from '../resolve.ts'
import { resourceOf } from '../resources.ts'
import { submitCreate } from '../submit.ts'
import { podSpecOf } from '../pod-template.ts'

const text = (name: string, usage: string): FlagSpec => ({ name, type: 'string', usage })
const KINDS = ['ReplicationController', 'Service', podKind.kind, 'Deployment', 'ReplicaSet']
const NAME_MAX = 63

export const expose: Command = {
  name: 'expose',
  use: '(-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--name=name]',
  short:
    'Take a replication controller, service, deployment or pod and expose it as a new Kubernetes ' +
    'service',
  flags: [
    ...OUTPUT_FLAGS,
    ...fileFlags('with the object to expose.'),
    ...OVERRIDE_FLAGS,
    DRY_RUN_FLAG,
    RECORD_FLAG,
    SAVE_CONFIG_FLAG,
    fieldManagerFlag('kubectl-expose'),
    text('cluster-ip', 'The address, or None for a headless one.'),
    text('external-ip', 'A further address.'),
    { ...text('labels', 'Labels of the Service.'), short: 'l' },
    text('load-balancer-ip', 'The address of the load balancer.'),
    text('name', 'Name of the Service.'),
    text('port', 'Port of the Service.'),
    text('protocol', 'TCP, UDP or SCTP.'),
    text('selector', 'The labels of the Pods.'),
    text('session-affinity', 'None or ClientIP.'),
    text('target-port', 'Port of the container.'),
    text('type', 'ClusterIP, NodePort, LoadBalancer or ExternalName.'),
  ],
  run: runExpose,
}

function* runExpose(call: Call): Process {
  const dryRun = dryRunOf(call)
  const print = resultPrinter(call, dryRun, { isStruct: true })
  const options = { ...selectionOf(call), labels: '', args: call.args, continueOnError: true }
  const found = build(call, options)
  if (found.error !== undefined) throw found.error
  for (const info of found.infos) {
    const service = overridden(call, serviceOf(call, info))
    const place = call.namespaceGiven ? { namespace: call.namespace } : {}
    const named = { ...service, metadata: { ...service.metadata, ...place } }
    if (dryRun === 'client') {
      print(named, 'exposed')
      continue
    }
    const kept = withAnnotation(service, call.flags.bool('save-config'))
    const namespaced = { ...kept, metadata: { ...kept.metadata, namespace: call.namespace } }
    const submission = submissionOf(call, dryRun === 'server')
    print(submitCreate(submission, resourceOf('services'), namespaced), 'exposed')
  }
  return 0
}

function serviceOf({ flags }: Call, { resource, object, name: given }: Info): KubeObject {
  if (!KINDS.includes(resource.kind))
    throw new KubectlError(`cannot expose a ${kindText(resource.kind, resource.group)}`)
  const selector = pairs(flags.string('selector') || selectorOf(object!))
  const ports = portsOf(flags, podSpecOf(object!))
  const own = flags.string('labels')
  const labels = own === '' ? object!.metadata.labels : pairs(own)
  const type = flags.string('type')
  const spec = setFields({
    ports,
    selector,
    clusterIP: flags.string('cluster-ip'),
    type,
    externalIPs: flags.string('external-ip') === '' ? [] : [flags.string('external-ip')],
    sessionAffinity: affinityOf(flags.string('session-affinity')),
    loadBalancerIP: type === 'LoadBalancer' ? flags.string('load-balancer-ip') : '',
  })
  const metadata = setFields({ name: flags.string('name') || given.slice(0, NAME_MAX), labels })
  const head = { kind: 'Service', apiVersion: 'v1', metadata }
  return { ...head, spec, status: { loadBalancer: {} } } as unknown as KubeObject
}

function kindText(kind: string, group: string): string {
  return group === '' ? kind : `${kind}.${group}`
}

function selectorOf({ kind, metadata }: KubeObject): string {
  const refuse = (why: string): KubectlError =>
    new KubectlError(`couldn't retrieve selectors via --selector flag or introspection: ${why}`)
  const labels = Object.entries(metadata.labels ?? {})
  if (kind !== podKind.kind) throw refuse(`cannot extract pod selector from *v1.${kind}`)
  if (labels.length === 0) throw refuse('the pod has no labels and cannot be exposed')
  return labels.map(([key, value]) => `${key}=${value}`).join(',')
}

function pairs(list: string): Readonly<Record<string, string>> {
  const entries = list.split(',').map((pair) => {
    const [key = '', value, ...more] = pair.split('=')
    if (value === undefined || more.length > 0)
      throw new KubectlError(`unexpected label spec: ${pair}`)
    return [key, value] as const
  })
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function affinityOf(text: string): string {
  if (['', 'None', 'ClientIP'].includes(text)) return text
  throw new KubectlError(`unknown session affinity: ${text}`)
}

function portsOf(flags: Call['flags'], spec: PodSpec | undefined): readonly object[] {
  const own = (spec?.containers ?? []).flatMap(({ ports = [] }) => ports)
  const given = flags.string('port')
  const numbers = given === '' ? own.map((port) => String(port.containerPort)) : given.split(',')
  const wanted = [...new Set(numbers)]
  if (wanted.length === 0 && flags.string('cluster-ip') !== 'None')
    throw new KubectlError("couldn't find port via --port flag or introspection")
  const target = flags.string('target-port')
  return wanted.map((text, index) => {
    if (!/^[+-]?\d+$/.test(text))
      throw new KubectlError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`)
    const protocols = own.filter((port) => String(port.containerPort) === text)
    const protocol = flags.string('protocol') || (protocols[0]?.protocol ?? 'TCP')
    const targetPort = target === '' ? Number(text) : /^\d+$/.test(target) ? Number(target) : target
    const name = wanted.length > 1 ? { name: `port-${index + 1}` } : {}
    return { ...name, protocol, port: Number(text), targetPort }
  })
}

const NO_SCALE = 'in discovery information'

export const autoscale: Command = {
  name: 'autoscale',
  use: '(-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu=CPU]',
  short: 'Auto-scale a deployment, replica set, stateful set, or replication controller',
  required: ['max'],
  flags: [
    ...OUTPUT_FLAGS,
    ...fileFlags('with the object to scale.'),
    DRY_RUN_FLAG,
    RECORD_FLAG,
    SAVE_CONFIG_FLAG,
    fieldManagerFlag('kubectl-autoscale'),
    text('cpu', 'Wanted load: 70% or 500m.'),
    { name: 'cpu-percent', type: 'int32', value: '-1', usage: 'Wanted load.', hidden: true },
    { name: 'max', type: 'int32', value: '-1', usage: 'Most replicas.' },
    text('memory', 'Wanted memory: 60% or 200Mi.'),
    { name: 'min', type: 'int32', value: '-1', usage: 'Fewest replicas.' },
    text('name', 'Name of the new object.'),
  ],
  run: runAutoscale,
}

/** Nothing in the lab can be scaled, and its server says so. */
function* runAutoscale(call: Call): Process {
  const { flags, args } = call
  if (flags.changed('cpu-percent'))
    call.context.stderr(
      'Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity ' +
        "format (e.g., '70%' for utilization or '500m' for milliCPU).\n",
    )
  dryRunOf(call)
  const [most, least] = [flags.int('max'), flags.int('min')]
  if (most < 1)
    throw new KubectlError(`--max=MAXPODS is required and must be at least 1, max: ${most}`)
  if (most < least)
    throw new KubectlError(
      `--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${most}, min: ${least}`,
    )
  if (flags.int('cpu-percent') > 0 && flags.string('cpu') !== '')
    throw new KubectlError('--cpu-percent and --cpu are mutually exclusive')
  const found = build(call, { ...selectionOf(call), args, continueOnError: true })
  if (found.error !== undefined) throw found.error
  const [info] = found.infos
  if (info === undefined) throw new KubectlError('no objects passed to autoscale')
  const { kind, group, version, plural } = info.resource
  const gvr = `${group === '' ? '' : `${group}/`}${version}, Resource=${plural}`
  throw new KubectlError(
    `cannot autoscale a ${kind}: could not find scale subresource for ${
      group === '' ? '/' : ''
    }${gvr} ${NO_SCALE}`,
  )
}
