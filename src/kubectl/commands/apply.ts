// `kubectl apply`: creates what is not there and patches what is (kubectl pkg/cmd/apply).
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { goJsonSorted } from '../../sim/lib/go-quote.ts'
import { ApiError } from '../../sim/errors.ts'
import type { Call, Command } from '../command.ts'
import { isUserError, KubectlError, throwAll, usageError, withSource } from '../errors.ts'
import {
  fieldManagerFlag,
  fileFlags,
  RECORD_FLAG,
  requireFiles,
  SELECTOR_FLAG,
  submissionOf,
  VALIDATE_FLAG,
} from '../flag-groups.ts'
import { annotated, LAST_APPLIED, lastApplied } from '../last-applied.ts'
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, outputFormat, resultPrinter } from '../output.ts'
import { objectPrinter, type DryRun } from '../output.ts'
import { isMap, type JsonMap } from '../patch/lists.ts'
import { threeWayPatch } from '../patch/three-way.ts'
import { listOf } from '../print/name.ts'
import type { Process } from '../process.ts'
import { build, isNotFound, selectionOf, type Info } from '../resolve.ts'
import { getLive, findLive } from '../server.ts'
import { infoText } from '../info-text.ts'
import { patchedBody, submitCreate, submitPatch, type Submission } from '../submit.ts'
import { editLastApplied, setLastApplied, viewLastApplied } from './apply-last.ts'
import { cascadeOf, DELETION_FLAGS } from './delete.ts'

export const apply: Command = {
  name: 'apply',
  use: '(-f FILENAME | -k DIRECTORY)',
  short: 'Apply a configuration to a resource by file name or stdin',
  long:
    'Makes the cluster match manifests: creates what does not exist, changes what differs, and\n' +
    'leaves alone what others set. What was applied is remembered in an annotation.',
  examples: ['kubectl apply -f job.yaml', 'kubectl apply -f . --dry-run=server'],
  flags: [
    ...fileFlags('with the manifests to apply.'),
    ...DELETION_FLAGS,
    ...OUTPUT_FLAGS,
    SELECTOR_FLAG,
    VALIDATE_FLAG,
    DRY_RUN_FLAG,
    RECORD_FLAG,
    fieldManagerFlag('kubectl-client-side-apply'),
    { name: 'all', type: 'bool', usage: 'Select everything in the namespace, for --prune.' },
    { name: 'force-conflicts', type: 'bool', usage: 'Take over fields, with --server-side.' },
    { name: 'openapi-patch', type: 'bool', value: 'true', usage: 'Use the schema for patches.' },
    { name: 'overwrite', type: 'bool', value: 'true', usage: 'Manifests win over the cluster.' },
    { name: 'prune', type: 'bool', usage: 'Delete what is no longer in the manifests.' },
    { name: 'prune-allowlist', type: 'array', usage: 'Which types --prune may delete.' },
    { name: 'server-side', type: 'bool', usage: 'Let the server merge.' },
    { name: 'subresource', type: 'string', usage: 'The subresource, with --server-side.' },
  ],
  commands: [viewLastApplied, setLastApplied, editLastApplied],
  run: runApply,
}

interface Apply {
  readonly call: Call
  readonly dryRun: DryRun
  readonly submission: Submission
  readonly print: (object: KubeObject, operation: string) => void
}

function* runApply(call: Call): Process {
  const { args, flags, path } = call
  if (args.length > 0) throw usageError(path, `Unexpected args: [${args.join(' ')}]`)
  const dryRun = dryRunOf(call)
  requireFiles(call)
  cascadeOf(call, flags.string('cascade'))
  const submission = submissionOf(call, dryRun === 'server')
  requireSense(call, dryRun)
  const format = outputFormat(call)
  const printed: KubeObject[] = []
  const oneLine = format === '' || format === 'name'
  const print = oneLine
    ? resultPrinter(call, dryRun)
    : (object: KubeObject): void => void printed.push(object)
  const whole = oneLine ? undefined : objectPrinter(call, format)
  const found = build(call, { ...selectionOf(call), all: false, continueOnError: true })
  const errors: Error[] = found.error === undefined ? [] : [found.error]
  if (found.infos.length === 0 && errors.length === 0)
    throw new KubectlError('no objects passed to apply')
  const apply: Apply = { call, dryRun, submission, print }
  for (const info of found.infos)
    try {
      if (flags.bool('server-side')) applyOnServer(apply, info)
      else applyOne(apply, info)
    } catch (error) {
      if (!isUserError(error)) throw error
      errors.push(error)
    }
  throwAll(errors)
  if (whole !== undefined && printed.length > 0)
    call.context.stdout(whole(printed.length === 1 ? printed[0]! : listOf(printed)))
  return 0
}

function requireSense({ flags }: Call, dryRun: DryRun): void {
  const serverSide = flags.bool('server-side')
  const force = flags.bool('force')
  if (flags.bool('force-conflicts') && !serverSide)
    throw new KubectlError('--force-conflicts only works with --server-side')
  if (dryRun === 'client' && serverSide)
    throw new KubectlError(
      "--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)",
    )
  if (force && serverSide) throw new KubectlError('--force cannot be used with --server-side')
  if (dryRun === 'server' && force)
    throw new KubectlError('--dry-run=server cannot be used with --force')
  if (flags.bool('all') && flags.string('selector') !== '')
    throw new KubectlError('cannot set --all and --selector at the same time')
  if (flags.bool('prune') && !flags.bool('all') && flags.string('selector') === '')
    throw new KubectlError(
      'all resources selected for prune without explicitly passing --all. To prune all ' +
        'resources, pass the --all flag. If you did not mean to prune all resources, specify a ' +
        'label selector',
    )
  if (flags.bool('prune'))
    throw new KubectlError('the lab does not prune: delete what is no longer wanted by name')
  if (flags.string('subresource') !== '' && !serverSide)
    throw new KubectlError('--subresource can only be specified for --server-side')
}

function applyOne(apply: Apply, info: Info): void {
  const { call, dryRun, submission, print } = apply
  const object = info.object!
  requireName(info)
  const modified = annotated(object)
  const live = liveOf(call, info)
  if (live === undefined) {
    const fresh = withoutNulls(modified) as KubeObject
    if (dryRun === 'client') return print(fresh, 'created')
    return print(
      attempt('creating', info, () => submitCreate(submission, info.resource, fresh)),
      'created',
    )
  }
  if (live.metadata.annotations?.[LAST_APPLIED] === undefined) warnUnapplied(call, info)
  const patch = threeWayPatch(
    lastApplied(live) ?? {},
    modified as unknown as JsonMap,
    live as unknown as JsonMap,
  )
  const unchanged = Object.keys(patch).length === 0
  const patched = unchanged ? live : patchLive(apply, info, live, patch)
  if (patched.metadata.deletionTimestamp !== undefined)
    call.context.stderr(
      `Warning: Detected changes to resource ${info.name} which is currently being deleted.\n`,
    )
  print(patched, unchanged ? 'unchanged' : 'configured')
}

function patchLive(
  { dryRun, submission, call }: Apply,
  info: Info,
  live: KubeObject,
  patch: JsonMap,
): KubeObject {
  const { namespace, name, source } = info
  if (dryRun === 'client')
    return patchedBody(live, { type: 'strategic', body: patch }) as KubeObject
  const body = JSON.parse(JSON.stringify(patch)) as JsonMap
  try {
    return submitPatch(submission, info.resource, { namespace, name, type: 'strategic', body })
  } catch (error) {
    if (!isUserError(error)) throw error
    if (call.flags.bool('force') && error instanceof ApiError && error.reason === 'Invalid')
      throw new KubectlError(
        'the lab does not recreate with --force: use kubectl replace --force -f instead',
      )
    const inner = withSource('patching', source, error)
    const what = `applying patch:\n${goJsonSorted(patch)}\nto:\n${infoText(info)}\nfor:`
    throw withSource(what, source, inner)
  }
}

/** Server-side apply, without field managers: what the manifest says is set, nothing is removed. */
function applyOnServer({ call, submission, print }: Apply, info: Info): void {
  requireName(info)
  const { namespace, name, resource } = info
  const object = info.object!
  const live = findLive(call.context.world, resource, namespace, name)
  const applied =
    live === undefined
      ? submitCreate(submission, resource, object)
      : submitPatch(submission, resource, { namespace, name, type: 'strategic', body: object })
  print(applied, 'serverside-applied')
}

function requireName({ name, object }: Info): void {
  const generated = object?.metadata.generateName ?? ''
  if (name === '' && generated !== '')
    throw new KubectlError(`from ${generated}: cannot use generate name with apply`)
}

function liveOf(call: Call, info: Info): KubeObject | undefined {
  try {
    return getLive(call.context.world, info.resource, info.namespace, info.name)
  } catch (error) {
    if (!isUserError(error)) throw error
    if (isNotFound(error)) return undefined
    const what = `retrieving current configuration of:\n${infoText(info)}\nfrom server for:`
    throw withSource(what, info.source, error)
  }
}

function warnUnapplied(call: Call, { resource, name }: Info): void {
  call.context.stderr(
    `Warning: resource ${resource.plural}/${name} is missing the ${LAST_APPLIED} annotation ` +
      'which is required by kubectl apply. kubectl apply should only be used on resources ' +
      'created declaratively by either kubectl create --save-config or kubectl apply. The ' +
      'missing annotation will be patched automatically.\n',
  )
}

function attempt<T>(verb: string, { source }: Info, action: () => T): T {
  try {
    return action()
  } catch (error) {
    if (!isUserError(error)) throw error
    throw withSource(verb, source, error)
  }
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isMap(value)) return value
  const entries = Object.entries(value).filter(([, part]) => part !== null)
  return Object.fromEntries(entries.map(([key, part]) => [key, withoutNulls(part)]))
}
