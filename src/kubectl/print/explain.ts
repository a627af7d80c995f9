// `kubectl explain`: a type's or field's description and the list of its fields. Source:
// kubectl/pkg/explain/v2/templates/plaintext.tmpl.
import type { FieldDoc, StructDoc } from '../../sim/schema/docs.ts'
import { KubectlError } from '../errors.ts'
import { wordWrap } from './word-wrap.ts'

/** The documentation of every struct by its name, e.g. `JobSpec`. */
export type ExplainDocs = Readonly<Record<string, StructDoc>>

export interface ExplainRequest {
  group: string
  version: string
  kind: string
  /** Names of fields, outermost first; [] explains the kind. */
  fieldPath: readonly string[]
  /** `--recursive`: the fields of fields by name only. */
  recursive: boolean
}

const TEXT_WIDTH = 76
const FIELD_TEXT_WIDTH = 78
const ENUM_SHOWN_MAX = 4

const CONVENTIONS =
  'https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md'
// Documentation of what every kind has; the types know it only as part of their identity.
const TYPE_FIELDS: Readonly<Record<string, FieldDoc>> = {
  apiVersion: {
    type: 'string',
    description:
      'APIVersion defines the versioned schema of this representation of an object. Servers should ' +
      'convert recognized schemas to the latest internal value, and may reject unrecognized ' +
      `values. More info: ${CONVENTIONS}#resources`,
  },
  kind: {
    type: 'string',
    description:
      'Kind is a string value representing the REST resource this object represents. Servers may ' +
      'infer this from the endpoint the client submits requests to. Cannot be updated. In ' +
      `CamelCase. More info: ${CONVENTIONS}#types-kinds`,
  },
}

/** The documentation of `apiVersion` or `kind`; undefined for any other field. */
export function explainTypeField(name: string): FieldDoc | undefined {
  return TYPE_FIELDS[name]
}

/** The lines that name the kind: printed even when a field is then not found. */
export function explainHeader({ group, version, kind }: ExplainRequest): string {
  const groupLine = group === '' ? '' : `GROUP:      ${group}\n`
  return `${groupLine}KIND:       ${kind}\nVERSION:    ${version}\n\n`
}

/** What follows the header. Throws KubectlError for a field that does not exist. */
export function explainBody(request: ExplainRequest, docs: ExplainDocs): string {
  const { kind, fieldPath } = request
  let struct: string | undefined = kind
  let field: FieldDoc | undefined
  for (const name of fieldPath) {
    field = struct === undefined ? undefined : fieldsOf(struct, kind, docs)[name]
    if (field === undefined) {
      throw new KubectlError(`field "${fieldPath.at(-1) ?? ''}" does not exist`)
    }
    struct = structNameOf(field.type, docs)
  }
  const texts = [field?.description, struct === undefined ? undefined : docs[struct]?.description]
  const description = texts.map((text) => (text ? `${text}\n` : '')).join('') || '<empty>'
  const list = struct === undefined ? '' : fieldList(struct, 1, request, docs, [])
  return (
    (field === undefined ? '' : fieldHeader(fieldPath.at(-1) ?? '', field, docs)) +
    `DESCRIPTION:\n${indent(wordWrap(description, TEXT_WIDTH), 4)}\n` +
    (list === '' ? '' : `FIELDS:\n${list}`) +
    '\n'
  )
}

function fieldHeader(name: string, field: FieldDoc, docs: ExplainDocs): string {
  const values = (field.enum ?? []).map((value) => `\n    ${value || '""'}`).join('')
  return `FIELD: ${name} <${typeName(field.type, docs)}>\n${values && `ENUM:${values}`}\n\n`
}

function fieldsOf(
  struct: string,
  kind: string,
  docs: ExplainDocs,
): Readonly<Record<string, FieldDoc>> {
  const fields = docs[struct]?.fields ?? {}
  return struct === kind ? { ...fields, ...TYPE_FIELDS } : fields
}

function fieldList(
  struct: string,
  level: number,
  request: ExplainRequest,
  docs: ExplainDocs,
  outer: readonly string[],
): string {
  if (outer.includes(struct)) return ''
  const fields = fieldsOf(struct, request.kind, docs)
  return Object.keys(fields)
    .sort()
    .map((name) => {
      const field = fields[name] as FieldDoc
      const inner = request.recursive ? structNameOf(field.type, docs) : undefined
      const text = fieldLine(name, field, level, request.recursive, docs)
      if (inner === undefined) return text
      return text + fieldList(inner, level + 1, request, docs, [...outer, struct])
    })
    .join('')
}

function fieldLine(
  name: string,
  field: FieldDoc,
  level: number,
  short: boolean,
  docs: ExplainDocs,
): string {
  const width = level * 2
  const required = field.required === true ? ' -required-' : ''
  const line = `${indent(name, width)}\t<${typeName(field.type, docs)}>${required}`
  const text = `${line}${enumLine(field, width)}\n`
  if (short) return text
  const description = wordWrap(field.description || '<no description>', FIELD_TEXT_WIDTH - width)
  return `${text}${indent(description, width + 2)}\n\n`
}

function enumLine({ enum: values }: FieldDoc, width: number): string {
  if (values === undefined || values.length === 0) return ''
  const shown = values.slice(0, ENUM_SHOWN_MAX).map((value) => value || '""')
  const more = values.length > ENUM_SHOWN_MAX ? ', ....' : ''
  return `\n${' '.repeat(width)}enum: ${shown.join(', ')}${more}`
}

function indent(text: string, width: number): string {
  const pad = ' '.repeat(width)
  return pad + text.replaceAll('\n', `\n${pad}`)
}

const SCALARS: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int32: 'integer',
  int64: 'integer',
  '[]byte': 'string',
}

// Types that are no struct and yet are called by their name.
const NAMED = new Set(['Quantity', 'IntOrString', 'FieldsV1', 'RawExtension'])

function bareType(type: string): string {
  const bare = type.replace(/^[!?]?\*?/, '')
  return bare === 'ResourceList' ? 'map[string]Quantity' : bare
}

/** `[]Container`, `map[string]string`, `integer` … */
function typeName(type: string, docs: ExplainDocs): string {
  const bare = bareType(type)
  const scalar = SCALARS[bare]
  if (scalar !== undefined) return scalar
  const [, collection, item] = /^(\[\]|map\[string\])(.+)$/.exec(bare) ?? []
  if (collection !== undefined) return `${collection}${typeName(item ?? '', docs)}`
  return docs[bare] !== undefined || NAMED.has(bare) ? bare : 'string'
}

// The struct within a type: that of a list's items or a map's values, too.
function structNameOf(type: string, docs: ExplainDocs): string | undefined {
  const bare = bareType(type).replace(/^(\[\]|map\[string\])+/, '')
  return docs[bare] === undefined ? undefined : bare
}
