// `kubectl replace` (kubectl pkg/cmd/replace): the whole object again; with `--force` it is deleted
// first and created again.
import { addMs } from '../../base/time.ts'
import type { KubeObject } from '../../sim/api-types/meta.ts'
import type { Call, Command } from '../command.ts'
import { isUserError, KubectlError, throwAll, withSource } from '../errors.ts'
import {
  fieldManagerFlag,
  fileFlags,
  requireFiles,
  SAVE_CONFIG_FLAG,
  submissionOf,
  VALIDATE_FLAG,
} from '../flag-groups.ts'
import { withAnnotation } from '../last-applied.ts'
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, resultPrinter } from '../output.ts'
import { rawRefusal } from '../raw.ts'
import type { Process, Wait } from '../process.ts'
import { build, errorsOf, selectionOf, type Found } from '../resolve.ts'
import { findLive } from '../server.ts'
import { submitCreate, submitReplace } from '../submit.ts'
import { cascadeOf, deleteAll, DELETION_FLAGS } from './delete.ts'

export const replace: Command = {
  name: 'replace',
  use: '-f FILENAME',
  short: 'Replace a resource by file name or stdin',
  long:
    'Puts the manifest in the place of the object. Everything the manifest does not say is gone,\n' +
    'so it must be complete; what cannot change needs --force, which deletes and creates.',
  examples: ['kubectl replace -f job.yaml', 'kubectl replace --force -f job.yaml'],
  // With --force the object is created when the old one is gone.
  writesLater: true,
  flags: [
    ...fileFlags('with the manifests.'),
    ...DELETION_FLAGS,
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    VALIDATE_FLAG,
    SAVE_CONFIG_FLAG,
    fieldManagerFlag('kubectl-replace'),
    { name: 'raw', type: 'string', usage: 'A raw URI; not in the lab.' },
    { name: 'subresource', type: 'string', usage: 'A subresource; not in the lab.' },
  ],
  run: runReplace,
}

const WAIT_MS = 5 * 60_000

function* runReplace(call: Call): Process {
  const { flags } = call
  const dryRun = dryRunOf(call)
  const submission = submissionOf(call, dryRun === 'server')
  resultPrinter(call, dryRun)
  cascadeOf(call, flags.string('cascade'))
  requireFiles(call)
  if (flags.string('raw') !== '') throw rawRefusal(call)
  const force = flags.bool('force')
  if (flags.int('grace-period') >= 0 && !force)
    throw new KubectlError('--grace-period must have --force specified')
  if (flags.duration('timeout') !== 0 && !force)
    throw new KubectlError('--timeout must have --force specified')
  if (force && dryRun !== 'none')
    throw new KubectlError('--dry-run can not be used when --force is set')
  if (force) yield* removeFirst(call)
  const found = build(call, { ...selectionOf(call), continueOnError: true })
  const write = force ? submitCreate : submitReplace
  const count = replaceAll(call, found, (info) =>
    dryRun === 'client' ? info.object : write(submission, info.resource, info.object),
  )
  if (count === 0 && force) throw new KubectlError('no objects passed to replace')
  return 0
}

type Write = (info: { resource: Found['infos'][0]['resource']; object: KubeObject }) => KubeObject

function replaceAll(call: Call, found: Found, write: Write): number {
  const print = resultPrinter(call, dryRunOf(call))
  const force = call.flags.bool('force')
  const errors = [...errorsOf(found.error)]
  let count = 0
  for (const { resource, object, source } of found.infos)
    try {
      const manifest = withAnnotation(object!, call.flags.bool('save-config'))
      print(write({ resource, object: manifest }), 'replaced')
      count++
    } catch (error) {
      if (!isUserError(error)) throw error
      errors.push(force ? error : withSource('replacing', source, error))
    }
  throwAll(errors)
  return count
}

/** Deletes what the files name and waits until it is gone, looking once a second. */
function* removeFirst(call: Call): Generator<Wait, void, void> {
  const { flags, context } = call
  const { world } = context
  const found = build(call, { ...selectionOf(call), continueOnError: true, unfetched: true })
  const given = flags.int('grace-period')
  yield* deleteAll(call, found.infos, found.error, {
    cascade: 'Background',
    gracePeriod: given === 0 ? 1 : given,
    dryRun: 'none',
    output: flags.string('output') === 'name' ? 'name' : '',
    ignoreNotFound: true,
    wait: given === 0 || flags.bool('wait'),
    timeoutMs: flags.duration('timeout'),
  })
  const until = addMs(world.now, flags.duration('timeout') || WAIT_MS)
  for (const { resource, namespace, name } of found.infos)
    while (findLive(world, resource, namespace, name) !== undefined) {
      if (world.now >= until) throw new KubectlError('context deadline exceeded')
      yield { until, kinds: [resource.kind] }
    }
}
