// kubectl's and the server's refusals of a manifest, as markers on the lines they speak of.
import type { ManifestMarker } from './protocol.ts'
import { readManifest } from '../kubectl/yaml/manifest.ts'
import { nearestPlace, type Place, type Places } from '../kubectl/yaml/places.ts'

/** One refusal: its words, and the field or line they name. */
interface Complaint {
  message: string
  field?: string
  line?: number
  warning?: boolean
  /** `kind "name"` of the object it is about, to find its document. */
  about?: { kind: string; name: string }
}

const FIELD_ERROR = /^\* (.+)$/
const INVALID = /^The (\w+) "([^"]*)" is invalid: ?(.*)$/
const UNKNOWN_FIELD = /unknown field "([^"]+)"/g
const GO_FIELD = /Go struct field \w+\.([\w.[\]]+) of type/

/** A marker for each thing that `errors` (kubectl's stderr) says of the manifest. */
export function markersOf(text: string, errors: string): readonly ManifestMarker[] {
  if (errors === '') return []
  const documents = readManifest(text, { places: true })
  const lines = text.split('\n')
  const broken = documents.find(({ error }) => error !== undefined)
  if (broken?.errorPlace !== undefined)
    return [{ ...markerAt(broken.errorPlace, lines), severity: 'error', message: errors }]
  return complaintsOf(errors).map(({ message, field, line, warning, about }) => {
    const severity = warning === true ? 'warning' : 'error'
    const own = documents.filter(({ value }) => about === undefined || isAbout(value, about))
    const place = field === undefined ? undefined : placeIn(own, field)
    if (place !== undefined) return { ...markerAt(place, lines), severity, message }
    const at = Math.min(Math.max(line ?? own[0]?.line ?? 1, 1), lines.length)
    return { line: at, column: 1, endColumn: widthOf(lines, at), severity, message }
  })
}

function complaintsOf(errors: string): Complaint[] {
  const complaints: Complaint[] = []
  let about: Complaint['about']
  for (const text of errors.split('\n')) {
    if (text.trim() === '') continue
    const invalid = INVALID.exec(text)
    const item = FIELD_ERROR.exec(text)
    if (invalid !== null) about = { kind: invalid[1]!, name: invalid[2]! }
    const cause = invalid?.[3] ?? item?.[1]
    if (cause !== undefined && cause !== '') complaints.push(fieldComplaint(cause, about))
    else if (invalid === null) complaints.push(...otherComplaints(text))
  }
  return complaints
}

function fieldComplaint(cause: string, about: Complaint['about']): Complaint {
  const field = cause.slice(0, cause.indexOf(': '))
  return { message: cause, field, ...(about === undefined ? {} : { about }) }
}

function otherComplaints(text: string): Complaint[] {
  if (text.startsWith('Warning: ')) {
    const message = text.slice('Warning: '.length)
    return [{ message, field: message.slice(0, message.indexOf(': ')), warning: true }]
  }
  const unknown = [...text.matchAll(UNKNOWN_FIELD)].map(([words, field]) => ({
    message: words,
    field: field!,
  }))
  if (unknown.length > 0) return unknown
  const typed = GO_FIELD.exec(text)
  if (typed !== null) return [{ message: text, field: typed[1]! }]
  const line = /yaml: line (\d+)/.exec(text)
  return [line === null ? { message: text } : { message: text, line: Number(line[1]) }]
}

function isAbout(value: unknown, about: { kind: string; name: string }): boolean {
  const object = value as { kind?: string; metadata?: { name?: string } } | null
  return object?.kind === about.kind && (object.metadata?.name ?? '') === about.name
}

function placeIn(documents: readonly { places: Places }[], field: string): Place | undefined {
  for (const { places } of documents) {
    const place = nearestPlace(places, field)
    if (place !== undefined) return place
  }
  return undefined
}

function markerAt({ line, column, endLine, endColumn }: Place, lines: readonly string[]) {
  const sameLine = endLine === line && endColumn > column
  return { line, column, endColumn: sameLine ? endColumn : widthOf(lines, line) }
}

function widthOf(lines: readonly string[], line: number): number {
  return (lines[line - 1]?.length ?? 0) + 1
}
