// Comparisons in filters, between two values of the same basic kind (text/template's eq, lt …).
import { JsonPathError } from './nodes.ts'

type Basic = 'bool' | 'int' | 'float' | 'string'

function basicKind(value: unknown): Basic {
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  throw new JsonPathError('invalid type for comparison')
}

/** Whether `left operator right`. Throws JsonPathError for values that cannot be compared. */
export function holds(left: unknown, operator: string, right: unknown): boolean {
  switch (operator) {
    case '==':
      return equal(left, right)
    case '!=':
      return !equal(left, right)
    case '<':
      return less(left, right)
    case '<=':
      return less(left, right) || equal(left, right)
    case '>':
      return !less(left, right) && !equal(left, right)
    case '>=':
      return !less(left, right)
    default:
      throw new JsonPathError(`unrecognized filter operator ${operator}`)
  }
}

function sameKind(left: unknown, right: unknown): Basic {
  const kind = basicKind(left)
  if (kind !== basicKind(right)) throw new JsonPathError('incompatible types for comparison')
  return kind
}

function equal(left: unknown, right: unknown): boolean {
  sameKind(left, right)
  return left === right
}

function less(left: unknown, right: unknown): boolean {
  if (sameKind(left, right) === 'bool') throw new JsonPathError('invalid type for comparison')
  return (left as string) < (right as string)
}
