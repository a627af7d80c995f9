// `kubectl describe pod`; source describe.go describePod.
import type { Pod } from '../../../sim/api-types/pod.ts'
import { ageOf } from '../../../sim/kinds/columns/format.ts'
import { qosClass } from '../../../sim/kinds/qos.ts'
import { containerLines, seccompLines } from './containers.ts'
import type { DescribeContext } from './context.ts'
import { withEvents } from './events.ts'
import { spreadLines } from './template.ts'
import {
  annotationLines,
  controllerLines,
  labelLines,
  nameLines,
  timeText,
  tolerationLines,
} from './text.ts'
import { volumeLines } from './volumes.ts'

export function describePod(pod: Pod, context: DescribeContext): string {
  const { spec, status } = pod
  const body = [
    ...headLines(pod, context),
    ...((spec.initContainers ?? []).length > 0
      ? containerLines(
          'Init Containers',
          spec.initContainers ?? [],
          'pod',
          status.initContainerStatuses,
          pod,
        )
      : []),
    ...containerLines('Containers', spec.containers, 'pod', status.containerStatuses, pod),
    ...gateLines(pod),
    ...conditionLines(pod),
    ...volumeLines(spec.volumes, 'pod'),
    `QoS Class:\t${status.qosClass ?? qosClass(spec)}`,
    ...labelLines('Node-Selectors', spec.nodeSelector),
    ...tolerationLines('Tolerations', spec.tolerations),
    ...spreadLines('Topology Spread Constraints', spec),
  ]
  return withEvents(body, pod, context)
}

function headLines(pod: Pod, context: DescribeContext): string[] {
  const { metadata, spec, status } = pod
  const optional = (title: string, value: string | number | undefined): string[] =>
    value === undefined || value === '' ? [] : [`${title}:\t${value}`]
  return [
    ...nameLines(pod),
    ...optional('Priority', spec.priority),
    ...optional('Priority Class Name', spec.priorityClassName),
    ...optional('Runtime Class Name', (spec as { runtimeClassName?: string }).runtimeClassName),
    ...optional('Service Account', spec.serviceAccountName),
    `Node:\t${spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : '<none>'}`,
    ...(status.startTime === undefined ? [] : [`Start Time:\t${timeText(status.startTime)}`]),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    ...statusLines(pod, context),
    ...optional('Reason', status.reason),
    ...optional('Message', status.message),
    ...seccompLines(spec.securityContext, ''),
    `IP:\t${status.podIP ?? ''}`,
    ...ipLines(pod),
    ...controllerLines(pod),
    ...optional('NominatedNodeName', status.nominatedNodeName),
  ]
}

function statusLines({ metadata, status }: Pod, { now }: DescribeContext): string[] {
  const { deletionTimestamp, deletionGracePeriodSeconds } = metadata
  const over = status.phase === 'Failed' || status.phase === 'Succeeded'
  if (deletionTimestamp === undefined || over) return [`Status:\t${status.phase ?? ''}`]
  return [
    `Status:\tTerminating (lasts ${ageOf(deletionTimestamp, now)})`,
    `Termination Grace Period:\t${deletionGracePeriodSeconds ?? 0}s`,
  ]
}

function ipLines({ status }: Pod): string[] {
  if ((status.podIPs ?? []).length === 0) return ['IPs:\t<none>']
  return ['IPs:', ...(status.podIPs ?? []).map(({ ip }) => `  IP:\t${ip}`)]
}

function gateLines({ spec, status }: Pod): string[] {
  const gates = (spec as { readinessGates?: readonly { conditionType: string }[] }).readinessGates
  if (gates === undefined || gates.length === 0) return []
  const rows = gates.map(({ conditionType }) => {
    const found = status.conditions?.find((condition) => condition.type === conditionType)
    return `  ${conditionType} \t${found?.status ?? '<none>'} `
  })
  return ['Readiness Gates:', '  Type\tStatus', ...rows]
}

function conditionLines({ status }: Pod): string[] {
  const conditions = status.conditions ?? []
  if (conditions.length === 0) return []
  const rows = conditions.map((condition) => `  ${condition.type} \t${condition.status} `)
  return ['Conditions:', '  Type\tStatus', ...rows]
}
