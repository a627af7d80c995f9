// `kubectl describe daemonset`; source describe.go describeDaemonSet. The five counts have no tab:
// they stand outside the columns.
import type { DaemonSet } from '../../../sim/api-types/apps.ts'
import type { PodPhase } from '../../../sim/api-types/pod.ts'
import { selectorMatches } from '../../../sim/lib/label-selector.ts'
import { formatLabels, selectorText } from '../../../sim/kinds/columns/format.ts'
import type { DescribeContext } from './context.ts'
import { withEvents } from './events.ts'
import { templateLines } from './template.ts'
import { annotationLines, labelLines, nameLines } from './text.ts'

export function describeDaemonSet(daemonSet: DaemonSet, context: DescribeContext): string {
  const { metadata, spec, status } = daemonSet
  const body = [
    ...nameLines(daemonSet),
    `Selector:\t${selectorText(spec.selector)}`,
    `Node-Selector:\t${formatLabels(spec.template.spec.nodeSelector)}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    `Desired Number of Nodes Scheduled: ${status.desiredNumberScheduled ?? 0}`,
    `Current Number of Nodes Scheduled: ${status.currentNumberScheduled ?? 0}`,
    `Number of Nodes Scheduled with Up-to-date Pods: ${status.updatedNumberScheduled ?? 0}`,
    `Number of Nodes Scheduled with Available Pods: ${status.numberAvailable ?? 0}`,
    `Number of Nodes Misscheduled: ${status.numberMisscheduled ?? 0}`,
    podsLine(daemonSet, context),
    ...templateLines(spec.template),
  ]
  return withEvents(body, daemonSet, context)
}

// Counted from the Pods themselves, not from the status.
function podsLine({ metadata, spec }: DaemonSet, context: DescribeContext): string {
  const own = context.pods(metadata.namespace ?? '').filter(({ metadata: pod }) => {
    const owner = pod.ownerReferences?.find((reference) => reference.controller)
    return owner?.uid === metadata.uid && selectorMatches(spec.selector, pod.labels)
  })
  const count = (phase: PodPhase): number => own.filter((pod) => pod.status.phase === phase).length
  return (
    `Pods Status:\t${count('Running')} Running / ${count('Pending')} Waiting / ` +
    `${count('Succeeded')} Succeeded / ${count('Failed')} Failed`
  )
}
