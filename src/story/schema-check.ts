// Checks content against plan.schema.json, the same schema that an editor checks it by as one types.
// It reads the part of JSON Schema that our schema uses, and throws for anything else in it.
import type { Path } from './source.ts'

export interface Schema {
  $schema?: string
  $defs?: Readonly<Record<string, Schema>>
  $ref?: string
  title?: string
  description?: string
  type?: 'object' | 'array' | 'string' | 'integer' | 'boolean'
  properties?: Readonly<Record<string, Schema>>
  additionalProperties?: boolean | Schema
  required?: readonly string[]
  minProperties?: number
  maxProperties?: number
  items?: Schema
  minItems?: number
  enum?: readonly unknown[]
  pattern?: string
  anyOf?: readonly Schema[]
}

/** What is wrong, and where. */
interface SchemaProblem {
  path: Path
  what: string
}

/** Everything in `value` that the schema forbids, in the order of the document. */
export function schemaProblems(value: unknown, root: Schema): SchemaProblem[] {
  return problemsAt(value, root, [], root)
}

function problemsAt(value: unknown, schema: Schema, path: Path, root: Schema): SchemaProblem[] {
  if (schema.$ref !== undefined) return problemsAt(value, resolved(schema.$ref, root), path, root)
  if (schema.anyOf !== undefined) {
    const tries = schema.anyOf.map((one) => problemsAt(value, one, path, root))
    return tries.some((problems) => problems.length === 0) ? [] : (tries.at(-1) ?? [])
  }
  const at = (what: string): SchemaProblem[] => [{ path, what }]
  if (schema.enum !== undefined && !schema.enum.includes(value))
    return at(`${shown(value)} is none of ${schema.enum.join(', ')}`)
  if (schema.type === undefined) return []
  if (typeOf(value) !== schema.type) return at(`${shown(value)} is not of type ${schema.type}`)
  if (typeof value === 'string' && schema.pattern !== undefined)
    return new RegExp(schema.pattern).test(value)
      ? []
      : at(`${shown(value)} does not match ${schema.pattern}`)
  if (Array.isArray(value)) return itemProblems(value, schema, path, root)
  if (schema.type === 'object') return fieldProblems(value as Fields, schema, path, root)
  return []
}

type Fields = Readonly<Record<string, unknown>>

function resolved(ref: string, root: Schema): Schema {
  const found = root.$defs?.[ref.replace('#/$defs/', '')]
  if (found === undefined) throw new Error(`the schema has no ${ref}`)
  return found
}

function itemProblems(
  items: readonly unknown[],
  schema: Schema,
  path: Path,
  root: Schema,
): SchemaProblem[] {
  const least = schema.minItems ?? 0
  const few = items.length < least ? [{ path, what: `at least ${least} are needed` }] : []
  const { items: each } = schema
  if (each === undefined) return few
  return [...few, ...items.flatMap((item, i) => problemsAt(item, each, [...path, i], root))]
}

function fieldProblems(value: Fields, schema: Schema, path: Path, root: Schema): SchemaProblem[] {
  const keys = Object.keys(value)
  const problems: SchemaProblem[] = []
  for (const key of schema.required ?? [])
    if (!keys.includes(key)) problems.push({ path, what: `"${key}" is missing` })
  if (keys.length < (schema.minProperties ?? 0)) problems.push({ path, what: 'it is empty' })
  if (keys.length > (schema.maxProperties ?? Infinity))
    problems.push({ path, what: `only one of ${keys.join(', ')} can stand here` })
  for (const key of keys) {
    const inside = [...path, key]
    const field = Object.hasOwn(schema.properties ?? {}, key)
      ? schema.properties?.[key]
      : schema.additionalProperties
    if (field === false)
      problems.push({ path: inside, what: `unknown key "${key}"${near(key, schema)}` })
    else if (typeof field === 'object')
      problems.push(...problemsAt(value[key], field, inside, root))
  }
  return problems
}

/** What may have been meant: a key that begins alike. */
function near(key: string, { properties = {} }: Schema): string {
  const close = Object.keys(properties).find(
    (known) => known.slice(0, 3).toLowerCase() === key.slice(0, 3).toLowerCase(),
  )
  return close === undefined ? '' : `, did you mean "${close}"?`
}

function typeOf(value: unknown): Schema['type'] | 'null' | 'number' {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value as 'object' | 'string' | 'boolean'
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
