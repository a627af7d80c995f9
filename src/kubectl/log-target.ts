// Whose logs are wanted: a Pod, the Pods of a selector, or the best Pod of a workload, for which
// kubectl waits a while (kubectl pkg/polymorphichelpers/logsforobject.go).
import { addMs, parseTime } from '../base/time.ts'
import type { KubeObject, LabelSelector } from '../sim/api-types/meta.ts'
import type { Pod } from '../sim/api-types/pod.ts'
import { pod as podKind } from '../sim/kinds/pod.ts'
import { selectorMatches } from '../sim/lib/label-selector.ts'
import type { Call } from './command.ts'
import { KubectlError } from './errors.ts'
import { kubectlKind } from './kinds/index.ts'
import type { Wait } from './process.ts'
import { build, isNotFound, type Info } from './resolve.ts'
import { resourceOf } from './resources.ts'
import { listLive } from './server.ts'

/** The Pods of the call, chosen as kubectl chooses; `check` is made once the target exists. */
export function* targetPods(call: Call, check: () => void): Generator<Wait, readonly Pod[], void> {
  const { args, flags, namespace, context } = call
  const selector = flags.string('selector')
  if (selector !== '' && args.length === 0) {
    const found = build(call, { args: [podKind.plural], labels: selector })
    if (found.error !== undefined) throw found.error
    if (found.infos.length === 0) context.stderr(`No resources found in ${namespace} namespace.\n`)
    check()
    return found.infos.map(({ object }) => object as Pod)
  }
  const word = args[0]!
  const { object, resource } = targetOf(
    call,
    word.includes('/') ? word : `${podKind.plural}/${word}`,
  )
  check()
  const logs = kubectlKind(resource.kind)?.logs
  if (logs === 'own') return [object as Pod]
  if (logs === undefined)
    throw new KubectlError(
      `cannot get the logs from *v1.${resource.kind}: ` +
        `selector for *v1.${resource.kind} not implemented`,
    )
  return yield* podsOf(call, object!)
}

function targetOf(call: Call, tuple: string): Info {
  const found = build(call, { args: [tuple] })
  const { error } = found
  if (error !== undefined && isNotFound(error))
    throw new KubectlError(
      `error from server (NotFound): ${error.message} in namespace "${call.namespace}"`,
    )
  if (error !== undefined) throw error
  return found.infos[0]!
}

/** The Pod of a workload that says most, or with `--all-pods` all of them. */
function* podsOf(call: Call, owner: KubeObject): Generator<Wait, readonly Pod[], void> {
  const { flags, context } = call
  const { world } = context
  const { selector } = owner.spec as { selector?: LabelSelector }
  const namespace = owner.metadata.namespace ?? ''
  const deadline = addMs(world.now, flags.duration('pod-running-timeout'))
  for (;;) {
    const pods = (listLive(world, resourceOf(podKind.plural), { namespace }) as Pod[]).filter(
      ({ metadata }) => selectorMatches(selector, metadata.labels),
    )
    if (pods.length > 0) return chosen(call, pods.sort(byLogging))
    if (world.now >= deadline) throw new KubectlError('timed out waiting for the condition')
    yield { until: deadline, kinds: [podKind.kind] }
  }
}

function chosen({ flags, context }: Call, pods: readonly Pod[]): readonly Pod[] {
  if (pods.length === 1 || flags.bool('all-pods')) return pods
  const [first] = pods
  context.stderr(`Found ${pods.length} pods, using pod/${first!.metadata.name}\n`)
  return [first!]
}

const PHASES: Readonly<Record<string, number>> = { Unknown: 1, Pending: 2 }

/** podutils.ByLogging: on a node, running, ready, ready longest, restarted most, oldest. */
function byLogging(a: Pod, b: Pod): number {
  return (
    Number(!a.spec.nodeName) - Number(!b.spec.nodeName) ||
    (PHASES[a.status.phase ?? ''] ?? 0) - (PHASES[b.status.phase ?? ''] ?? 0) ||
    Number(readyAt(a) === undefined) - Number(readyAt(b) === undefined) ||
    (readyAt(a) ?? 0) - (readyAt(b) ?? 0) ||
    restarts(b) - restarts(a) ||
    parseTime(a.metadata.creationTimestamp) - parseTime(b.metadata.creationTimestamp)
  )
}

function readyAt({ status }: Pod): number | undefined {
  const ready = status.conditions?.find(({ type }) => type === 'Ready')
  if (ready?.status !== 'True') return undefined
  return ready.lastTransitionTime === undefined ? 0 : parseTime(ready.lastTransitionTime)
}

function restarts({ status }: Pod): number {
  return Math.max(0, ...(status.containerStatuses ?? []).map(({ restartCount }) => restartCount))
}
