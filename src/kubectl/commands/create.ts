// `kubectl create`: from manifests, or by generators for the simplest objects (kubectl
// pkg/cmd/create). There is no generator for DaemonSets, here as there.
import type { Call, Command } from '../command.ts'
import { isUserError, KubectlError, throwAll, usageError, withSource } from '../errors.ts'
import {
  fieldManagerFlag,
  fileFlags,
  RECORD_FLAG,
  requireFiles,
  SAVE_CONFIG_FLAG,
  SELECTOR_FLAG,
  submissionOf,
  VALIDATE_FLAG,
} from '../flag-groups.ts'
import { KUBECTL_KINDS } from '../kinds/index.ts'
import { withAnnotation } from '../last-applied.ts'
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, resultPrinter } from '../output.ts'
import { rawRefusal } from '../raw.ts'
import type { Process } from '../process.ts'
import { build, selectionOf } from '../resolve.ts'
import { submitCreate } from '../submit.ts'
import { OTHER_GENERATORS } from './create-others.ts'

export const create: Command = {
  name: 'create',
  use: '-f FILENAME',
  short: 'Create a resource from a file or from stdin',
  long:
    'Creates the objects of manifests, or a simple object by one of the commands below. What\n' +
    'exists already is an error; "kubectl apply" would change it.',
  examples: [
    'kubectl create -f job.yaml',
    'kubectl create job hello --image=busybox -- date',
    'kubectl create job again --from=cronjob/daily-report',
  ],
  flags: [
    ...fileFlags('with the manifests to create.'),
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    VALIDATE_FLAG,
    SELECTOR_FLAG,
    RECORD_FLAG,
    SAVE_CONFIG_FLAG,
    fieldManagerFlag('kubectl-create'),
    { name: 'edit', type: 'bool', usage: 'Edit before creating; use the editor beside instead.' },
    { name: 'raw', type: 'string', usage: 'A raw URI; not in the lab.' },
    { name: 'windows-line-endings', type: 'bool', usage: 'Only with --edit.' },
  ],
  commands: [
    ...KUBECTL_KINDS.flatMap((kind) => (kind.create === undefined ? [] : [kind.create])),
    ...OTHER_GENERATORS,
  ],
  run: runCreate,
}

function* runCreate(call: Call): Process {
  const { args, flags, path } = call
  if (args.length > 0) throw usageError(path, `Unexpected args: [${args.join(' ')}]`)
  const dryRun = dryRunOf(call)
  const submission = submissionOf(call, dryRun === 'server')
  const print = resultPrinter(call, dryRun)
  requireFiles(call)
  if (flags.string('raw') !== '') throw rawRefusal(call)
  if (flags.bool('edit'))
    throw new KubectlError('the lab has no --edit: change the file in the editor')
  const found = build(call, { ...selectionOf(call), continueOnError: true })
  const errors: Error[] = []
  let count = 0
  for (const { resource, object, source } of found.infos)
    try {
      const manifest = withAnnotation(object!, flags.bool('save-config'))
      const created = dryRun === 'client' ? manifest : submitCreate(submission, resource, manifest)
      count++
      print(created, 'created')
    } catch (error) {
      if (!isUserError(error)) throw error
      errors.push(withSource('creating', source, error))
    }
  if (found.error !== undefined) errors.unshift(found.error)
  throwAll(errors)
  if (count === 0) throw new KubectlError('no objects passed to create')
  return 0
}
