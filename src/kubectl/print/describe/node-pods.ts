// What the Pods of a node ask for, each and together; source describe.go describeNodeResource.
import { isEnded } from '../../../sim/lib/pod-phase.ts'
import type { Node } from '../../../sim/api-types/core.ts'
import type { Container, Pod, ResourceList } from '../../../sim/api-types/pod.ts'
import { ageOf } from '../../../sim/kinds/columns/format.ts'
import { addQuantities, formatQuantity, type Quantity } from '../../../sim/lib/quantity.ts'
import { amountOf, maxQuantity, percentOf, ZERO_QUANTITY } from '../quantity.ts'
import type { DescribeContext } from './context.ts'
import { compareText } from './text.ts'

type Side = 'requests' | 'limits'

const SIDES: readonly Side[] = ['requests', 'limits']

const STANDARD = ['cpu', 'memory', 'ephemeral-storage']

/** `Non-terminated Pods:` and `Allocated resources:`. */
export function nodePodLines(node: Node, context: DescribeContext): string[] {
  const pods = context
    .pods('')
    .filter((pod) => pod.spec.nodeName === node.metadata.name && !isEnded(pod))
    .toSorted((a, b) => compareText(keyOf(a), keyOf(b)))
  const allocatable = node.status.allocatable ?? node.status.capacity ?? {}
  return [
    `Non-terminated Pods:\t(${pods.length} in total)`,
    '  Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge',
    '  ---------\t----\t\t------------\t----------\t---------------\t-------------\t---',
    ...pods.map((pod) => podRow(pod, allocatable, context)),
    'Allocated resources:',
    '  (Total limits may be over 100 percent, i.e., overcommitted.)',
    '  Resource\tRequests\tLimits',
    '  --------\t--------\t------',
    ...totalRows(pods, allocatable),
  ]
}

function keyOf({ metadata }: Pod): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`
}

function podRow(pod: Pod, allocatable: ResourceList, { now }: DescribeContext): string {
  const cell = (side: Side, name: string): string =>
    shareText(podQuantity(pod, side, name), amountOf(allocatable[name]))
  const cells = [
    cell('requests', 'cpu'),
    cell('limits', 'cpu'),
    cell('requests', 'memory'),
    cell('limits', 'memory'),
    ageOf(pod.metadata.creationTimestamp, now),
  ]
  return `  ${pod.metadata.namespace ?? ''}\t${pod.metadata.name}\t\t${cells.join('\t')}`
}

function totalRows(pods: readonly Pod[], allocatable: ResourceList): string[] {
  const total = (side: Side, name: string): Quantity =>
    pods.reduce((sum, pod) => addQuantities(sum, podQuantity(pod, side, name)), ZERO_QUANTITY)
  const names = Object.keys(allocatable).sort()
  const huge = names.filter((name) => name.startsWith('hugepages-'))
  const extended = names.filter(
    (name) => !STANDARD.includes(name) && !huge.includes(name) && name !== 'pods',
  )
  const shared = [...STANDARD, ...huge].map((name) => {
    const whole = amountOf(allocatable[name])
    const [requests, limits] = [total('requests', name), total('limits', name)]
    return `  ${name}\t${shareText(requests, whole)}\t${shareText(limits, whole)}`
  })
  const counted = extended.map((name) => {
    const texts = SIDES.map((side) => formatQuantity(total(side, name)))
    return `  ${name}\t${texts.join('\t')}`
  })
  return [...shared, ...counted]
}

function shareText(part: Quantity, whole: Quantity): string {
  return `${formatQuantity(part)} (${percentOf(part, whole)}%)`
}

// Containers run together, init containers one after another beside the sidecars started so far.
function podQuantity({ spec }: Pod, side: Side, name: string): Quantity {
  const of = (container: Container): Quantity => amountOf(container.resources?.[side]?.[name])
  let running = spec.containers.map(of).reduce(addQuantities, ZERO_QUANTITY)
  let started = ZERO_QUANTITY
  let peak = ZERO_QUANTITY
  for (const container of spec.initContainers ?? []) {
    const sidecar = container.restartPolicy === 'Always'
    const together = addQuantities(started, of(container))
    peak = maxQuantity(peak, together)
    if (!sidecar) continue
    started = together
    running = addQuantities(running, of(container))
  }
  const most = maxQuantity(running, peak)
  const overhead = amountOf(spec.overhead?.[name])
  return side === 'limits' && most.nano === 0n ? most : addQuantities(most, overhead)
}
