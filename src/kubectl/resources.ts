// The resource types the API server reports. Those the lab really has are its kinds; of the others
// there is never an object, as in a cluster where nobody made one.
import { derivedFrom } from '../base/registry.ts'
import { KIND_REGISTRY } from '../sim/kinds/index.ts'
import type { Kind } from '../sim/kinds/kind.ts'
import { NoResourceError } from './errors.ts'
import { OTHER_RESOURCES } from './other-resources.ts'

/** The category of `kubectl get all`. */
const ALL = 'all'

export interface Resource {
  readonly kind: string
  readonly group: string
  readonly version: string
  readonly plural: string
  readonly singular: string
  readonly shortNames: readonly string[]
  readonly categories: readonly string[]
  readonly namespaced: boolean
  /** Absent for a type of which the lab has no objects. */
  readonly stored?: Kind
}

/** Every resource type; of two with one name the first is meant. */
export const resources = derivedFrom(KIND_REGISTRY, (kinds): readonly Resource[] => [
  ...kinds.map((kind): Resource => ({ ...kind, stored: kind })),
  ...OTHER_RESOURCES,
])

/** The order of `kubectl api-resources`. */
export const sortedResources = derivedFrom(KIND_REGISTRY, (): readonly Resource[] =>
  resources().toSorted((a, b) => {
    if (a.group !== b.group) return a.group < b.group ? -1 : 1
    return a.plural < b.plural ? -1 : 1
  }),
)

/** `jobs.batch`, or `pods` in the core group. */
export function resourceName({ plural, group }: Resource): string {
  return group === '' ? plural : `${plural}.${group}`
}

/** `job.batch`, or `pod`: how success lines and `-o name` name a type. */
export function kindName({ kind, group }: { kind: string; group: string }): string {
  return group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`
}

/** `batch/v1`, or `v1`. */
export function groupVersion({ group, version }: Resource): string {
  return group === '' ? version : `${group}/${version}`
}

/** `batch/v1, Resource=jobs`: Go's form of a GroupVersionResource. */
export function resourceString(resource: Resource): string {
  const { group, version, plural } = resource
  return `${group}/${version}, Resource=${plural}`
}

/**
 * The type a word means: plural, singular, kind or short name in any case, alone or with group
 * (`jobs.batch`) or version and group (`jobs.v1.batch`). Throws NoResourceError.
 */
export function resourceOf(word: string): Resource {
  const [name = '', ...rest] = word.toLowerCase().split('.')
  const suffix = rest.join('.')
  const resource = resources().find((candidate) => {
    if (!namesOf(candidate).includes(name)) return false
    const { group, version } = candidate
    return rest.length === 0 || suffix === group || suffix === `${version}.${group}`
  })
  if (resource === undefined) throw new NoResourceError(word.split('.')[0]!)
  return resource
}

/**
 * The type of a manifest. The discovery client knows each kind by its name and by the name in
 * lower case, which the server then refuses.
 */
export function resourceForVersion(apiVersion: string, kind: string): Resource | undefined {
  return resources().find(
    (candidate) =>
      groupVersion(candidate) === apiVersion &&
      (candidate.kind === kind || candidate.kind.toLowerCase() === kind),
  )
}

/** The words of `pods,jobs` or `all` (the types of that category), each type once. */
export function resourceWords(argument: string): string[] {
  return argument
    .split(',')
    .flatMap((word) => (word === ALL ? ofCategory(ALL) : [word]))
    .filter((word, index, words) => words.indexOf(word) === index)
}

function ofCategory(category: string): readonly string[] {
  return sortedResources()
    .filter(({ categories }) => categories.includes(category))
    .map(({ plural }) => plural)
}

/** What the server warns of when a short name could mean several types. */
export function shortNameWarning(word: string): string | undefined {
  const meant = resources().filter(({ shortNames }) => shortNames.includes(word.toLowerCase()))
  if (meant.length < 2) return undefined
  const [, other] = meant
  return `short name "${word}" could also match lower priority resource ` + resourceName(other!)
}

function namesOf(resource: Resource): readonly string[] {
  const { plural, singular, kind, shortNames } = resource
  return [plural, singular, kind.toLowerCase(), ...shortNames]
}
