// `--sort-by=PATH`; source kubectl/pkg/cmd/get/sorter.go. Objects without the field come first;
// texts that are both quantities are compared as such.
import { goQuote } from '../../sim/lib/go-quote.ts'
import { ExitError, KubectlError } from '../errors.ts'
import { goSort } from './go-sort.ts'
import { evaluate } from './jsonpath/evaluate.ts'
import { JsonPathError, type JsonPath } from './jsonpath/nodes.ts'
import { parseJsonPath } from './jsonpath/parse.ts'
import { relaxedJsonPath } from './jsonpath/relaxed.ts'
import { quantityOf } from './quantity.ts'

/** `objects` in the order of what `field` names. Throws KubectlError. */
export function sortObjects<T>(objects: readonly T[], field: string): T[] {
  const template = relaxedJsonPath(field)
  const path = parsed(template)
  const keyed = objects.map((object) => ({ object, key: firstValue(path, object) }))
  if (objects.length > 0 && keyed.every(({ key }) => key === undefined)) {
    throw new KubectlError(
      `couldn't find any field with path ${goQuote(template)} in the list of objects`,
    )
  }
  if (keyed.length > 1) requireSortable(template, keyed[0]!.key ?? keyed.at(-1)!.key)
  return goSort(keyed, (a, b) => isLess(a.key, b.key)).map(({ object }) => object)
}

/** Lists and maps have no order: the real client ends at once. */
function requireSortable(template: string, key: unknown): void {
  if (typeof key !== 'object' || key === null) return
  const type = Array.isArray(key) ? '[]interface {}' : 'map[string]interface {}'
  throw new ExitError(
    `Field ${template} in [][][]reflect.Value is an unsortable type: interface, err: unsortable ` +
      `type: ${type}`,
  )
}

function parsed(template: string): JsonPath {
  try {
    return parseJsonPath(template)
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error
    throw new KubectlError(`sorting error: ${error.message}`)
  }
}

function firstValue(path: JsonPath, object: unknown): unknown {
  try {
    return evaluate(path, object)[0]?.[0]
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error
    throw new KubectlError(error.message)
  }
}

function isLess(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return a === undefined
  if (a === null || b === null) return a === null && b !== null
  if (typeof a === 'number' && typeof b === 'number') return a < b
  if (typeof a !== 'string' || typeof b !== 'string') return false
  const left = quantityOf(a)
  const right = left === undefined ? undefined : quantityOf(b)
  return left === undefined || right === undefined ? a < b : left.nano < right.nano
}
