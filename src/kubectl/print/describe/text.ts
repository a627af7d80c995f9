// Lines that most descriptions share. A line is text with tabs; `page` aligns them all. Source:
// kubectl/pkg/describe/describe.go.
import { LAST_APPLIED } from '../../last-applied.ts'
import { formatRfc1123, parseTime } from '../../../base/time.ts'
import type { Taint } from '../../../sim/api-types/core.ts'
import type { KubeObject } from '../../../sim/api-types/meta.ts'
import type { Toleration } from '../../../sim/api-types/pod.ts'
import { alignTabs, DESCRIBE_STYLE, escapeTerminal } from '../tabwriter.ts'

/** Longer annotations get lines of their own, and are cut. */
const ANNOTATION_MAX = 140

/** Aligned text of `lines`, each ended by a newline. */
export function page(lines: readonly string[]): string {
  if (lines.length === 0) return ''
  return `${alignTabs(escapeTerminal(lines.join('\n')), DESCRIBE_STYLE)}\n`
}

/** RFC 1123 as describe prints times; `<unset>` when there is none. */
export function timeText(time: string | null | undefined): string {
  return time === undefined || time === null ? '<unset>' : formatRfc1123(parseTime(time))
}

/** `Name:`, `Namespace:`. */
export function nameLines(object: KubeObject): string[] {
  const { name, namespace } = object.metadata
  return [`Name:\t${name}`, `Namespace:\t${namespace ?? ''}`]
}

/** `title:` with one value a line below each other, or `<none>`. */
export function listLines(title: string, values: readonly string[]): string[] {
  if (values.length === 0) return [`${title}:\t<none>`]
  return values.map((value, index) => (index === 0 ? `${title}:\t${value}` : `\t${value}`))
}

/** Labels (or a node selector) as `key=value`, sorted. */
export function labelLines(
  title: string,
  labels: Readonly<Record<string, string>> | undefined,
): string[] {
  const keys = Object.keys(labels ?? {}).sort()
  return listLines(
    title,
    keys.map((key) => `${key}=${labels?.[key] ?? ''}`),
  )
}

/** Annotations as `key: value`, sorted, without what `apply` remembers there. */
export function annotationLines(
  title: string,
  annotations: Readonly<Record<string, string>> | undefined,
): string[] {
  const keys = Object.keys(annotations ?? {}).filter((key) => key !== LAST_APPLIED)
  const values = keys.sort().flatMap((key) => annotationText(key, annotations?.[key] ?? ''))
  if (values.length === 0) return [`${title}:\t<none>`]
  return values.map((value, index) => (index === 0 ? `${title}:\t${value}` : `\t${value}`))
}

function annotationText(key: string, annotation: string): string[] {
  const value = annotation.endsWith('\n') ? annotation.slice(0, -1) : annotation
  if (key.length + value.length + 2 <= ANNOTATION_MAX && !value.includes('\n')) {
    return [`${key}: ${value}`]
  }
  const max = ANNOTATION_MAX - 2
  const lines = value.split('\n')
  return [`${key}:`, ...lines.map((line) => `  ${shorten(line, max)}`)]
}

function shorten(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max)}...` : text
}

/** `key=value:Effect op=Exists for 300s`, sorted by key. */
export function tolerationLines(title: string, list: readonly Toleration[] | undefined): string[] {
  const sorted = [...(list ?? [])].sort((a, b) => compareText(a.key ?? '', b.key ?? ''))
  return listLines(title, sorted.map(tolerationText))
}

function tolerationText(toleration: Toleration): string {
  const { key = '', value = '', effect, operator, tolerationSeconds } = toleration
  let text = key
  if (value !== '') text += `=${value}`
  if (effect !== undefined) text += `:${effect}`
  if (operator === 'Exists' && value === '') text += text === '' ? 'op=Exists' : ' op=Exists'
  if (tolerationSeconds !== undefined) text += ` for ${tolerationSeconds}s`
  return text
}

/** `key=value:Effect`, sorted by effect, then key. */
export function taintLines(title: string, taints: readonly Taint[] | undefined): string[] {
  const sorted = [...(taints ?? [])].sort((a, b) =>
    compareText(`${a.effect},${a.key}`, `${b.effect},${b.key}`),
  )
  return listLines(title, sorted.map(taintText))
}

function taintText({ key, value, effect }: Taint): string {
  if (!effect) return value ? `${key}=${value}:` : key
  return value ? `${key}=${value}:${effect}` : `${key}:${effect}`
}

/** `Job/x`: the owner that controls the object; [] when none does. */
export function controllerLines(object: KubeObject): string[] {
  const owner = object.metadata.ownerReferences?.find((reference) => reference.controller)
  return owner === undefined ? [] : [`Controlled By:\t${owner.kind}/${owner.name}`]
}

/** Order of Go strings, as far as ASCII goes. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
