// `kubectl create role`, `clusterrole`, `rolebinding`, `clusterrolebinding` (kubectl
// pkg/cmd/create): rules and who they are for. The lab keeps none; their text is right all the same.
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { serviceAccount } from '../../sim/kinds/serviceaccount.ts'
import type { Call, Command } from '../command.ts'
import { ExitError, KubectlError } from '../errors.ts'
import type { FlagSpec } from '../flags.ts'
import { GENERATOR_FLAGS, nameOf, setFields, submitGenerated } from '../generate.ts'
import type { Process } from '../process.ts'
import { resources } from '../resources.ts'

const GROUP = 'rbac.authorization.k8s.io'
const VERSION = `${GROUP}/v1`
const RESOURCE_VERBS =
  '* get delete list create update patch watch proxy deletecollection use bind escalate impersonate'.split(
    ' ',
  )
const URL_VERBS = '* get post put delete patch head options'.split(' ')
/** Verbs that only some resources know. */
const SPECIAL_VERBS: Readonly<Record<string, readonly string[]>> = {
  use: ['podsecuritypolicies policy', 'podsecuritypolicies extensions'],
  bind: [`roles ${GROUP}`, `clusterroles ${GROUP}`],
  escalate: [`roles ${GROUP}`, `clusterroles ${GROUP}`],
  impersonate: ['users ', 'serviceaccounts ', 'groups ', 'userextras authentication.k8s.io'],
}

const RULE_FLAGS: readonly FlagSpec[] = [
  ...GENERATOR_FLAGS,
  { name: 'resource', type: 'list', usage: 'Resources the rule is about: pods, jobs.batch.' },
  { name: 'resource-name', type: 'array', usage: 'Only objects of this name.' },
  { name: 'verb', type: 'list', usage: 'What the rule allows: get, list, create …' },
]

export const createRole: Command = {
  name: 'role',
  use: 'NAME --verb=verb --resource=resource.group/subresource',
  short: 'Create a role with single rule',
  flags: RULE_FLAGS,
  run: (call) => runRole(call, 'Role'),
}

export const createClusterRole: Command = {
  name: 'clusterrole',
  use: 'NAME --verb=verb --resource=resource.group [--resource-name=resourcename]',
  short: 'Create a cluster role',
  flags: [
    ...RULE_FLAGS,
    { name: 'aggregation-rule', type: 'map', usage: 'Labels of the roles to combine.' },
    { name: 'non-resource-url', type: 'list', usage: 'A path of the server: /healthz.' },
  ],
  run: (call) => runRole(call, 'ClusterRole'),
}

interface Asked {
  resource: string
  group: string
  subresource: string
}

function* runRole(call: Call, kind: 'Role' | 'ClusterRole'): Process {
  const name = nameOf(call)
  submitGenerated(call, () => roleOf(call, kind, name), '')
  return 0
}

function roleOf(call: Call, kind: 'Role' | 'ClusterRole', name: string): KubeObject {
  const { flags } = call
  const verbs = verbsOf(flags.list('verb'))
  const asked = askedResources(flags.list('resource'))
  const names = [...new Set(flags.list('resource-name'))]
  const urls = kind === 'Role' ? [] : [...new Set(flags.list('non-resource-url'))]
  const labels = kind === 'Role' ? {} : flags.map('aggregation-rule')
  const head = { kind, apiVersion: VERSION, metadata: { name } }
  if (name === '') throw new KubectlError('name must be specified')
  if (Object.keys(labels).length > 0) {
    if (verbs.length + asked.length + names.length + urls.length > 0)
      throw new KubectlError(
        'aggregation rule must be specified without nonResourceURLs, verbs, resources or ' +
          'resourceNames',
      )
    const aggregationRule = { clusterRoleSelectors: [{ matchLabels: labels }] }
    return { ...head, rules: null, aggregationRule } as unknown as KubeObject
  }
  if (verbs.length === 0) throw new KubectlError('at least one verb must be specified')
  if (asked.length + urls.length === 0) warnOfVerbs(call, kind === 'Role' ? verbs : [])
  if (asked.length + urls.length === 0)
    throw new KubectlError(
      kind === 'Role'
        ? 'at least one resource must be specified'
        : 'one of resource or nonResourceURL must be specified',
    )
  if (asked.length > 0) requireResources(call, asked, verbs)
  requireUrls(urls, verbs)
  return { ...head, rules: rulesOf(asked, verbs, names, urls) } as unknown as KubeObject
}

function verbsOf(verbs: readonly string[]): readonly string[] {
  return verbs.includes('*') ? ['*'] : [...new Set(verbs)]
}

function askedResources(words: readonly string[]): readonly Asked[] {
  const asked: Asked[] = []
  for (const word of words) {
    const [path = '', subresource = ''] = word.split(/\/(.*)/s)
    const [resource = '', group] = path.split(/\.(.*)/s)
    const one = { resource, group: group ?? '', subresource }
    if (resource === '*' && group === undefined && !word.includes('/')) return [one]
    asked.push(one)
  }
  return asked
}

/** The type that is meant, as the server knows it; undefined when it knows none. */
function found({ resource, group }: Asked): { resource: string; group: string } | undefined {
  const word = resource.toLowerCase()
  const match = resources().find(
    (each) =>
      [each.plural, each.singular, ...each.shortNames].includes(word) &&
      (group === '' || each.group === group || each.group.startsWith(`${group}.`)),
  )
  return match === undefined ? undefined : { resource: match.plural, group: match.group }
}

function warnOfVerbs({ context }: Call, verbs: readonly string[]): void {
  for (const verb of verbs)
    if (!RESOURCE_VERBS.includes(verb))
      context.stderr(`Warning: '${verb}' is not a standard resource verb\n`)
}

function requireResources(call: Call, asked: readonly Asked[], verbs: readonly string[]): void {
  warnOfVerbs(call, verbs)
  for (const one of asked) {
    if (one.resource === '')
      throw new KubectlError('resource must be specified if apiGroup/subresource specified')
    if (one.resource === '*') return
    const match = found(one)
    const { resource, group } = match ?? one
    let known = match !== undefined
    for (const verb of verbs) {
      const special = SPECIAL_VERBS[verb]
      if (special === undefined) continue
      if (!special.includes(`${resource} ${group}`))
        throw new KubectlError(`can not perform '${verb}' on '${resource}' in group '${group}'`)
      known = true
    }
    if (!known) throw unknownResource(one)
  }
}

/** The mapper's words for what the server does not have. */
function unknownResource({ resource, group }: Asked): Error {
  if (group === '') return new ExitError(`the server doesn't have a resource type "${resource}"`)
  return new ExitError(`the server doesn't have a resource type "${resource}" in group "${group}"`)
}

function requireUrls(urls: readonly string[], verbs: readonly string[]): void {
  if (urls.length === 0) return
  for (const verb of verbs)
    if (!URL_VERBS.includes(verb))
      throw new KubectlError(`invalid verb: '${verb}' for nonResourceURL`)
  for (const url of urls) {
    if (url === '*') continue
    if (!url.startsWith('/')) throw new KubectlError('nonResourceURL should start with /')
    if (url.slice(0, -1).includes('*'))
      throw new KubectlError("nonResourceURL only supports wildcard matches when '*' is at the end")
  }
}

/** One rule for each group, in the order of the groups. */
function rulesOf(
  asked: readonly Asked[],
  verbs: readonly string[],
  resourceNames: readonly string[],
  nonResourceURLs: readonly string[],
): readonly object[] {
  const groups = new Map<string, string[]>()
  for (const one of asked) {
    const { resource, group } = found(one) ?? one
    const path = one.subresource === '' ? resource : `${resource}/${one.subresource}`
    const paths = groups.get(group) ?? []
    if (!paths.includes(path)) groups.set(group, [...paths, path])
  }
  const rules: object[] = [...groups.keys()]
    .sort()
    .map((group) =>
      setFields({ verbs, apiGroups: [group], resources: groups.get(group), resourceNames }),
    )
  return nonResourceURLs.length === 0 ? rules : [...rules, { verbs, nonResourceURLs }]
}

const SUBJECT_FLAGS: readonly FlagSpec[] = [
  ...GENERATOR_FLAGS,
  { name: 'clusterrole', type: 'string', usage: 'The ClusterRole to bind.' },
  { name: 'group', type: 'array', usage: 'A group it is for.' },
  { name: 'serviceaccount', type: 'array', usage: 'A service account: namespace:name.' },
  { name: 'user', type: 'array', usage: 'A user it is for.' },
]

export const createRoleBinding: Command = {
  name: 'rolebinding',
  use: 'NAME --clusterrole=NAME|--role=NAME [--user=username] [--group=groupname]',
  short: 'Create a role binding for a particular role or cluster role',
  flags: [...SUBJECT_FLAGS, { name: 'role', type: 'string', usage: 'The Role to bind.' }],
  run: (call) => runBinding(call, 'RoleBinding'),
}

export const createClusterRoleBinding: Command = {
  name: 'clusterrolebinding',
  use: 'NAME --clusterrole=NAME [--user=username] [--group=groupname]',
  short: 'Create a cluster role binding for a particular cluster role',
  required: ['clusterrole'],
  flags: SUBJECT_FLAGS,
  run: (call) => runBinding(call, 'ClusterRoleBinding'),
}

function* runBinding(call: Call, kind: 'RoleBinding' | 'ClusterRoleBinding'): Process {
  const name = nameOf(call)
  const failure = `failed to create ${kind.toLowerCase()}`
  submitGenerated(call, () => bindingOf(call, kind, name), failure)
  return 0
}

function bindingOf({ flags }: Call, kind: string, name: string): KubeObject {
  const role = kind === 'RoleBinding' ? flags.string('role') : ''
  const clusterRole = flags.string('clusterrole')
  if (kind === 'RoleBinding') {
    if (name === '') throw new KubectlError('name must be specified')
    if ((role === '') === (clusterRole === ''))
      throw new KubectlError('exactly one of clusterrole or role must be specified')
  }
  const subject = (subjectKind: string) => (subjectName: string) => ({
    kind: subjectKind,
    apiGroup: GROUP,
    name: subjectName,
  })
  const subjects = [
    ...flags.list('user').map(subject('User')),
    ...flags.list('group').map(subject('Group')),
    ...flags.list('serviceaccount').map(accountSubject),
  ]
  const isRole = role !== ''
  const roleRef = {
    apiGroup: GROUP,
    kind: isRole ? 'Role' : 'ClusterRole',
    name: isRole ? role : clusterRole,
  }
  const object = { kind, apiVersion: VERSION, metadata: { name }, subjects, roleRef }
  return setFields(object) as unknown as KubeObject
}

function accountSubject(text: string): object {
  const [namespace = '', name = '', ...more] = text.split(':')
  if (namespace === '' || name === '' || more.length > 0)
    throw new KubectlError('serviceaccount must be <namespace>:<name>')
  return { kind: serviceAccount.kind, name, namespace }
}
