// The values that may stand behind a field: enumerations, and names the cluster knows.
import { CATALOGUE } from '../sim/images/catalogue.ts'
import type { KubeObject } from '../sim/api-types/meta.ts'
import { KINDS } from '../sim/kinds/index.ts'
import { apiVersionOf } from '../sim/kinds/kind.ts'
import { namespace as namespaceKind } from '../sim/kinds/namespace.ts'
import { node as nodeKind } from '../sim/kinds/node.ts'
import type { FieldAt } from '../sim/schema/field-at.ts'
import type { FieldDoc } from '../sim/schema/docs.ts'
import { listObjects } from '../sim/store.ts'
import type { World } from '../sim/world.ts'
import { workerKind } from './kinds/index.ts'
import type { Completion } from './protocol.ts'

/** What there is in the cluster to be named. */
export interface Names {
  images: readonly string[]
  namespaces: readonly string[]
  nodes: readonly string[]
}

/** The names of a World: what its registry has, its namespaces and nodes. */
export function namesIn({ store, cluster }: World): Names {
  const named = (kind: string): string[] =>
    listObjects<KubeObject>(store, kind).map(({ metadata }) => metadata.name)
  const known = CATALOGUE.flatMap(({ repository, tags }) => {
    const name = repository.replace('docker.io/library/', '')
    return tags === undefined ? [name] : tags.map((tag) => `${name}:${tag}`)
  })
  const images = [...new Set([...(cluster.images ?? []), ...known])]
  return { images, namespaces: named(namespaceKind.kind), nodes: named(nodeKind.kind) }
}

/** The values for the field at a place. */
export function valuesAt(at: FieldAt, doc: FieldDoc | undefined, names: Names): Completion[] {
  const text = (doc?.description ?? '').replaceAll('`', '')
  const words = wordsAt(at, doc, names)
  return words.map((word) => ({ label: word, insert: word, detail: '', text, required: false }))
}

function wordsAt(at: FieldAt, doc: FieldDoc | undefined, names: Names): readonly string[] {
  const holder = at.parent.kind === 'struct' ? at.parent.struct : ''
  switch (`${holder}.${at.key}`) {
    case `${at.kind}.kind`:
      return wordsOfType('kind')
    case `${at.kind}.apiVersion`:
      return KINDS.filter(({ kind }) => kind === at.kind).map(apiVersionOf)
    case 'PodSpec.restartPolicy':
      return workerKind(at.kind)?.restartPolicies ?? doc?.enum ?? []
    case 'Container.image':
      return names.images
    case 'ObjectMeta.namespace':
      return names.namespaces
    case 'PodSpec.nodeName':
      return names.nodes
    default:
      return doc?.enum ?? (doc?.type.endsWith('bool') ? ['true', 'false'] : [])
  }
}

/** Words that are known without documentation: of the root's fields, and keys of certain maps. */
export function wordsOfType(type: string): readonly string[] {
  switch (type) {
    case 'kind':
      return KINDS.map(({ kind }) => kind)
    case 'apiVersion':
      return [...new Set(KINDS.map(apiVersionOf))]
    case 'v1.ResourceList':
      return ['cpu', 'memory', 'ephemeral-storage']
    default:
      return []
  }
}
