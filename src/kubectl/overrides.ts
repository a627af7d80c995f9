// `--overrides`: JSON that changes an object kubectl has generated, by one of three kinds of patch
// (kubectl pkg/cmd/util/override_options.go).
import type { KubeObject } from '../sim/api-types/meta.ts'
import { decodeStruct } from '../sim/schema/decode.ts'
import { hasStruct } from '../sim/schema/structs.ts'
import type { Call } from './command.ts'
import { KubectlError } from './errors.ts'
import type { FlagSpec } from './flags.ts'
import { jsonPatch, mergePatch, type JsonPatchStep } from './patch/json.ts'
import { PatchError, type JsonMap } from './patch/lists.ts'
import { strategicMerge } from './patch/strategic.ts'

export const OVERRIDE_FLAGS: readonly FlagSpec[] = [
  { name: 'override-type', type: 'string', value: 'merge', usage: 'json, merge or strategic.' },
  { name: 'overrides', type: 'string', usage: 'JSON that changes the generated object.' },
]

/** The object with what `--overrides` changes. Throws KubectlError. */
export function overridden(call: Call, object: KubeObject): KubeObject {
  const text = call.flags.string('overrides')
  if (text === '') return object
  const changed = patched(call.flags.string('override-type'), object, parse(text)) as KubeObject
  if (!hasStruct(changed.kind)) return changed
  const { value, typeError } = decodeStruct(changed, changed.kind)
  if (typeError !== undefined) throw new KubectlError(typeError)
  return value as unknown as KubeObject
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new KubectlError('Invalid JSON Patch')
  }
}

function patched(type: string, object: KubeObject, patch: unknown): unknown {
  const target = object as unknown as JsonMap
  try {
    if (type === 'json') return jsonPatch(target, patch as readonly JsonPatchStep[])
    if (type === 'merge' || type === '') return mergePatch(target, patch)
    if (type === 'strategic') return strategicMerge(target, patch as JsonMap)
  } catch (error) {
    if (!(error instanceof PatchError)) throw error
    throw new KubectlError(error.message)
  }
  throw new KubectlError(`invalid override type: ${type}`)
}
