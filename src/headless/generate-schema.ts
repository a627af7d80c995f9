// Generates the schema of the lab's kinds from the declarations of the kubernetes-models package:
// the structure for decoding (small, part of the simulator) and the documentation (large, loaded
// when someone asks). Run by `npm run generate`; its output is never committed.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import FIELD_NUMBERS from './api/field-numbers.json' with { type: 'json' }
import { COMMON_FIELDS, STRUCT_FIELDS } from '../sim/schema/go-types.ts'

const ROOTS = [
  'v1/Pod',
  'batch/v1/Job',
  'batch/v1/CronJob',
  'apps/v1/DaemonSet',
  'apps/v1/ControllerRevision',
  'v1/Node',
  'v1/Namespace',
  'v1/ServiceAccount',
  'v1/Event',
  'v1/ConfigMap',
  'v1/Secret',
]
/** Types that are decoded by hand, not field by field. */
const LEAVES = ['Quantity', 'IntOrString', 'Time', 'MicroTime', 'FieldsV1', 'RawExtension']
const APIMACHINERY = '@kubernetes-models/apimachinery'
const OUTPUT = resolve(dirname(fileURLToPath(import.meta.url)), '../sim/schema')

interface Field {
  name: string
  optional: boolean
  type: string
  description: string
}

interface Struct {
  description: string
  fields: Field[]
}

const structs = new Map<string, Struct>()
const models = dirname(fileURLToPath(import.meta.resolve('kubernetes-models')))
const machinery = [join(models, 'node_modules'), dirname(models)]
  .map((folder) => join(folder, APIMACHINERY))
  .find((folder) => existsSync(folder))!

/** Reads a declaration file and all it refers to. */
function readStruct(file: string): void {
  const name = basename(file, '.d.ts')
  if (structs.has(name) || LEAVES.includes(name)) return
  const text = readFileSync(file, 'utf8')
  const struct: Struct = { description: '', fields: [] }
  structs.set(name, struct)
  const body = /((?:\/\*\*(?:(?!\*\/)[^])*\*\/\n)?)export interface I\w+[^{]*\{\n([^]*?)\n\}/.exec(
    text,
  )
  if (body === null) throw new Error(`${file}: no interface`)
  struct.description = commentText(body[1]!)
  const sources = importsOf(text, file)
  struct.fields = fieldsOf(body[2]!).map((field) => ({
    ...field,
    type: field.type.replace(/\bII\w+/g, (symbol) =>
      basename(sources.get(symbol) ?? name, '.d.ts'),
    ),
  }))
  for (const source of sources.values()) readStruct(source)
}

/** The declaration file each imported symbol comes from. */
function importsOf(text: string, file: string): Map<string, string> {
  const sources = new Map<string, string>()
  for (const [, symbol, from] of text.matchAll(/import \{ (II\w+) \} from "([^"]+)";/g)) {
    const path = from!.startsWith(APIMACHINERY)
      ? join(machinery, `${from!.slice(APIMACHINERY.length)}.d.ts`)
      : resolve(dirname(file), from!.replace(/\.js$/, '.d.ts'))
    sources.set(symbol!, path)
  }
  return sources
}

const FIELD_COMMENT = String.raw`((?: {4}/\*\*(?:(?!\*/)[^])*\*/\n)?)`
const FIELD_TYPE = String.raw`((?:\{\n[^}]*\n {4}\}|Array<[^]*?>|[^;])+)`
const FIELD = new RegExp(String.raw`${FIELD_COMMENT} {4}"?([\w$]+)"?(\?)?: ${FIELD_TYPE};`, 'g')

function fieldsOf(body: string): Field[] {
  return [...body.matchAll(FIELD)].map(([, comment, name, optional, type]) => ({
    name: name!,
    optional: optional !== undefined,
    type: type!.replace(/\s+/g, ' '),
    description: commentText(comment!),
  }))
}

/** The text of a documentation comment; single line breaks are kept. */
function commentText(comment: string): string {
  return comment
    .replace(/^\s*\/\*\*|\*\/\s*$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .trim()
}

const isEnum = (type: string): boolean => /^"[^"]*"(?: \| "[^"]*")*$/.test(type)

/** The Go type of a value that the published schema gives as `type`. */
function goType(field: string, type: string): string {
  if (type === 'number') return 'int32'
  if (type === 'boolean') return 'bool'
  if (field === 'kind' || field === 'apiVersion') return 'string'
  if (isEnum(type)) return field[0]!.toUpperCase() + field.slice(1)
  const list = /^Array<(.*)>$/.exec(type)
  if (list !== null) return `[]${goType(field, list[1]!)}`
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(type)
  if (map === null) return type
  return map[1] === 'Quantity' ? 'ResourceList' : `map[string]${goType(field, map[1]!)}`
}

function entries(list: string): Map<string, string> {
  return new Map(list.split(', ').map((entry) => entry.split(' ') as [string, string]))
}

const common = entries(COMMON_FIELDS)

/** A field in the notation of go-types.ts: `!` always written, `*` pointer, then the type. */
function notation(struct: string, field: Field): string {
  const given = entries(STRUCT_FIELDS[struct] ?? ' ').get(field.name) ?? common.get(field.name)
  if (given !== undefined) return given
  const type = goType(field.name, field.type)
  if (field.name === 'kind' || field.name === 'apiVersion') return type
  if (!field.optional) return `!${type}`
  const pointer = structs.has(type) || LEAVES.includes(type) || ['int32', 'bool'].includes(type)
  return pointer ? `*${type}` : type
}

/** Inlined structs, whose fields stand among those of the outer one. */
const inlineOf = (entry: string): string | undefined => /^\d+ - (\w+)$/.exec(entry)?.[1]

/** The names of a message's fields as Go declares them: `kind` first, inlined structs in place. */
function declaredNames(struct: string): readonly string[] {
  const line = (FIELD_NUMBERS as Readonly<Record<string, string>>)[struct] ?? ''
  return line.split(',').flatMap((entry) => {
    const inline = inlineOf(entry)
    return inline === undefined ? [entry.split(' ')[1] ?? ''] : declaredNames(inline)
  })
}

function declared(struct: string, fields: readonly Field[]): readonly Field[] {
  const own = declaredNames(struct)
  const names = own.includes('kind') ? own : ['kind', 'apiVersion', ...own]
  const place = ({ name }: Field): number => (names.includes(name) ? names.indexOf(name) : 999)
  return [...fields].sort((a, b) => place(a) - place(b))
}

function structureModule(): string {
  const lines = [...structs].sort().map(([name, { fields }]) => {
    const list = declared(name, fields)
      .map((field) => `${field.name} ${notation(name, field)}`)
      .join(',')
    return `  ${name}: '${list}',`
  })
  const head = '// Generated by src/headless/generate-schema.ts from kubernetes-models.\n'
  const type = 'export const STRUCTS: Readonly<Record<string, string>> = {\n'
  return `${head}${type}${lines.join('\n')}\n}\n`
}

function docsModule(): string {
  const docs = [...structs].sort().map(([name, { description, fields }]) => {
    const about = fields.map((field) => [field.name, fieldDoc(name, field)])
    return [name, { description, fields: Object.fromEntries(about) }]
  })
  const head = '// Generated by src/headless/generate-schema.ts from kubernetes-models.\n'
  const type = "import type { StructDoc } from './docs.ts'\n\n"
  const value = JSON.stringify(Object.fromEntries(docs))
  return `${head}${type}export const DOCS: Readonly<Record<string, StructDoc>> = ${value}\n`
}

function fieldDoc(struct: string, field: Field): object {
  const values = isEnum(field.type)
    ? { enum: JSON.parse(`[${field.type.replace(/ \| /g, ',')}]`) }
    : {}
  const required = field.optional ? {} : { required: true }
  return { type: notation(struct, field), description: field.description, ...required, ...values }
}

for (const root of ROOTS) readStruct(join(models, `${root}.d.ts`))
mkdirSync(OUTPUT, { recursive: true })
writeFileSync(join(OUTPUT, 'structs.generated.ts'), structureModule())
writeFileSync(join(OUTPUT, 'docs.generated.ts'), docsModule())
