// What `label` and `annotate` have in common: objects first, then KEY=VALUE and KEY- changes.
import type { Call } from '../command.ts'
import { KubectlError } from '../errors.ts'
import type { FlagSpec } from '../flags.ts'
import {
  ALL_NAMESPACES_FLAG,
  fieldManagerFlag,
  FIELD_SELECTOR_FLAG,
  fileFlags,
  RECORD_FLAG,
  SELECTOR_FLAG,
} from '../flag-groups.ts'
import { DRY_RUN_FLAG, OUTPUT_FLAGS } from '../output.ts'
import { build, selectionOf, type Found, type Info } from '../resolve.ts'

/** The flags of `label` and `annotate`; `what` is `labels` or `annotations`. */
export function metadataFlags(what: string): readonly FlagSpec[] {
  return [
    ...OUTPUT_FLAGS,
    ...fileFlags(`with the objects whose ${what} to change.`),
    SELECTOR_FLAG,
    FIELD_SELECTOR_FLAG,
    ALL_NAMESPACES_FLAG,
    DRY_RUN_FLAG,
    RECORD_FLAG,
    fieldManagerFlag(`kubectl-${what.slice(0, -1)}`),
    { name: 'all', type: 'bool', usage: 'All objects of the given types in the namespace.' },
    { name: 'list', type: 'bool', usage: `Show the ${what}.` },
    { name: 'local', type: 'bool', usage: 'Change what the files say, without the server.' },
    { name: 'overwrite', type: 'bool', usage: 'Replace values that are there already.' },
    { name: 'resource-version', type: 'string', usage: 'Only if this is the current version.' },
  ]
}

export interface Pairs {
  readonly resources: readonly string[]
  readonly set: ReadonlyMap<string, string>
  readonly remove: readonly string[]
}

/** Splits objects from changes (GetResourcesAndPairs); `kind` is `label` or `annotation`. */
export function splitPairs(args: readonly string[], kind: string) {
  const resources: string[] = []
  const pairs: string[] = []
  for (const arg of args) {
    const isPair = arg.indexOf('=') > 0 || (arg.endsWith('-') && arg !== '-')
    if (isPair) pairs.push(arg)
    else if (pairs.length === 0) resources.push(arg)
    else throw new KubectlError(`all resources must be specified before ${kind} changes: ${arg}`)
  }
  return { resources, pairs }
}

/** The objects a call is about; throws what is wrong with the question. */
export function changedObjects(call: Call, pairs: Pairs, kind: string): Found {
  const { flags } = call
  if (flags.bool('list') && flags.string('output') !== '')
    throw new KubectlError('--list and --output may not be specified together')
  if (flags.bool('all') && flags.string('selector') !== '')
    throw new KubectlError('cannot set --all and --selector at the same time')
  if (flags.bool('all') && flags.string('field-selector') !== '')
    throw new KubectlError('cannot set --all and --field-selector at the same time')
  requireObjects(call, pairs.resources, kind)
  if (pairs.set.size === 0 && pairs.remove.length === 0 && !flags.bool('list'))
    throw new KubectlError(`at least one ${kind} update is required`)
  const options = { ...selectionOf(call), continueOnError: true }
  const found = flags.bool('local')
    ? build(call, { ...options, all: false, labels: '', fields: '', local: true })
    : build(call, { ...options, args: pairs.resources, latest: true })
  if (!found.single && flags.string('resource-version') !== '')
    throw new KubectlError('--resource-version may only be used with a single resource')
  return found
}

/** Objects of the server, or with `--local` files alone. */
function requireObjects({ flags }: Call, resources: readonly string[], kind: string): void {
  const noFiles = flags.list('filename').length === 0 && flags.string('kustomize') === ''
  if (!flags.bool('local')) {
    if (resources.length === 0 && noFiles)
      throw new KubectlError(
        'one or more resources must be specified as <resource> <name> or <resource>/<name>',
      )
    return
  }
  const [yaml, json] = kind === 'label' ? ['pod.yaml', 'pod.json'] : ['rsrc.yaml', 'rsrc.json']
  const files = `-f ${yaml} or --filename=${json}`
  if (flags.string('dry-run') === 'server')
    throw new KubectlError(
      'cannot specify --local and --dry-run=server - did you mean --dry-run=client?',
    )
  if (resources.length > 0)
    throw new KubectlError(`can only use local files by ${files} when --local=true is set`)
  if (noFiles) throw new KubectlError(`one or more files must be specified as ${files}`)
}

type Values = Readonly<Record<string, string>>

/** Throws for values that would be replaced without `--overwrite`. */
export function requireNew(present: Values, set: ReadonlyMap<string, string>): void {
  const taken = [...set].filter(([key, value]) => (present[key] ?? value) !== value)
  const problems = taken.map(
    ([key]) => `'${key}' already has a value (${present[key]}), and --overwrite is false`,
  )
  if (problems.length > 0)
    throw new KubectlError(problems.length === 1 ? problems[0]! : `[${problems.join(', ')}]`)
}

/** `--list`: one `key=value` a line, under a title when there are several objects. */
export function listValues(call: Call, info: Info, values: Values, what: string, one: boolean) {
  const { stdout } = call.context
  const { kind, group } = info.resource
  if (!one) stdout(`Listing ${what} for ${kind}.${group}/${info.name}:\n`)
  const indent = one ? '' : ' '
  for (const key of Object.keys(values).sort()) stdout(`${indent}${key}=${values[key]}\n`)
}
