// What the server offers: `kubectl api-resources`, `api-versions`, `version`, `cluster-info`.
import { namespace as namespaceKind } from '../../sim/kinds/namespace.ts'
import type { Call, Command } from '../command.ts'
import { KubectlError, usageError } from '../errors.ts'
import { toStructJson } from '../print/json.ts'
import { toKyaml } from '../print/kyaml.ts'
import { printTable } from '../print/table.ts'
import { toYaml } from '../print/yaml.ts'
import type { Process } from '../process.ts'
import { groupVersion, resourceName, sortedResources, type Resource } from '../resources.ts'
import { serverOf } from '../config.ts'

const CLIENT_VERSION = 'v1.36.2'
const KUSTOMIZE_VERSION = 'v5.8.1'

export const apiResources: Command = {
  name: 'api-resources',
  short: 'Print the supported API resources on the server',
  flags: [
    { name: 'api-group', type: 'string', usage: 'Only of this API group.' },
    { name: 'cached', type: 'bool', usage: 'Use what is cached; nothing is.' },
    { name: 'categories', type: 'list', usage: 'Only of these categories.' },
    { name: 'namespaced', type: 'bool', value: 'true', usage: 'Only types with namespaces.' },
    { name: 'no-headers', type: 'bool', usage: 'Leave the header line out.' },
    { name: 'output', short: 'o', type: 'string', usage: 'wide, name, json or yaml.' },
    { name: 'sort-by', type: 'string', usage: 'name or kind.' },
    { name: 'verbs', type: 'list', usage: 'Only types with these verbs.' },
  ],
  run: runApiResources,
}

export const apiVersions: Command = {
  name: 'api-versions',
  short: 'Print the supported API versions on the server, in the form of "group/version"',
  run: runApiVersions,
}

export const version: Command = {
  name: 'version',
  short: 'Print the client and server version information',
  flags: [
    { name: 'client', type: 'bool', usage: 'Only the version of kubectl.' },
    { name: 'output', short: 'o', type: 'string', usage: 'yaml or json.' },
  ],
  run: runVersion,
}

export const clusterInfo: Command = {
  name: 'cluster-info',
  short: 'Display cluster information',
  commands: [],
  run: runClusterInfo,
}

function* runApiResources(call: Call): Process {
  const { args, flags, path, context } = call
  const by = flags.string('sort-by')
  const format = flags.string('output')
  if (args.length > 0) throw usageError(path, `unexpected arguments: [${args.join(' ')}]`)
  if (!['', 'wide', 'name', 'json', 'yaml', 'kyaml'].includes(format))
    throw new KubectlError(
      `unable to match a printer suitable for the output format "${format}", ` +
        'allowed formats are: json,kyaml,name,wide,yaml',
    )
  if (!['', 'name', 'kind'].includes(by))
    throw new KubectlError('--sort-by accepts only name or kind')
  const found = sortedResources().filter((resource) => isAsked(call, resource))
  const key = (resource: Resource): string => (by === 'kind' ? resource.kind : resource.plural)
  const sorted = by === '' ? found : [...found].sort((a, b) => (key(a) < key(b) ? -1 : 1))
  const headers = !flags.bool('no-headers')
  if (format === 'name')
    context.stdout(sorted.map((resource) => `${resourceName(resource)}\n`).join(''))
  else if (format === '' || format === 'wide')
    context.stdout(resourceTable(sorted, format === 'wide', headers))
  else context.stdout(structured(format, resourceList(sorted)))
  return 0
}

function resourceTable(resources: readonly Resource[], wide: boolean, headers: boolean): string {
  const header = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND']
  if (wide) header.push('VERBS', 'CATEGORIES')
  const rows = resources.map((resource) => [
    resource.plural,
    resource.shortNames.join(','),
    groupVersion(resource),
    String(resource.namespaced),
    resource.kind,
    ...(wide ? [verbsOf(resource).join(','), resource.categories.join(',')] : []),
  ])
  return printTable({ header: [], rows: headers ? [header, ...rows] : rows })
}

function resourceList(resources: readonly Resource[]): object {
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: '',
    resources: resources.map((resource) => {
      const { plural, singular, namespaced, group, version, kind, shortNames, categories } =
        resource
      return {
        name: plural,
        singularName: singular,
        namespaced,
        ...(group === '' ? {} : { group }),
        version,
        kind,
        verbs: verbsOf(resource),
        ...(shortNames.length === 0 ? {} : { shortNames }),
        ...(categories.length === 0 ? {} : { categories }),
      }
    }),
  }
}

function structured(format: string, value: object): string {
  if (format === 'kyaml') return toKyaml(value, true)
  return format === 'json' ? toStructJson(value) : toYaml(value)
}

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']

/** Reviews and bindings are asked, not kept; namespaces are deleted one by one. */
function verbsOf({ kind, plural }: Resource): readonly string[] {
  if (kind.endsWith('Review') || kind === 'Binding') return ['create']
  if (kind === 'ComponentStatus') return ['get', 'list']
  return plural === namespaceKind.plural
    ? VERBS.filter((verb) => verb !== 'deletecollection')
    : VERBS
}

function isAsked({ flags }: Call, resource: Resource): boolean {
  const { group, namespaced, categories } = resource
  return (
    (!flags.changed('api-group') || group === flags.string('api-group')) &&
    (!flags.changed('namespaced') || namespaced === flags.bool('namespaced')) &&
    flags.list('categories').every((category) => categories.includes(category)) &&
    flags.list('verbs').every((verb) => verbsOf(resource).includes(verb))
  )
}

function* runApiVersions({ args, path, context }: Call): Process {
  if (args.length > 0) throw usageError(path, `unexpected arguments: [${args.join(' ')}]`)
  const versions = new Set(sortedResources().map(groupVersion))
  context.stdout(
    [...versions]
      .sort()
      .map((each) => `${each}\n`)
      .join(''),
  )
  return 0
}

function* runVersion({ args, flags, context }: Call): Process {
  if (args.length > 0 && !flags.bool('client'))
    throw new KubectlError(`extra arguments: [${args.join(' ')}]`)
  const format = flags.string('output')
  if (!['', 'yaml', 'json'].includes(format))
    throw new KubectlError("--output must be 'yaml' or 'json'")
  if (format !== '') {
    const info = versionInfo(flags.bool('client'))
    // Two spaces here, where objects have four.
    const text = format === 'json' ? `${JSON.stringify(info, undefined, 2)}\n` : toYaml(info)
    context.stdout(format === 'json' ? text : `${text}\n`)
    return 0
  }
  const server = flags.bool('client') ? '' : `Server Version: ${CLIENT_VERSION}\n`
  context.stdout(
    `Client Version: ${CLIENT_VERSION}\nKustomize Version: ${KUSTOMIZE_VERSION}\n${server}`,
  )
  return 0
}

/** What is the same wherever the lab runs; a real server also reports its build. */
function versionInfo(clientOnly: boolean): object {
  const [major, minor] = CLIENT_VERSION.slice(1).split('.')
  const info = { major, minor, gitVersion: CLIENT_VERSION, platform: 'linux/amd64' }
  return {
    clientVersion: info,
    kustomizeVersion: KUSTOMIZE_VERSION,
    ...(clientOnly ? {} : { serverVersion: info }),
  }
}

function* runClusterInfo({ args, context }: Call): Process {
  if (args[0] === 'dump') throw new KubectlError('the lab has no "cluster-info dump"')
  context.stdout(
    `Kubernetes control plane is running at ${serverOf(context.world)}\n\n` +
      "To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n",
  )
  return 0
}
