// The annotation in which `kubectl apply` keeps what was last applied (kubectl pkg/util/apply.go).
import type { KubeObject } from '../sim/api-types/meta.ts'
import { goJsonSorted } from '../sim/lib/go-quote.ts'
import { isMap, type JsonMap } from './patch/lists.ts'

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** The manifest with the annotation that holds it. */
export function annotated(object: KubeObject): KubeObject {
  const { [LAST_APPLIED]: _old, ...annotations } = object.metadata.annotations ?? {}
  const bare = { ...object, metadata: { ...object.metadata, annotations } }
  const text = `${goJsonSorted(bare)}\n`
  const metadata = { ...bare.metadata, annotations: { ...annotations, [LAST_APPLIED]: text } }
  return { ...bare, metadata }
}

/** What was last applied to a live object; undefined when it was never applied. */
export function lastApplied(object: KubeObject): JsonMap | undefined {
  const text = object.metadata.annotations?.[LAST_APPLIED]
  if (text === undefined || text === '') return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isMap(value) ? value : {}
  } catch {
    return {}
  }
}

/** As `--save-config` does, or when the annotation is there already. */
export function withAnnotation(object: KubeObject, always: boolean): KubeObject {
  return always || object.metadata.annotations?.[LAST_APPLIED] !== undefined
    ? annotated(object)
    : object
}
