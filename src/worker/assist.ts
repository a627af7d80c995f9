// What the editor says of the place under the cursor: the field's documentation, and the fields or
// values that may stand there. The documentation is loaded when it is first wanted.
import { fieldAt, type FieldAt } from '../sim/schema/field-at.ts'
import type { FieldDoc, StructDoc } from '../sim/schema/docs.ts'
import { docsOfKinds } from '../sim/kinds/index.ts'
import { hasStruct } from '../sim/schema/structs.ts'
import { byUse, isServerField } from './field-order.ts'
import { skeletons } from './skeletons.ts'
import { valuesAt, wordsOfType, type Names } from './assist-values.ts'
import type { Completion, FieldHelp } from './protocol.ts'

type Docs = Readonly<Record<string, StructDoc>>

let loaded: Promise<Docs> | undefined

/** The documentation of every field of the lab's kinds; a module of its own. */
export function loadDocs(): Promise<Docs> {
  loaded ??= import('../sim/schema/docs.generated.ts').then(({ DOCS }) => ({
    ...DOCS,
    ...docsOfKinds(),
  }))
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
  const docs = await loadDocs()
  // A key of a map (`labels.app`) is documented by the map.
  const path = at.parent.kind === 'map' ? at.path : [...at.path, at.key]
  const doc = docAt(docs, at.kind, path)
  if (doc === undefined) return undefined
  return {
    path: [at.kind, ...path].join('.'),
    type: typeName(doc),
    required: doc.required === true,
    text: plain(doc.description),
  }
}

/** What may be typed at a place: fields not there yet, or the values of an enumeration. */
export async function completionsAt(
  text: string,
  line: number,
  column: number,
  names: Names,
): Promise<readonly Completion[]> {
  const at = fieldAt(text, line, column)
  if (at === undefined) return rootCompletions(text, line, column)
  const docs = await loadDocs()
  if (at.inValue) return at.key === undefined ? [] : valuesAt(at, fieldDoc(docs, at, at.key), names)
  if (at.parent.kind === 'map')
    return wordsOfType(at.parent.goName).map((word) => fieldCompletion(word, `${word}: `))
  if (at.parent.kind !== 'struct') return []
  const { struct } = at.parent
  const dash = hasIndentedLists(text) ? '\n  - ' : '\n- '
  const begin = beginsItem(docs, at, text, line) ? inItem : asItIs
  return Object.entries(docs[struct]?.fields ?? {})
    .filter(([name]) => !at.siblings.includes(name) && !isServerField(struct, name))
    .sort(byUse(struct))
    .map(([name, doc]) => ({
      label: name,
      insert: begin(insertion(docs, name, doc, dash)),
      detail: typeName(doc),
      text: plain(doc.description),
      required: doc.required === true,
    }))
}

function fieldDoc(docs: Docs, at: FieldAt, key: string): FieldDoc | undefined {
  return at.parent.kind === 'struct' ? docs[at.parent.struct]?.fields[key] : undefined
}

/** The documentation at a path of a kind; lists are looked through. */
function docAt(docs: Docs, kind: string, path: readonly string[]): FieldDoc | undefined {
  let struct = kind
  let doc: FieldDoc | undefined
  for (const name of path) {
    doc = docs[struct]?.fields[name]
    if (doc === undefined) return undefined
    struct = bare(doc.type).replaceAll('[]', '')
  }
  return doc
}

/** A document without a kind: a whole manifest to begin with, or the fields that make it one. */
function rootCompletions(text: string, line: number, column: number): readonly Completion[] {
  const lines = text.split('\n')
  const before = (lines[line - 1] ?? '').slice(0, column - 1)
  const value = /^(kind|apiVersion):\s*[\w/]*$/.exec(before)?.[1]
  if (value !== undefined) return wordsOfType(value).map((word) => valueCompletion(word))
  if (!/^\w*$/.test(before)) return []
  const fields = ['apiVersion', 'kind', 'metadata', 'spec'].filter(
    (name) => !lines.some((other) => other.startsWith(`${name}:`)),
  )
  const whole = isEmptyDocument(lines, line - 1) ? skeletons() : []
  return [...whole, ...fields.map((name) => fieldCompletion(name, `${name}: `))]
}

/** Whether a document has nothing but the line at `index` and remarks. */
function isEmptyDocument(lines: readonly string[], index: number): boolean {
  const first = lines.slice(0, index).findLastIndex((other) => other.startsWith('---')) + 1
  const next = lines.findIndex((other, i) => i > index && other.startsWith('---'))
  const last = next < 0 ? lines.length : next
  return lines.every((other, i) => i < first || i >= last || i === index || /^\s*(#|$)/.test(other))
}

function fieldCompletion(label: string, insert: string): Completion {
  return { label, insert, detail: '', text: '', required: false }
}

function valueCompletion(word: string): Completion {
  return fieldCompletion(word, word)
}

/** `[]Container`, `int32`: a type in the notation of structs.ts, as a reader would say it. */
function typeName(doc: FieldDoc): string {
  const type = bare(doc.type)
  const item = type.replace('[]', '')
  // Named strings (`RestartPolicy`) are strings to whoever writes them.
  const named = /^[A-Z]/.test(item) && !hasStruct(item) && !NAMED_TYPES.has(item)
  return named ? type.replace(item, 'string') : type
}

/** Types whose name tells more than what they are made of. */
const NAMED_TYPES = new Set(['Quantity', 'IntOrString', 'Time', 'MicroTime', 'ResourceList'])

/** A type without the marks for pointers and for when it is written. */
function bare(type: string): string {
  return type.replaceAll(/[!?*]/g, '')
}

function insertion(docs: Docs, name: string, doc: FieldDoc, dash: string): string {
  const type = bare(doc.type)
  if (type.startsWith('[]')) {
    const fields = Object.entries(docs[type.slice(2)]?.fields ?? {})
    const first = fields.find(([field, { required }]) => required === true && field === 'name')
    return `${name}:${dash}${first === undefined ? '' : 'name: '}`
  }
  const nested = type.startsWith('map[') || type === 'ResourceList' || hasStruct(type)
  return nested ? `${name}:\n  ` : `${name}: `
}

/** Whether a line is the first of a list that has no item yet, and lacks its dash. */
function beginsItem(docs: Docs, at: FieldAt, text: string, line: number): boolean {
  if (at.siblings.length > 0 || /^\s*- /.test(text.split('\n')[line - 1]!)) return false
  return docAt(docs, at.kind, at.path)?.type.includes('[]') === true
}

function inItem(insert: string): string {
  return `- ${insert.replaceAll('\n', '\n  ')}`
}

function asItIs(insert: string): string {
  return insert
}

/** Whether the manifest writes the dashes of lists deeper than their field. */
function hasIndentedLists(text: string): boolean {
  return /^( *)(?:- )?[\w.]+:[^\S\n]*\n\1 +- /m.test(text)
}

/** Documentation as text: enumerations come in backticks. */
function plain(description: string): string {
  return description.replaceAll('`', '')
}
