// The order in which Go writes the fields of an object: that of the struct, with `kind` first. It
// shows in the JSON of objects that kubectl makes itself; those it takes as they come are maps,
// whose keys are sorted.
import { hasStruct, structOf, type GoType } from '../sim/schema/structs.ts'
import { isMap } from './patch/lists.ts'

/** The object with its keys in the order of its struct; of unknown kinds the order stays. */
export function goOrdered<T>(object: T): T {
  const { kind } = object as { kind?: string }
  if (kind === undefined || !hasStruct(kind)) return object
  return ordered(object, { kind: 'struct', goName: kind, struct: kind }) as T
}

function ordered(value: unknown, type: GoType): unknown {
  switch (type.kind) {
    case 'struct': {
      if (!isMap(value)) return value
      const { order, fields } = structOf(type.struct)
      const known = order.filter((name) => Object.hasOwn(value, name))
      const entries = known.map((name) => [name, ordered(value[name], fields.get(name)!.type)])
      return Object.fromEntries(entries)
    }
    case 'list':
      return Array.isArray(value) ? value.map((item) => ordered(item, type.item)) : value
    case 'map': {
      if (!isMap(value)) return value
      const keys = Object.keys(value).sort()
      return Object.fromEntries(keys.map((key) => [key, ordered(value[key], type.value)]))
    }
    default:
      return value
  }
}
