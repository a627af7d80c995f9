// The Pod template of a controller, also what `rollout history --revision` shows.
// Source: describe.go DescribePodTemplate.
import type { LabelSelector } from '../../../sim/api-types/meta.ts'
import type { PodSpec, PodTemplateSpec } from '../../../sim/api-types/pod.ts'
import { formatSelector } from '../../../sim/kinds/columns/format.ts'
import { containerLines } from './containers.ts'
import { annotationLines, compareText, labelLines, listLines, tolerationLines } from './text.ts'
import { volumeLines } from './volumes.ts'

/** `Pod Template:` and all below, unaligned. */
export function templateLines({ metadata, spec }: PodTemplateSpec): string[] {
  const hasAnnotations = Object.keys(metadata?.annotations ?? {}).length > 0
  return [
    'Pod Template:',
    ...labelLines('  Labels', metadata?.labels),
    ...(hasAnnotations ? annotationLines('  Annotations', metadata?.annotations) : []),
    ...(spec.serviceAccountName ? [`  Service Account:\t${spec.serviceAccountName}`] : []),
    ...((spec.initContainers ?? []).length > 0
      ? containerLines('Init Containers', spec.initContainers ?? [], 'template')
      : []),
    ...containerLines('Containers', spec.containers, 'template'),
    ...volumeLines(spec.volumes, 'template'),
    ...spreadLines('  Topology Spread Constraints', spec),
    ...(spec.priorityClassName ? [`  Priority Class Name:\t${spec.priorityClassName}`] : []),
    ...labelLines('  Node-Selectors', spec.nodeSelector),
    ...tolerationLines('  Tolerations', spec.tolerations),
  ]
}

interface SpreadConstraint {
  topologyKey: string
  whenUnsatisfiable: string
  maxSkew: number
  labelSelector?: LabelSelector
}

/** Topology spread constraints; [] when there are none. */
export function spreadLines(title: string, spec: PodSpec): string[] {
  const constraints = (spec.topologySpreadConstraints ?? []) as readonly SpreadConstraint[]
  if (constraints.length === 0) return []
  const sorted = constraints.toSorted((a, b) => compareText(a.topologyKey, b.topologyKey))
  return listLines(
    title,
    sorted.map(({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }) => {
      const text = `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded`
      if (labelSelector === undefined) return text
      return `${text} for selector ${formatSelector(labelSelector)}`
    }),
  )
}
