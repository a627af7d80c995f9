// Text that several kinds' table cells share; source pkg/printers/internalversion/printers.go.
import { humanDuration, parseTime, type SimTime } from '../../../base/time.ts'
import type { KubeObject, LabelSelector } from '../../api-types/meta.ts'
import type { Container } from '../../api-types/pod.ts'
import type { Column } from '../kind.ts'

export const NONE = '<none>'

/** A column whose cells read objects of one kind. */
export function column<T extends KubeObject>(
  name: string,
  cell: (object: T, now: SimTime) => string,
): Column {
  return { name, cell: (object, now) => cell(object as T, now) }
}

/** As `column`, shown with `-o wide` only. */
export function wideColumn<T extends KubeObject>(
  name: string,
  cell: (object: T, now: SimTime) => string,
): Column {
  return { ...column(name, cell), wide: true }
}

/** How long ago `time` (RFC 3339) was; `<unknown>` when it is not set. */
export function ageOf(time: string | null | undefined, now: SimTime): string {
  if (time === undefined || time === null || time === '') return '<unknown>'
  return humanDuration(now - parseTime(time))
}

export const nameColumn: Column = { name: 'Name', cell: (object) => object.metadata.name }

export const ageColumn: Column = {
  name: 'Age',
  cell: (object, now) => ageOf(object.metadata.creationTimestamp, now),
}

/** Names and images, as the wide columns of workloads show them. */
export function containerColumns<T extends KubeObject>(
  containersOf: (object: T) => readonly Container[] | undefined,
): readonly Column[] {
  const join = (object: T, part: (container: Container) => string): string =>
    (containersOf(object) ?? []).map(part).join(',')
  return [
    wideColumn<T>('Containers', (object) => join(object, (container) => container.name)),
    wideColumn<T>('Images', (object) => join(object, (container) => container.image)),
  ]
}

/** labels.FormatLabels: `a=b,c=d` by key, `<none>` when empty. */
export function formatLabels(labels: Readonly<Record<string, string>> | undefined): string {
  const text = Object.keys(labels ?? {})
    .sort()
    .map((key) => `${key}=${labels?.[key] ?? ''}`)
    .join(',')
  return text === '' ? NONE : text
}

/** labels.Selector.String of a label selector: `a=b,c in (d,e),!f`, by key; '' when empty. */
export function selectorText(selector: LabelSelector | undefined): string {
  const parts = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({
    key,
    text: `${key}=${value}`,
  }))
  for (const { key, operator, values } of selector?.matchExpressions ?? []) {
    const list = `(${[...(values ?? [])].sort().join(',')})`
    if (operator === 'In') parts.push({ key, text: `${key} in ${list}` })
    else if (operator === 'NotIn') parts.push({ key, text: `${key} notin ${list}` })
    else parts.push({ key, text: operator === 'Exists' ? key : `!${key}` })
  }
  parts.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return parts.map((part) => part.text).join(',')
}

/** metav1.FormatLabelSelector. */
export function formatSelector(selector: LabelSelector | undefined): string {
  const text = selectorText(selector)
  return text === '' ? NONE : text
}

/** `True`, `False` or `<unset>`. */
export function formatBool(value: boolean | undefined): string {
  if (value === undefined) return '<unset>'
  return value ? 'True' : 'False'
}

/** `Job/x` style references use the kind as is, resource names its lower-case group form. */
export function resourceNameOf(apiVersion: string, kind: string, name: string): string {
  const slash = apiVersion.indexOf('/')
  const group = slash < 0 ? '' : `.${apiVersion.slice(0, slash)}`
  return `${kind.toLowerCase()}${group}/${name}`
}
