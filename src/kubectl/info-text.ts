// How kubectl names an object in its longer error messages (cli-runtime resource.Info.String).
import { goQuote } from '../sim/lib/go-quote.ts'
import type { Info } from './resolve.ts'
import { resourceString } from './resources.ts'

/** Two lines: type, then name and namespace. */
export function infoText({ resource, object, name, namespace }: Info): string {
  const kind = object?.kind ?? resource.kind
  const gvk = `${resource.group}/${resource.version}, Kind=${kind}`
  const type = `Resource: ${goQuote(resourceString(resource))}, GroupVersionKind: ${goQuote(gvk)}`
  return `${type}\nName: ${goQuote(name)}, Namespace: ${goQuote(namespace)}`
}
