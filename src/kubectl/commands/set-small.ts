// `kubectl set serviceaccount`, `selector` and `subject` (kubectl pkg/cmd/set).
import type { KubeObject, LabelSelector } from '../../sim/api-types/meta.ts'
import { serviceAccount } from '../../sim/kinds/serviceaccount.ts'
import type { Call, Command } from '../command.ts'
import { KubectlError, throwAll } from '../errors.ts'
import { fieldManagerFlag, fileFlags, RECORD_FLAG, SELECTOR_FLAG } from '../flag-groups.ts'
import { DRY_RUN_FLAG, OUTPUT_FLAGS } from '../output.ts'
import type { Process } from '../process.ts'
import { SelectorError, toLabelSelector } from '../selectors.ts'
import {
  ALL_FLAG,
  changeEach,
  changePodSpec,
  foundInfos,
  LOCAL_FLAG,
  nameFinder,
  requireLocalSense,
  setContext,
} from './set-shared.ts'

/** Objects of the server cannot be changed without it. */
export const LOCAL_RESOURCE =
  'you must specify resources by --filename when --local is set.\n' +
  'Example resource specifications include:\n' +
  "   '-f rsrc.yaml'\n" +
  "   '--filename=rsrc.json'"

const COMMON = [
  ...OUTPUT_FLAGS,
  ...fileFlags('with the objects to change.'),
  DRY_RUN_FLAG,
  RECORD_FLAG,
  fieldManagerFlag('kubectl-set'),
  ALL_FLAG,
  LOCAL_FLAG,
]

export const setServiceAccount: Command = {
  name: 'serviceaccount',
  use: '(-f FILENAME | TYPE NAME) SERVICE_ACCOUNT',
  short: 'Update the service account of a resource',
  aliases: ['sa'],
  completes: 'resources',
  flags: COMMON,
  run: runServiceAccount,
}

function* runServiceAccount(call: Call): Process {
  const { args } = call
  const context = setContext(call)
  requireLocalSense(context)
  if (args.length === 0) throw new KubectlError('serviceaccount is required')
  const serviceAccountName = args.at(-1)!
  const infos = foundInfos(call, args.slice(0, -1))
  const change = changePodSpec(nameFinder(infos), (spec) => ({ ...spec, serviceAccountName }))
  const failure = 'failed to patch ServiceAccountName'
  const words = { done: 'serviceaccount updated', failure, printsUnchanged: true }
  throwAll(changeEach(context, infos, change, words))
  return 0
}

export const setSelector: Command = {
  name: 'selector',
  use: '(-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]',
  short: 'Set the selector on a resource',
  flags: [
    ...COMMON,
    { name: 'resource-version', type: 'string', usage: 'Only if this is the current version.' },
  ],
  run: runSelector,
}

function* runSelector(call: Call): Process {
  const { args, flags } = call
  const selector = args.length === 0 ? undefined : readSelector(args.at(-1)!)
  const context = setContext(call)
  if (selector === undefined) throw new KubectlError('one selector is required')
  if (flags.bool('local') && args.length > 1) throw new KubectlError(LOCAL_RESOURCE)
  const infos = foundInfos(call, args.slice(0, -1))
  const change = (object: KubeObject): KubeObject => withSelector(object, selector)
  const words = { done: 'selector updated', failure: '', printsUnchanged: true }
  throwAll(changeEach(context, infos, change, words))
  return 0
}

function readSelector(text: string): LabelSelector {
  try {
    return toLabelSelector(text)
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error
    throw new KubectlError(error.message)
  }
}

function withSelector(object: KubeObject, selector: LabelSelector): KubeObject {
  if (object.kind !== 'Service')
    throw new KubectlError('setting a selector is only supported for Services')
  if ((selector.matchExpressions ?? []).length > 0)
    throw new KubectlError('match expressions are not supported on this object')
  const spec = { ...(object.spec as object), selector: selector.matchLabels ?? {} }
  return { ...object, spec }
}

const RBAC = 'rbac.authorization.k8s.io'

export const setSubject: Command = {
  name: 'subject',
  use: '(-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=ns:name]',
  short: 'Update the user, group, or service account in a role binding or cluster role binding',
  flags: [
    ...COMMON,
    SELECTOR_FLAG,
    { name: 'group', type: 'array', usage: 'A group to add.' },
    { name: 'serviceaccount', type: 'array', usage: 'A service account: namespace:name.' },
    { name: 'user', type: 'array', usage: 'A user to add.' },
  ],
  run: runSubject,
}

function* runSubject(call: Call): Process {
  const { args, flags } = call
  const context = setContext(call)
  if (flags.bool('local') && args.length > 0) throw new KubectlError(LOCAL_RESOURCE)
  const infos = foundInfos(call, args)
  requireLocalSense(context)
  if (flags.bool('all') && flags.string('selector') !== '')
    throw new KubectlError('cannot set --all and --selector at the same time')
  const added = subjectsOf(call)
  const change = (object: KubeObject): KubeObject => {
    if (!/^(Cluster)?RoleBinding$/.test(object.kind))
      throw new KubectlError(
        'setting subjects is only supported for RoleBinding/ClusterRoleBinding',
      )
    const { subjects = [] } = object as { subjects?: readonly object[] }
    const known = new Set(subjects.map((subject) => JSON.stringify(subject)))
    const fresh = added.filter((subject) => !known.has(JSON.stringify(subject)))
    return { ...object, subjects: [...subjects, ...fresh] } as KubeObject
  }
  const failure = 'failed to patch subjects to rolebinding:'
  throwAll(changeEach(context, infos, change, { done: 'subjects updated', failure }))
  return 0
}

function subjectsOf({ flags, namespace }: Call): readonly object[] {
  const sorted = (name: string): string[] => [...new Set(flags.list(name))].sort()
  const [users, groups, accounts] = ['user', 'group', 'serviceaccount'].map(sorted) as [
    string[],
    string[],
    string[],
  ]
  if (users.length + groups.length + accounts.length === 0)
    throw new KubectlError('you must specify at least one value of user, group or serviceaccount')
  return [
    ...users.map((name) => ({ kind: 'User', apiGroup: RBAC, name })),
    ...groups.map((name) => ({ kind: 'Group', apiGroup: RBAC, name })),
    ...accounts.map((account) => {
      const [given = '', name = '', ...more] = account.split(':')
      if (name === '' || more.length > 0)
        throw new KubectlError('serviceaccount must be <namespace>:<name>')
      return { kind: serviceAccount.kind, name, namespace: given || namespace }
    }),
  ]
}
