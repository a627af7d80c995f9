// The patch that `kubectl apply` sends: what the manifest changes or adds against the live object,
// and what it no longer has since it was last applied (strategicpatch CreateThreeWayMergePatch).
import { deepEqual } from '../../base/deep-equal.ts'
import {
  DELETE_DIRECTIVE,
  isMap,
  mergeKeyOf,
  mergeValue,
  ORDER_DIRECTIVE,
  PATCH_DIRECTIVE,
  RETAIN_DIRECTIVE,
  retainsKeys,
  typeOf,
  type JsonMap,
} from './lists.ts'
import { mergePatches } from './strategic.ts'

interface DiffOptions {
  deletions: boolean
  changes: boolean
  retainKeys?: boolean
  /** Whether lists say the order of their items. */
  order: boolean
}

/** The strategic merge patch from `current` to `modified`, given what was applied before. */
export function threeWayPatch(original: JsonMap, modified: JsonMap, current: JsonMap): JsonMap {
  const changed = diffMaps(current, modified, { changes: true, deletions: false, order: true })
  const deleted = diffMaps(original, modified, { changes: false, deletions: true, order: true })
  return mergePatches(deleted, changed)
}

/** The strategic merge patch from `original` to `modified` (CreateTwoWayMergePatch). */
export function twoWayPatch(original: JsonMap, modified: JsonMap): JsonMap {
  return diffMaps(original, modified, { changes: true, deletions: true, order: true })
}

function diffMaps(original: JsonMap, modified: JsonMap, options: DiffOptions): JsonMap {
  const patch: Record<string, unknown> = {}
  const { retainKeys = false, ...inner } = options
  for (const key of Object.keys(modified).sort()) {
    const after = modified[key]
    const before = original[key]
    if (!(key in original) || typeOf(before) !== typeOf(after)) {
      if (options.changes) patch[key] = after
    } else if (isMap(before) && isMap(after)) {
      const nested = diffMaps(before, after, inner)
      if (Object.keys(nested).length > 0) patch[key] = nested
    } else if (Array.isArray(before) && Array.isArray(after))
      Object.assign(patch, diffLists(key, before, after, inner))
    else if (options.changes && !deepEqual(before, after)) patch[key] = after
  }
  if (options.deletions)
    for (const key of Object.keys(original)) if (!(key in modified)) patch[key] = null
  if (retainKeys && (Object.keys(patch).length > 0 || hasMore(original, modified)))
    patch[RETAIN_DIRECTIVE] = Object.keys(modified)
      .filter((key) => modified[key] !== null)
      .sort()
  return patch
}

function hasMore(original: JsonMap, modified: JsonMap): boolean {
  return Object.keys(original).some((key) => original[key] !== null && !(key in modified))
}

/** The entries of a patch that turn one list into the other. */
function diffLists(
  field: string,
  original: readonly unknown[],
  modified: readonly unknown[],
  options: DiffOptions,
): JsonMap {
  const mergeKey = mergeKeyOf(field)
  if (mergeKey === undefined)
    return options.changes && !deepEqual(original, modified) ? { [field]: modified } : {}
  if (original.length === 0)
    return modified.length > 0 && options.changes ? { [field]: modified } : {}
  if (mergeKey === '') return diffSets(field, original, modified, options)
  const itemOptions = { ...options, retainKeys: retainsKeys(field) }
  const patch = diffItems(original, modified, mergeKey, itemOptions)
  const sameOrder =
    original.length === modified.length &&
    modified.every((item, i) => mergeValue(original[i], mergeKey) === mergeValue(item, mergeKey))
  const entries: Record<string, unknown> = {}
  if (patch.length > 0) entries[field] = patch
  const ordered =
    (options.changes && (patch.length > 0 || !sameOrder)) || (options.deletions && patch.length > 0)
  if (ordered && modified.length > 0)
    entries[`${ORDER_DIRECTIVE}/${field}`] = modified.map((item) => ({
      [mergeKey]: mergeValue(item, mergeKey),
    }))
  return entries
}

/** Changed and added items in the order of `modified`, then the deletions by key. */
function diffItems(
  original: readonly unknown[],
  modified: readonly unknown[],
  mergeKey: string,
  options: DiffOptions,
): unknown[] {
  const patch: unknown[] = []
  for (const item of modified) {
    const key = mergeValue(item, mergeKey)
    const before = original.find((candidate) => mergeValue(candidate, mergeKey) === key)
    if (before === undefined) {
      if (options.changes) patch.push(item)
      continue
    }
    const nested = diffMaps(before as JsonMap, item as JsonMap, options)
    if (Object.keys(nested).length > 0) patch.push({ ...nested, [mergeKey]: key })
  }
  if (!options.deletions) return patch
  const kept = new Set(modified.map((item) => mergeValue(item, mergeKey)))
  const gone = original.map((item) => mergeValue(item, mergeKey)).filter((key) => !kept.has(key))
  const deletions = gone
    .sort((a, b) => (String(a) < String(b) ? -1 : 1))
    .map((key) => ({ [PATCH_DIRECTIVE]: 'delete', [mergeKey]: key }))
  return [...patch, ...deletions]
}

function diffSets(
  field: string,
  original: readonly unknown[],
  modified: readonly unknown[],
  options: DiffOptions,
): JsonMap {
  const entries: Record<string, unknown> = {}
  const added = modified.filter((item) => !original.includes(item))
  const gone = [...new Set(original.filter((item) => !modified.includes(item)))].sort()
  if (options.changes && added.length > 0) entries[field] = added
  if (options.deletions && gone.length > 0) entries[`${DELETE_DIRECTIVE}/${field}`] = gone
  const ordered =
    (options.deletions && gone.length > 0) || (options.changes && !deepEqual(original, modified))
  if (ordered && modified.length > 0) entries[`${ORDER_DIRECTIVE}/${field}`] = modified
  return entries
}
