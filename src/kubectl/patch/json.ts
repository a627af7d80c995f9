// JSON merge patches (RFC 7386) and JSON patches (RFC 6902) as the API server applies them, with
// the error texts of its library (evanphx/json-patch).
import { deepEqual } from '../../base/deep-equal.ts'
import { goQuote } from '../../sim/lib/go-quote.ts'
import { isMap, PatchError } from './lists.ts'

/** `patch` merged into `target`: null deletes, maps merge, everything else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isMap(patch)) return patch
  const result: Record<string, unknown> = isMap(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key]
    else result[key] = mergePatch(result[key], value)
  }
  return result
}

export interface JsonPatchStep {
  op?: unknown
  path?: unknown
  from?: unknown
  value?: unknown
}

/** Applies the steps in order. Throws PatchError. */
export function jsonPatch(target: unknown, steps: readonly JsonPatchStep[]): unknown {
  return steps.reduce<unknown>(applyStep, target)
}

function applyStep(target: unknown, step: JsonPatchStep): unknown {
  const path = String(step.path ?? '')
  switch (step.op) {
    case 'add':
      return editAt(target, path, 'add', (parent, key) => insert(parent, key, step.value, path))
    case 'replace':
      return editAt(target, path, 'replace', (parent, key) => {
        requirePresent(parent, key, 'replace', path)
        return put(parent, key, step.value)
      })
    case 'remove':
      return removeAt(target, path)
    case 'test':
      if (!deepEqual(readAt(target, path) ?? null, step.value ?? null))
        throw new PatchError(`testing value ${path} failed: test failed`)
      return target
    case 'move': {
      const from = String(step.from ?? '')
      const value = readAt(target, from)
      return applyStep(removeAt(target, from), { op: 'add', path, value })
    }
    case 'copy':
      return applyStep(target, { op: 'add', path, value: readAt(target, String(step.from ?? '')) })
    default:
      throw new PatchError(`Unexpected kind: ${String(step.op ?? 'unknown')}`)
  }
}

type Edit = (parent: unknown, key: string) => unknown

function editAt(target: unknown, path: string, op: string, edit: Edit): unknown {
  const keys = keysOf(path)
  const last = keys.pop() ?? ''
  const walk = (value: unknown, depth: number): unknown => {
    const key = keys[depth]
    if (key === undefined) return edit(value, last)
    const child = childOf(value, key)
    if (child === undefined)
      throw new PatchError(
        `${op} operation does not apply: doc is missing path: ${goQuote(path)}: missing value`,
      )
    return put(value, key, walk(child, depth + 1))
  }
  return walk(target, 0)
}

function removeAt(target: unknown, path: string): unknown {
  return editAt(target, path, 'remove', (parent, key) => {
    if (Array.isArray(parent)) {
      const index = indexOf(parent, key, path, 'remove', parent.length - 1)
      return parent.filter((_item, at) => at !== index)
    }
    requirePresent(parent, key, 'remove', path)
    const { [key]: _gone, ...rest } = parent as Record<string, unknown>
    return rest
  })
}

function readAt(target: unknown, path: string): unknown {
  return keysOf(path).reduce<unknown>((value, key) => childOf(value, key), target)
}

function insert(parent: unknown, key: string, value: unknown, path: string): unknown {
  if (!Array.isArray(parent)) return put(parent, key, value)
  if (key === '-') return [...parent, value]
  const index = indexOf(parent, key, path, 'add', parent.length)
  return [...parent.slice(0, index), value, ...parent.slice(index)]
}

function put(parent: unknown, key: string, value: unknown): unknown {
  if (!Array.isArray(parent)) return { ...(parent as Record<string, unknown>), [key]: value }
  return parent.map((item, at) => (String(at) === key ? value : item))
}

function childOf(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value[Number(key)]
  return isMap(value) ? value[key] : undefined
}

function requirePresent(parent: unknown, key: string, op: string, path: string): void {
  if (childOf(parent, key) !== undefined) return
  const why =
    op === 'remove'
      ? `Unable to remove nonexistent key: ${key}: missing value`
      : `doc is missing key: ${path}: missing value`
  const what =
    op === 'remove' ? `error in remove for path: '${path}'` : 'replace operation does not apply'
  throw new PatchError(`${what}: ${why}`)
}

function indexOf(
  list: readonly unknown[],
  key: string,
  path: string,
  op: string,
  max: number,
): number {
  const index = Number(key)
  if (key === '' || !Number.isInteger(index))
    throw new PatchError(
      `error in ${op} for path: '${path}': strconv.Atoi: parsing ${goQuote(key)}: invalid syntax`,
    )
  const at = index < 0 ? list.length + index : index
  if (at < 0 || at > max)
    throw new PatchError(
      `error in ${op} for path: '${path}': Unable to access invalid index: ${key}: ` +
        'invalid index referenced',
    )
  return at
}

/** The keys of a JSON pointer. */
function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}
