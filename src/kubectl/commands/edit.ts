// `kubectl edit`: opens no editor, because one is beside the terminal; and `kubectl diff`.
import { deepEqual } from '../../base/deep-equal.ts'
import { hunksOf, unified } from '../../base/line-diff.ts'
import type { KubeObject } from '../../sim/api-types/meta.ts'
import type { Call, Command } from '../command.ts'
import {
  ExitError,
  isUserError,
  KubectlError,
  renderError,
  throwAll,
  usageError,
} from '../errors.ts'
import { fieldManagerFlag, fileFlags, requireFiles, SELECTOR_FLAG } from '../flag-groups.ts'
import { submissionOf, VALIDATE_FLAG, SAVE_CONFIG_FLAG } from '../flag-groups.ts'
import { annotated, lastApplied } from '../last-applied.ts'
import { OUTPUT_FLAGS } from '../output.ts'
import type { JsonMap } from '../patch/lists.ts'
import { threeWayPatch } from '../patch/three-way.ts'
import { toYaml } from '../print/yaml.ts'
import type { Process } from '../process.ts'
import { build, errorsOf, selectionOf, type Info } from '../resolve.ts'
import { findLive } from '../server.ts'
import { submitCreate, submitPatch } from '../submit.ts'

export const edit: Command = {
  name: 'edit',
  use: '(RESOURCE/NAME | -f FILENAME)',
  short: 'Edit a resource on the server',
  long: 'The terminal has no editor of its own: use the one beside it, then apply the file.',
  completes: 'resources',
  flags: [
    ...OUTPUT_FLAGS,
    ...fileFlags('with the object to edit.'),
    VALIDATE_FLAG,
    SAVE_CONFIG_FLAG,
    fieldManagerFlag('kubectl-edit'),
    { name: 'output-patch', type: 'bool', usage: 'Show the patch.' },
    { name: 'subresource', type: 'string', usage: 'A subresource.' },
  ],
  run: runEdit,
}

function* runEdit(call: Call): Process {
  const found = build(call, {
    ...selectionOf(call),
    args: call.args,
    continueOnError: true,
    latest: true,
  })
  throwAll(errorsOf(found.error))
  const [info] = found.infos
  const what = info === undefined ? 'TYPE/NAME' : `${info.resource.singular}/${info.name}`
  throw new KubectlError(
    `the lab edits in the editor beside: write "kubectl get ${what} -o yaml" to a file, change ` +
      'it there, and apply it',
  )
}

export const diff: Command = {
  name: 'diff',
  use: '-f FILENAME',
  short: 'Diff the live version against a would-be applied version',
  examples: ['kubectl diff -f job.yaml'],
  flags: [
    ...fileFlags('with the manifests to compare.'),
    SELECTOR_FLAG,
    fieldManagerFlag('kubectl-client-side-apply'),
    { name: 'concurrency', type: 'int', value: '1', usage: 'Objects compared at once.' },
    { name: 'force-conflicts', type: 'bool', usage: 'Take over fields, with --server-side.' },
    { name: 'prune', type: 'bool', usage: 'Show what --prune would delete; not in the lab.' },
    { name: 'prune-allowlist', type: 'array', usage: 'Which types --prune may delete.' },
    { name: 'server-side', type: 'bool', usage: 'Let the server merge.' },
    { name: 'show-managed-fields', type: 'bool', usage: 'Keep managed fields.' },
    { name: 'show-secrets', type: 'bool', usage: 'Show the values of Secrets.' },
  ],
  run: runDiff,
}

/** Exit codes of diff: 1 says that something differs, 2 that nobody knows. */
const EXIT_FAILED = 2

function* runDiff(call: Call): Process {
  try {
    return compareAll(call)
  } catch (error) {
    if (!isUserError(error)) throw error
    throw new ExitError(renderError(error).text, EXIT_FAILED)
  }
}

function compareAll(call: Call): number {
  const { flags, args, path } = call
  if (args.length > 0) throw usageError(path, `Unexpected args: [${args.join(' ')}]`)
  requireFiles(call)
  if (flags.bool('force-conflicts') && !flags.bool('server-side'))
    throw new KubectlError('--force-conflicts only works with --server-side')
  if (flags.bool('prune'))
    throw new KubectlError('the lab does not prune: delete what is no longer wanted by name')
  const found = build(call, { ...selectionOf(call), continueOnError: true })
  throwAll(errorsOf(found.error))
  let changed = false
  for (const info of found.infos) {
    const text = diffOf(call, info)
    changed ||= text !== ''
    call.context.stdout(text)
  }
  return changed ? 1 : 0
}

/** A unified diff of the live object and what applying would make of it; '' when they are equal. */
function diffOf(call: Call, info: Info): string {
  const { resource, namespace, name } = info
  const live = findLive(call.context.world, resource, namespace, name)
  const merged = wouldBe(call, info, live)
  if (live !== undefined && deepEqual(live, merged)) return ''
  const { group, version, kind } = resource
  const file = [...(group === '' ? [] : [group]), version, kind, namespace, name].join('.')
  const before = live === undefined ? '' : toYaml(live)
  const text = unified(hunksOf(before, toYaml(merged)))
  const [from, to] = [`/tmp/LIVE/${file}`, `/tmp/MERGED/${file}`]
  return `diff -u -N ${from} ${to}\n--- ${from}\n+++ ${to}\n${text}`
}

function wouldBe(call: Call, info: Info, live: KubeObject | undefined): KubeObject {
  const { resource, namespace, name } = info
  const submission = submissionOf(call, true)
  const modified = annotated(info.object!)
  if (live === undefined) return submitCreate(submission, resource, modified)
  const body = threeWayPatch(
    lastApplied(live) ?? {},
    modified as unknown as JsonMap,
    live as unknown as JsonMap,
  )
  if (Object.keys(body).length === 0) return live
  return submitPatch(submission, resource, { namespace, name, type: 'strategic', body })
}
