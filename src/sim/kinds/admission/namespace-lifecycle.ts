// The plugin NamespaceLifecycle: nothing is created where there is no namespace or where it is
// being terminated, and some namespaces are never deleted (plugin/pkg/admission/namespace/lifecycle).
import type { Namespace } from '../../api-types/core.ts'
import type { KubeObject } from '../../api-types/meta.ts'
import { ApiError, NAMESPACE_TERMINATING, notFound, qualifiedPlural } from '../../errors.ts'
import type { Kind } from '../kind.ts'
import type { Lookup } from './admission.ts'

const IMMORTAL = ['default', 'kube-system', 'kube-public']

/** Throws NotFound without the object's namespace, Forbidden when it is being terminated. */
export function requireNamespace(kind: Kind, object: KubeObject, lookup: Lookup): void {
  if (!kind.namespaced) return
  const name = object.metadata.namespace!
  const namespace = lookup('Namespace', name) as Namespace | undefined
  if (namespace === undefined) throw notFound({ plural: 'namespaces', group: '' }, name)
  if (namespace.status.phase !== 'Terminating') return
  const what = `${qualifiedPlural(kind)} "${object.metadata.name}" is forbidden`
  const why = `unable to create new content in namespace ${name} because it is being terminated`
  throw new ApiError('Forbidden', `${what}: ${why}`, {
    kind: kind.plural,
    name,
    causes: [
      {
        reason: NAMESPACE_TERMINATING,
        field: 'metadata.namespace',
        message: `namespace ${name} is being terminated`,
      },
    ],
  })
}

/** Throws Forbidden for a namespace that is never deleted. */
export function requireMortal(name: string): void {
  if (!IMMORTAL.includes(name)) return
  const message = `namespaces "${name}" is forbidden: this namespace may not be deleted`
  throw new ApiError('Forbidden', message, { kind: 'namespaces', name })
}
