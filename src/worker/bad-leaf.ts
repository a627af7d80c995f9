// Some types (quantities, times) refuse a value with words that name no field, and the API server
// passes just those on. Decoding again finds the value that is refused so.
import { decodeLeaf, LeafError } from '../sim/schema/leaf.ts'
import { hasStruct, structOf, type GoType } from '../sim/schema/structs.ts'

/** The path of the first value of the object that its type refuses with exactly these words. */
export function badLeaf(object: unknown, message: string): string | undefined {
  const kind = isMap(object) ? object['kind'] : undefined
  if (typeof kind !== 'string' || !hasStruct(kind)) return undefined
  return visit(object, { kind: 'struct', goName: kind, struct: kind }, '', message)
}

function visit(value: unknown, type: GoType, path: string, message: string): string | undefined {
  if (value === null || value === undefined) return undefined
  switch (type.kind) {
    case 'list':
      return Array.isArray(value)
        ? first(value.entries(), ([i, item]) => visit(item, type.item, `${path}[${i}]`, message))
        : undefined
    case 'map':
      return first(fieldsOf(value), ([key, item]) =>
        visit(item, type.value, `${path}.${key}`, message),
      )
    case 'struct': {
      const { fields } = structOf(type.struct)
      return first(fieldsOf(value), ([key, item]) => {
        const field = fields.get(key)
        if (field === undefined) return undefined
        return visit(item, field.type, path === '' ? key : `${path}.${key}`, message)
      })
    }
    default:
      return refuses(value, type, message) ? path : undefined
  }
}

function refuses(value: unknown, type: GoType, message: string): boolean {
  try {
    decodeLeaf(value, type)
    return false
  } catch (error) {
    if (!(error instanceof LeafError)) throw error
    return error.message === message
  }
}

function first<T>(items: Iterable<T>, find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

function fieldsOf(value: unknown): [string, unknown][] {
  return isMap(value) ? Object.entries(value) : []
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
