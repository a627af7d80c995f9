// The registry of kinds: what the API server has. The order is the one of API discovery.
import { assert } from '../../base/assert.ts'
import { createRegistry, derivedFrom, type Registry } from '../../base/registry.ts'
import type { StructDoc } from '../schema/docs.ts'
import { addStructs } from '../schema/structs.ts'
import { configMap } from './configmap.ts'
import { controllerRevision } from './controllerrevision.ts'
import { cronJob } from './cronjob.ts'
import { daemonSet } from './daemonset.ts'
import { event } from './event.ts'
import { job } from './job.ts'
import { apiVersionOf, type Kind } from './kind.ts'
import { namespace } from './namespace.ts'
import { node } from './node.ts'
import { pod } from './pod.ts'
import { secret } from './secret.ts'
import { serviceAccount } from './serviceaccount.ts'

const REGISTRY: Registry<Kind> = createRegistry<Kind>(
  ({ kind }) => kind,
  [
    configMap,
    event,
    namespace,
    node,
    pod,
    secret,
    serviceAccount,
    controllerRevision,
    daemonSet,
    cronJob,
    job,
  ],
)

/** Every kind of the server. */
export const KINDS: readonly Kind[] = REGISTRY.all

/** The registry itself, for tables that are derived from it. */
export const KIND_REGISTRY: Pick<Registry<Kind>, 'all'> = REGISTRY

/** What the records document of structs that the generated documentation does not have. */
export const docsOfKinds = derivedFrom(REGISTRY, (kinds): Readonly<Record<string, StructDoc>> =>
  Object.fromEntries(kinds.flatMap(({ docs }) => Object.entries(docs ?? {}))),
)

/** Adds a kind at start-up, before the actors are loaded: they watch the kinds there are. */
export function registerKind(kind: Kind): void {
  addStructs(kind.structs ?? {})
  REGISTRY.add(kind)
}

/** The Kind of that name, if the server has it. */
export function findKind(name: string): Kind | undefined {
  return REGISTRY.find(name)
}

/** The Kind of that name; it must exist. */
export function kindOf(name: string): Kind {
  const kind = REGISTRY.find(name)
  assert(kind !== undefined, `no kind ${name}`)
  return kind
}

/** The Kind an object's `apiVersion` and `kind` name, if the server has it. Case counts. */
export function kindByVersion(apiVersion: string, name: string): Kind | undefined {
  const kind = REGISTRY.find(name)
  return kind !== undefined && apiVersionOf(kind) === apiVersion ? kind : undefined
}

/**
 * The Kind a word of a command line means: plural, singular or short name, in any case, alone or
 * with its group (`jobs.batch`) or version and group (`jobs.v1.batch`, `pods.v1.`).
 */
export function kindByResource(word: string): Kind | undefined {
  const [name = '', ...rest] = word.toLowerCase().split('.')
  const suffix = rest.join('.')
  return KINDS.find((kind) => {
    const names = [kind.plural, kind.singular, ...kind.shortNames]
    if (!names.includes(name)) return false
    return rest.length === 0 || suffix === kind.group || suffix === `${kind.version}.${kind.group}`
  })
}
