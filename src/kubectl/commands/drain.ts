// `kubectl drain` (kubectl pkg/drain): cordon, refuse what would lose something, evict the rest,
// wait until it is gone. A node stays cordoned even when draining it is refused.
import { addMs, SECOND_MS, type SimTime } from '../../base/time.ts'
import type { Pod } from '../../sim/api-types/pod.ts'
import { deleteObject } from '../../sim/api.ts'
import { evictPod } from '../../sim/eviction.ts'
import { isEnded } from '../../sim/lib/pod-phase.ts'
import { daemonSet } from '../../sim/kinds/daemonset.ts'
import { pod as podKind } from '../../sim/kinds/pod.ts'
import { controllerOf, getObject, keyOf } from '../../sim/store.ts'
import type { Call, Command } from '../command.ts'
import { isUserError, KubectlError, ManyErrors, throwAll } from '../errors.ts'
import { CHUNK_FLAG, SELECTOR_FLAG } from '../flag-groups.ts'
import { formatGoDuration, NANOSECONDS_PER_MS } from '../../sim/lib/go-duration.ts'
import { DRY_RUN_FLAG, dryRunOf, resultPrinter } from '../output.ts'
import type { Process, Wait } from '../process.ts'
import { errorsOf } from '../resolve.ts'
import { resourceOf } from '../resources.ts'
import { matchesLabels, parseLabelSelector, SelectorError } from '../selectors.ts'
import { listLive } from '../server.ts'
import { cordonNodes, nodesOf } from './cordon.ts'

export const drain: Command = {
  name: 'drain',
  use: 'NODE',
  short: 'Drain node in preparation for maintenance',
  long:
    'Cordons the node and evicts its Pods, except those of DaemonSets, which would come back at\n' +
    'once. What cannot be moved without loss is refused until you say so by a flag.',
  examples: ['kubectl drain novacraft-worker --ignore-daemonsets'],
  completes: 'nodes',
  // The second node's Pods are evicted when the first one's are gone.
  writesLater: true,
  flags: [
    DRY_RUN_FLAG,
    SELECTOR_FLAG,
    CHUNK_FLAG,
    { name: 'delete-emptydir-data', type: 'bool', usage: 'Also Pods with emptyDir volumes.' },
    { name: 'disable-eviction', type: 'bool', usage: 'Delete instead of evicting.' },
    { name: 'force', type: 'bool', usage: 'Also Pods that no controller would replace.' },
    { name: 'grace-period', type: 'int', value: '-1', usage: 'Seconds each Pod has to end.' },
    { name: 'ignore-daemonsets', type: 'bool', usage: 'Leave Pods of DaemonSets where they are.' },
    { name: 'pod-selector', type: 'string', usage: 'Only Pods with these labels.' },
    {
      name: 'skip-wait-for-delete-timeout',
      type: 'int',
      value: '0',
      usage: 'Do not wait for Pods that are being deleted for so many seconds.',
    },
    { name: 'timeout', type: 'duration', value: '0s', usage: 'How long to wait; 0: for ever.' },
  ],
  run: runDrain,
}

/** How often a Pod is looked for until it is gone. */
const POLL_MS = SECOND_MS

function* runDrain(call: Call): Process {
  const selector = podSelector(call)
  const nodes = nodesOf(call)
  const dryRun = dryRunOf(call)
  cordonNodes(call, nodes, true)
  const fatal: Error[] = []
  const remaining: string[] = []
  for (const { name, object } of nodes)
    try {
      yield* drainNode(call, name, selector)
      resultPrinter(call, dryRun)(object!, 'drained')
    } catch (error) {
      if (!isUserError(error)) throw error
      const why = `error: unable to drain node "${name}" due to error: ${error.message}`
      call.context.stderr(`${why}, continuing command...\n`)
      fatal.push(error)
      remaining.push(name)
    }
  if (remaining.length > 0)
    call.context.stderr(
      `There are pending nodes to be drained:\n${remaining.map((name) => ` ${name}\n`).join('')}`,
    )
  const [only] = fatal
  if (only !== undefined && fatal.length === 1) throw new ManyErrors(errorsOf(only), true)
  throwAll(fatal)
  return 0
}

function podSelector({ flags }: Call) {
  try {
    return parseLabelSelector(flags.string('pod-selector'))
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error
    throw new KubectlError('--pod-selector=<pod_selector> must be a valid label selector')
  }
}

type DrainVerdict = { delete: boolean; warning?: string; refusal?: string }

function* drainNode(
  call: Call,
  node: string,
  selector: ReturnType<typeof parseLabelSelector>,
): Generator<Wait, void, void> {
  const { world, stdout, stderr } = call.context
  const pods = listLive(world, resourceOf(podKind.plural), {
    namespace: '',
    fields: `spec.nodeName=${node}`,
  }) as Pod[]
  const chosen = pods.filter(({ metadata }) => matchesLabels(selector, metadata.labels))
  const judged = chosen.map((pod) => ({ pod, verdict: judge(call, pod) }))
  throwAll(grouped(judged, 'refusal').map((line) => new KubectlError(`cannot delete ${line}`)))
  const warnings = grouped(judged, 'warning')
  if (warnings.length > 0) stderr(`Warning: ${warnings.join('; ')}\n`)
  const evicted = judged.filter(({ verdict }) => verdict.delete).map(({ pod }) => pod)
  const dryRun = dryRunOf(call)
  if (dryRun !== 'none') {
    const suffix = dryRun === 'client' ? 'dry run' : 'server dry run'
    for (const { metadata } of evicted)
      stdout(`evicting pod ${metadata.namespace}/${metadata.name} (${suffix})\n`)
    return
  }
  yield* evict(call, evicted)
}

function judge(call: Call, pod: Pod): DrainVerdict {
  const { flags, context } = call
  const finished = isEnded(pod)
  const owner = controllerOf(pod)
  if (owner?.kind === daemonSet.kind && !finished) {
    const key = `${pod.metadata.namespace}/${owner.name}`
    if (getObject(context.world.store, daemonSet.kind, key) === undefined) {
      const missing = `daemonsets.apps "${owner.name}" not found`
      return flags.bool('force')
        ? { delete: true, warning: missing }
        : { delete: false, refusal: missing }
    }
    return flags.bool('ignore-daemonsets')
      ? { delete: false, warning: 'ignoring DaemonSet-managed Pods' }
      : { delete: false, refusal: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' }
  }
  const volumes = (pod.spec.volumes ?? []) as readonly { emptyDir?: unknown }[]
  const local = volumes.some(({ emptyDir }) => emptyDir !== undefined)
  if (local && !finished && !flags.bool('delete-emptydir-data'))
    return {
      delete: false,
      refusal: 'Pods with local storage (use --delete-emptydir-data to override)',
    }
  if (finished || owner !== undefined) return { delete: true }
  return flags.bool('force')
    ? { delete: true, warning: 'deleting Pods that declare no controller' }
    : { delete: false, refusal: 'Pods that declare no controller (use --force to override)' }
}

/** One line for each message: `message: ns/a, ns/b`. */
function grouped(
  judged: readonly { pod: Pod; verdict: DrainVerdict }[],
  which: 'warning' | 'refusal',
): string[] {
  const groups = new Map<string, string[]>()
  for (const { pod, verdict } of judged) {
    const message = verdict[which]
    if (message === undefined) continue
    const names = groups.get(message) ?? []
    names.push(`${pod.metadata.namespace}/${pod.metadata.name}`)
    groups.set(message, names)
  }
  return [...groups].map(([message, names]) => `${message}: ${names.join(', ')}`)
}

/** Evicts the Pods and says of each when it is gone, which is noticed once a second. */
function* evict(call: Call, pods: readonly Pod[]): Generator<Wait, void, void> {
  const { world, by, stdout } = call.context
  const { flags } = call
  const eviction = !flags.bool('disable-eviction')
  const grace = flags.int('grace-period')
  for (const pod of pods) {
    const { namespace, name } = pod.metadata
    if (eviction) stdout(`evicting pod ${namespace}/${name}\n`)
    const live = getObject<Pod>(world.store, podKind.kind, keyOf(pod))
    if (live === undefined) continue
    const options = grace >= 0 ? { gracePeriodSeconds: grace } : {}
    if (eviction) evictPod(world, by, live, options)
    else deleteObject(world, by, podKind.kind, keyOf(pod), options)
  }
  const print = resultPrinter(call, 'none')
  const timeoutMs = flags.duration('timeout')
  const deadline = timeoutMs === 0 ? undefined : addMs(world.now, timeoutMs)
  let pending = [...pods]
  for (;;) {
    for (const pod of pending) if (isGone(call, pod)) print(pod, eviction ? 'evicted' : 'deleted')
    pending = pending.filter((pod) => !isGone(call, pod))
    if (pending.length === 0) return
    if (deadline !== undefined && world.now >= deadline) throw timedOut(pending, timeoutMs)
    yield* sleepUntil(call, addMs(world.now, POLL_MS))
  }
}

function* sleepUntil({ context }: Call, until: SimTime): Generator<Wait, void, void> {
  while (context.world.now < until) yield { until }
}

function isGone({ context }: Call, pod: Pod): boolean {
  const live = getObject<Pod>(context.world.store, podKind.kind, keyOf(pod))
  return live?.metadata.uid !== pod.metadata.uid
}

function timedOut(pending: readonly Pod[], timeoutMs: number): Error {
  const limit = formatGoDuration(timeoutMs * NANOSECONDS_PER_MS)
  return new ManyErrors(
    pending.map(
      ({ metadata }) =>
        new KubectlError(
          `error when waiting for pod "${metadata.name}" in namespace "${metadata.namespace}" ` +
            `to terminate: global timeout reached: ${limit}`,
        ),
    ),
  )
}
