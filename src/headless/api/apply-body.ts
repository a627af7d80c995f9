// The body of an apply: one YAML document, of which JSON is a part.
import { isMap } from '../../kubectl/patch/lists.ts'
import { readManifest } from '../../kubectl/yaml/manifest.ts'
import type { Json } from './fields.ts'
import { badRequest } from './status.ts'

/** The object that the text describes. Throws BadRequest. */
export function documentOf(text: string): Json {
  const [document, ...more] = readManifest(text)
  if (document?.error !== undefined) throw badRequest(`error decoding YAML: ${document.error}`)
  if (more.length > 0 || !isMap(document?.value))
    throw badRequest('error decoding YAML: one object is expected')
  return document.value
}
