// What the editor says of the place under the cursor: the field's documentation, and the fields or
// values that may stand there. The documentation is loaded when it is first wanted.
import { fieldAt, type FieldAt } from '../sim/schema/field-at.ts'
import type { FieldDoc, StructDoc } from '../sim/schema/docs.ts'
import { KINDS } from '../sim/kinds/index.ts'
import { apiVersionOf } from '../sim/kinds/kind.ts'
import type { Completion, FieldHelp } from './protocol.ts'

type Docs = Readonly<Record<string, StructDoc>>

let loaded: Promise<Docs> | undefined

/** The documentation of every field of the lab's kinds; a module of its own. */
export function loadDocs(): Promise<Docs> {
  loaded ??= import('../sim/schema/docs.generated.ts').then(({ DOCS }) => DOCS)
  return loaded
}

/** The documentation of the field at a place (line and column from 1). */
export async function fieldHelp(
  text: string,
  line: number,
  column: number,
): Promise<FieldHelp | undefined> {
  const at = fieldAt(text, line, column)
  if (at?.key === undefined) return undefined
  const doc = docOf(await loadDocs(), at, at.key)
  if (doc === undefined) return undefined
  const path = [at.kind, ...at.path, at.key].join('.')
  return { path, type: typeName(doc), required: doc.required === true, text: doc.description }
}

/** What may be typed at a place: fields not there yet, or the values of an enumeration. */
export async function completionsAt(
  text: string,
  line: number,
  column: number,
): Promise<readonly Completion[]> {
  const at = fieldAt(text, line, column)
  if (at === undefined) return rootCompletions(text, line, column)
  const docs = await loadDocs()
  if (at.inValue) return at.key === undefined ? [] : values(docOf(docs, at, at.key))
  if (at.parent.kind !== 'struct') return []
  const fields = docs[at.parent.struct]?.fields ?? {}
  return Object.entries(fields)
    .filter(([name]) => name !== 'status' && !at.siblings.includes(name))
    .map(([name, doc]) => ({
      label: name,
      insert: insertion(name, doc),
      detail: typeName(doc),
      text: doc.description,
      required: doc.required === true,
    }))
}

function docOf(docs: Docs, at: FieldAt, key: string): FieldDoc | undefined {
  return at.parent.kind === 'struct' ? docs[at.parent.struct]?.fields[key] : undefined
}

function values(doc: FieldDoc | undefined): Completion[] {
  const words = doc?.enum ?? (bare(doc?.type ?? '') === 'bool' ? ['true', 'false'] : [])
  return words.map((word) => plain(word, doc?.description ?? ''))
}

/** A manifest without a kind: first of all it needs one. */
function rootCompletions(text: string, line: number, column: number): readonly Completion[] {
  const before = (text.split('\n')[line - 1] ?? '').slice(0, column - 1)
  if (/^kind:\s*\w*$/.test(before)) return KINDS.map(({ kind }) => plain(kind, ''))
  if (/^apiVersion:\s*\S*$/.test(before))
    return [...new Set(KINDS.map(apiVersionOf))].map((version) => plain(version, ''))
  if (!/^\w*$/.test(before)) return []
  return ['apiVersion', 'kind', 'metadata', 'spec'].map((name) => plain(name, '', `${name}: `))
}

function plain(label: string, text: string, insert = label): Completion {
  return { label, insert, detail: '', text, required: false }
}

/** `[]Container`, `*int32`, `!string`: the notation of structs.ts, as a reader would say it. */
function typeName(doc: FieldDoc): string {
  return doc.type.replaceAll(/[!?*]/g, '')
}

function bare(type: string): string {
  return type.replaceAll(/[!?*]/g, '')
}

function insertion(name: string, doc: FieldDoc): string {
  const type = bare(doc.type)
  if (type.startsWith('[]')) return `${name}:\n- `
  const nested = /^map\[/.test(type) || (/^[A-Z]/.test(type) && doc.enum === undefined)
  return nested && !LEAF_TYPES.has(type) ? `${name}:\n  ` : `${name}: `
}

const LEAF_TYPES = new Set(['Quantity', 'IntOrString', 'Time', 'MicroTime', 'UID'])
