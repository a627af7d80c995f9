// What the API server says it has: versions, groups and resources with their verbs, in the form of
// today (one aggregated document) and of before (one document a group version).
import { KINDS } from '../../sim/kinds/index.ts'
import { groupVersion, resources, type Resource } from '../../kubectl/resources.ts'
import { noResource } from './status.ts'

/** The version that the server gives itself. */
export const SERVER_VERSION = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.2',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2026-06-10T00:00:00Z',
  goVersion: 'go1.26.3',
  compiler: 'gc',
  platform: 'linux/amd64',
}

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']
const AGGREGATED = 'apidiscovery.k8s.io/v2'

/** A resource below another: `pods/log`. */
interface Subresource {
  name: string
  verbs: readonly string[]
  kind?: string
  group?: string
  version?: string
}

const STATUS: Subresource = { name: 'status', verbs: ['get', 'patch', 'update'] }

/** Subresources beside `status`, by plural. */
const OWN: Readonly<Record<string, readonly Subresource[]>> = {
  pods: [
    { name: 'attach', verbs: ['create', 'get'], kind: 'PodAttachOptions' },
    { name: 'binding', verbs: ['create'], kind: 'Binding' },
    { name: 'eviction', verbs: ['create'], kind: 'Eviction', group: 'policy', version: 'v1' },
    { name: 'exec', verbs: ['create', 'get'], kind: 'PodExecOptions' },
    { name: 'log', verbs: ['get'] },
  ],
  namespaces: [{ name: 'finalize', verbs: ['update'] }],
  serviceaccounts: [
    {
      name: 'token',
      verbs: ['create'],
      kind: 'TokenRequest',
      group: 'authentication.k8s.io',
      version: 'v1',
    },
  ],
}

const WITH_STATUS = new Set(
  KINDS.filter(({ kind }) =>
    ['Pod', 'Job', 'CronJob', 'DaemonSet', 'Node', 'Namespace'].includes(kind),
  ).map(({ plural }) => plural),
)

export function subresourcesOf({ plural, stored }: Resource): readonly Subresource[] {
  if (stored === undefined) return []
  const status = WITH_STATUS.has(plural) ? [STATUS] : []
  return [...(OWN[plural] ?? []), ...status]
}

/** Reviews and bindings are asked, not kept; namespaces are deleted one by one. */
export function verbsOf({ kind, plural }: Resource): readonly string[] {
  if (/Review$|^Binding$/.test(kind)) return ['create']
  if (kind === 'ComponentStatus') return ['get', 'list']
  return plural === 'namespaces' ? VERBS.filter((verb) => verb !== 'deletecollection') : VERBS
}

/** Every named group once, in the order of discovery. */
function groups(): readonly string[] {
  return [...new Set(resources().map(({ group }) => group))].filter((group) => group !== '')
}

function versionsOf(group: string): readonly string[] {
  const own = resources().filter((resource) => resource.group === group)
  return [...new Set(own.map(({ version }) => version))]
}

/** GET /api or /apis for a client that asks for the aggregated form. */
export function aggregated(core: boolean): object {
  const names = core ? [''] : groups()
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: AGGREGATED,
    metadata: {},
    items: names.map((group) => ({
      metadata: group === '' ? {} : { name: group },
      versions: versionsOf(group).map((version) => ({
        version,
        resources: resourcesOf(group, version).map(aggregatedResource),
        freshness: 'Current',
      })),
    })),
  }
}

function resourcesOf(group: string, version: string): readonly Resource[] {
  return resources().filter((each) => each.group === group && each.version === version)
}

function aggregatedResource(resource: Resource): object {
  const { plural, kind, group, version, singular, namespaced, shortNames, categories } = resource
  const subresources = subresourcesOf(resource).map((sub) => ({
    subresource: sub.name,
    responseKind: {
      group: sub.group ?? (sub.kind === undefined ? group : ''),
      version: sub.version ?? (sub.kind === undefined ? version : 'v1'),
      kind: sub.kind ?? kind,
    },
    verbs: sub.verbs,
  }))
  return {
    resource: plural,
    responseKind: { group, version, kind },
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: singular,
    verbs: verbsOf(resource),
    ...(shortNames.length > 0 ? { shortNames } : {}),
    ...(categories.length > 0 ? { categories } : {}),
    ...(subresources.length > 0 ? { subresources } : {}),
  }
}

/** GET /apis as before aggregation. */
export function groupList(): object {
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups().map(groupOf) }
}

/** GET /apis/GROUP. Throws NotFound. */
export function apiGroup(group: string): object {
  if (!groups().includes(group)) throw noResource()
  return { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group) }
}

function groupOf(group: string): { name: string; versions: object[]; preferredVersion: object } {
  const versions = versionsOf(group).map((version) => ({
    groupVersion: `${group}/${version}`,
    version,
  }))
  return { name: group, versions, preferredVersion: versions[0]! }
}

/** GET /api as before aggregation; `address` is where the server is. */
export function coreVersions(address: string): object {
  const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: address }]
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs }
}

/** GET /api/v1 or /apis/GROUP/VERSION. Throws NotFound. */
export function resourceList(group: string, version: string): object {
  const own = resourcesOf(group, version)
  if (own.length === 0) throw noResource()
  const resources = own.flatMap((resource) => [
    listed(resource),
    ...subresourcesOf(resource).map((sub) => listedSubresource(resource, sub)),
  ])
  const name = groupVersion(own[0]!)
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: name, resources }
}

function listed(resource: Resource): object {
  const { plural, singular, namespaced, kind, shortNames, categories } = resource
  return {
    name: plural,
    singularName: singular,
    namespaced,
    kind,
    verbs: verbsOf(resource),
    ...(shortNames.length > 0 ? { shortNames } : {}),
    ...(categories.length > 0 ? { categories } : {}),
  }
}

function listedSubresource(resource: Resource, sub: Subresource): object {
  return {
    name: `${resource.plural}/${sub.name}`,
    singularName: '',
    namespaced: resource.namespaced,
    ...(sub.group === undefined ? {} : { group: sub.group, version: sub.version }),
    kind: sub.kind ?? resource.kind,
    verbs: sub.verbs,
  }
}
