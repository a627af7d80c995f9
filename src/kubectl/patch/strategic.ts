// Applies a strategic merge patch (apimachinery strategicpatch): maps merge, null deletes, known
// lists merge by key, `$patch`, `$retainKeys`, `$setElementOrder` direct. The API server does this.
import { deepEqual } from '../../base/deep-equal.ts'
import {
  DELETE_DIRECTIVE,
  goMapText,
  isMap,
  mergeKeyOf,
  mergeValue,
  ORDER_DIRECTIVE,
  PATCH_DIRECTIVE,
  PatchError,
  RETAIN_DIRECTIVE,
  typeOf,
  type JsonMap,
} from './lists.ts'

interface MergeOptions {
  /** The result is an object; false: it is again a patch, whose nulls and directives are kept. */
  final: boolean
}

/** `patch` applied to `original`. Throws PatchError. */
export function strategicMerge(original: JsonMap, patch: JsonMap): JsonMap {
  return mergeMaps(original, patch, { final: true })
}

/** Two patches as one. */
export function mergePatches(first: JsonMap, second: JsonMap): JsonMap {
  return mergeMaps(first, second, { final: false })
}

function mergeMaps(original: JsonMap, patch: JsonMap, options: MergeOptions): JsonMap {
  const directive = patch[PATCH_DIRECTIVE]
  if (directive !== undefined) return directed(directive, patch)
  const { result, rest } = retained({ ...original }, { ...patch }, options)
  const orders = Object.keys(rest).filter((key) => key.startsWith(`${ORDER_DIRECTIVE}/`))
  for (const key of orders.sort()) orderList(result, rest, key, options)
  for (const key of Object.keys(rest).sort()) mergeField(result, key, rest[key], options)
  return result
}

function directed(directive: unknown, patch: JsonMap): JsonMap {
  if (directive === 'delete') return {}
  if (directive !== 'replace')
    throw new PatchError(`unknown patch type: ${String(directive)} in map: ${goMapText(patch)}`)
  const { [PATCH_DIRECTIVE]: _directive, ...rest } = patch
  return rest
}

/** Applies `$retainKeys`: only these keys stay. */
function retained(
  original: Record<string, unknown>,
  patch: Record<string, unknown>,
  { final }: MergeOptions,
) {
  const { [RETAIN_DIRECTIVE]: keys, ...rest } = patch
  if (keys === undefined) return { result: original, rest }
  if (!final) return { result: { ...original, [RETAIN_DIRECTIVE]: keys }, rest }
  if (!Array.isArray(keys)) throw new PatchError('invalid patch format of retainKeys')
  const kept = Object.entries(original).filter(([key]) => keys.includes(key))
  return { result: Object.fromEntries(kept) as Record<string, unknown>, rest }
}

function mergeField(
  result: Record<string, unknown>,
  typed: string,
  value: unknown,
  options: MergeOptions,
): void {
  const isDeletion = typed.startsWith(`${DELETE_DIRECTIVE}/`)
  if (isDeletion && !options.final) {
    result[typed] = value
    return
  }
  const key = isDeletion ? typed.slice(DELETE_DIRECTIVE.length + 1) : typed
  if (isDeletion) {
    const gone = value as readonly unknown[]
    const list = result[key]
    if (Array.isArray(list)) result[key] = list.filter((item) => !gone.includes(item))
    return
  }
  if (value === null) {
    delete result[key]
    if (options.final) return
  }
  const before = result[key]
  if (before === undefined || typeOf(before) !== typeOf(value))
    setClean(result, key, value, options)
  else if (isMap(before) && isMap(value)) result[key] = mergeMaps(before, value, options)
  else if (Array.isArray(before) && Array.isArray(value))
    result[key] = mergeLists(key, before, value, options)
  else result[key] = value
}

function setClean(
  result: Record<string, unknown>,
  key: string,
  value: unknown,
  { final }: MergeOptions,
): void {
  const clean = final ? withoutDirectives(withoutNulls(value)) : withoutDirectives(value)
  if (clean === undefined) delete result[key]
  else result[key] = clean
}

function mergeLists(
  field: string,
  original: readonly unknown[],
  patch: readonly unknown[],
  options: MergeOptions,
): unknown[] {
  const mergeKey = mergeKeyOf(field)
  if (mergeKey === undefined) return [...patch]
  const merged = mergeItems(original, patch, mergeKey, options)
  return ordered(merged, patch, original, mergeKey)
}

function mergeItems(
  original: readonly unknown[],
  patch: readonly unknown[],
  mergeKey: string,
  options: MergeOptions,
): unknown[] {
  if (mergeKey === '') return [...new Set([...original, ...patch])]
  let merged = [...original]
  const plain: JsonMap[] = []
  for (const item of patch as readonly JsonMap[]) {
    const directive = isMap(item) ? item[PATCH_DIRECTIVE] : undefined
    if (directive === undefined) plain.push(item)
    else if (directive === 'replace') return withoutReplace(patch)
    else if (directive === 'delete')
      merged = merged.filter((other) => !sameItem(other, item, mergeKey))
    else throw new PatchError(`unknown patch type: ${String(directive)} in map: ${goMapText(item)}`)
  }
  for (const item of plain) {
    const at = merged.findIndex((other) => sameItem(other, item, mergeKey))
    if (at < 0) {
      const clean = options.final ? withoutDirectives(withoutNulls(item)) : item
      if (clean !== undefined) merged.push(clean)
    } else merged[at] = mergeMaps(merged[at] as JsonMap, item, options)
  }
  return merged
}

function withoutReplace(patch: readonly unknown[]): unknown[] {
  return patch.filter((item) => !(isMap(item) && item[PATCH_DIRECTIVE] === 'replace'))
}

function sameItem(a: unknown, b: unknown, mergeKey: string): boolean {
  return mergeValue(a, mergeKey) === mergeValue(b, mergeKey)
}

/** Applies `$setElementOrder/FIELD` together with the list's own patch. */
function orderList(
  result: Record<string, unknown>,
  rest: Record<string, unknown>,
  key: string,
  options: MergeOptions,
): void {
  const order = rest[key] as readonly unknown[]
  delete rest[key]
  if (!options.final) {
    if (key in result && !deepEqual(result[key], order))
      throw new PatchError('invalid patch format of setElementOrder list')
    result[key] = order
  }
  const field = key.slice(ORDER_DIRECTIVE.length + 1)
  const mergeKey = mergeKeyOf(field) ?? ''
  const before = result[field] as readonly unknown[] | undefined
  const patch = rest[field] as readonly unknown[] | undefined
  delete rest[field]
  if (before === undefined && patch === undefined) return
  const merged =
    before === undefined
      ? ((withoutDirectives(patch) ?? []) as unknown[])
      : patch === undefined
        ? before
        : mergeItems(before, patch, mergeKey, options)
  result[field] = ordered(merged, order, before ?? [], mergeKey)
}

/** Items the order names come in that order; others keep their place relative to them. */
function ordered(
  items: readonly unknown[],
  order: readonly unknown[],
  serverOrder: readonly unknown[],
  mergeKey: string,
): unknown[] {
  const place = (list: readonly unknown[], item: unknown): number =>
    list.findIndex((other) => sameItem(other, item, mergeKey))
  const named = items.filter((item) => place(order, item) >= 0)
  const others = items.filter((item) => place(order, item) < 0)
  named.sort((a, b) => place(order, a) - place(order, b))
  others.sort((a, b) => place(serverOrder, a) - place(serverOrder, b))
  const result: unknown[] = []
  while (named.length > 0 && others.length > 0) {
    const left = place(serverOrder, others[0])
    const right = place(serverOrder, named[0])
    result.push(left >= 0 && right >= 0 && left < right ? others.shift() : named.shift())
  }
  return [...result, ...others, ...named]
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isMap(value)) return value
  const entries = Object.entries(value).filter(([, part]) => part !== null)
  return Object.fromEntries(entries.map(([key, part]) => [key, withoutNulls(part)]))
}

/** The value without what only directs; undefined when it is itself a directive. */
function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDirectives).filter((item) => item !== undefined)
  if (!isMap(value)) return value
  if (PATCH_DIRECTIVE in value) return undefined
  const entries = Object.entries(value).map(
    ([key, part]) => [key, withoutDirectives(part)] as const,
  )
  return Object.fromEntries(entries.filter(([, part]) => part !== undefined))
}
