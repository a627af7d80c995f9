// The description of a kind that has none of its own (Events, ControllerRevisions): every field by
// name. Source: describe.go printUnstructuredContent, smartLabelFor.
import type { KubeObject } from '../../../sim/api-types/meta.ts'
import { goNumber } from '../go-number.ts'
import type { DescribeContext } from './context.ts'
import { withEvents } from './events.ts'
import { annotationLines, labelLines, nameLines } from './text.ts'

const SKIPPED = new Set([
  '.metadata.managedFields',
  '.metadata.name',
  '.metadata.namespace',
  '.metadata.labels',
  '.metadata.annotations',
])

export function describeGeneric(object: KubeObject, context: DescribeContext): string {
  const body = [
    ...nameLines(object),
    ...labelLines('Labels', object.metadata.labels),
    ...annotationLines('Annotations', object.metadata.annotations),
    ...fieldLines(object as unknown as Fields, '', 0),
  ]
  return withEvents(body, object, context)
}

type Fields = Readonly<Record<string, unknown>>

function fieldLines(fields: Fields, path: string, level: number): string[] {
  const indent = '  '.repeat(level)
  const keys = Object.keys(fields).filter((key) => fields[key] !== undefined)
  return keys.sort().flatMap((key) => {
    const value = fields[key]
    const here = `${path}.${key}`
    if (SKIPPED.has(here)) return []
    const label = `${indent}${fieldLabel(key)}:`
    if (Array.isArray(value)) {
      const items = value.flatMap((item: unknown) =>
        isFields(item) ? fieldLines(item, here, level + 1) : [`${indent}  ${valueText(item)}`],
      )
      return [label, ...items]
    }
    if (isFields(value)) return [label, ...fieldLines(value, here, level + 1)]
    return [`${label}\t${valueText(value)}`]
  })
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function valueText(value: unknown): string {
  if (value === null) return '<nil>'
  return typeof value === 'number' ? goNumber(value) : String(value)
}

const ACRONYMS = new Set(['API', 'URL', 'UID', 'GUID'])

/** `lastTimestamp` → `Last Timestamp`, `apiVersion` → `API Version`; other names as they are. */
export function fieldLabel(field: string): string {
  if (!/^[\p{L}-]*$/u.test(field)) return field
  return wordsOf(field)
    .map((word) => {
      if (ACRONYMS.has(word.toUpperCase())) return word.toUpperCase()
      return word === word.toLowerCase() ? word.charAt(0).toUpperCase() + word.slice(1) : word
    })
    .join(' ')
}

// Split at changes of case; a run of capitals stays together with a capitalized word after it.
function wordsOf(field: string): string[] {
  const words: string[] = []
  for (const part of field.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|-+/gu) ?? []) {
    const last = words.at(-1) ?? ''
    if (/^\p{Lu}{2,}$/u.test(last) && /^\p{Lu}/u.test(part)) words[words.length - 1] = last + part
    else words.push(part)
  }
  return words
}
