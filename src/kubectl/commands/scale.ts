// `kubectl scale` (kubectl pkg/cmd/scale): nothing in the lab has a scale, and the API server says
// so as it does for Jobs and DaemonSets everywhere.
import { ApiError } from '../../sim/errors.ts'
import type { Call, Command } from '../command.ts'
import { KubectlError } from '../errors.ts'
import { fileFlags, RECORD_FLAG, SELECTOR_FLAG } from '../flag-groups.ts'
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, resultPrinter } from '../output.ts'
import type { Process } from '../process.ts'
import { build, selectionOf } from '../resolve.ts'

export const scale: Command = {
  name: 'scale',
  use:
    '[--resource-version=version] [--current-replicas=count] --replicas=COUNT ' +
    '(-f FILENAME | TYPE NAME)',
  short: 'Set a new size for a deployment, replica set, or replication controller',
  long:
    'Jobs, CronJobs and DaemonSets cannot be scaled: set spec.parallelism of a Job, or choose the\n' +
    'nodes of a DaemonSet.',
  completes: 'resources',
  required: ['replicas'],
  flags: [
    ...OUTPUT_FLAGS,
    ...fileFlags('with the objects to scale.'),
    DRY_RUN_FLAG,
    RECORD_FLAG,
    SELECTOR_FLAG,
    { name: 'all', type: 'bool', usage: 'All objects of the given types in the namespace.' },
    { name: 'current-replicas', type: 'int', value: '-1', usage: 'Only from this size.' },
    { name: 'replicas', type: 'int', value: '0', usage: 'The new size.' },
    { name: 'resource-version', type: 'string', usage: 'Only if this is the current version.' },
    { name: 'timeout', type: 'duration', value: '0s', usage: 'How long to wait for it.' },
  ],
  run: runScale,
}

function* runScale(call: Call): Process {
  const { flags, args } = call
  const dryRun = dryRunOf(call)
  if (flags.int('replicas') < 0)
    throw new KubectlError(
      'The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0',
    )
  if (flags.int('current-replicas') < -1)
    throw new KubectlError('The --current-replicas must specify an integer of -1 or greater')
  const print = resultPrinter(call, dryRun)
  const found = build(call, { ...selectionOf(call), args, continueOnError: true })
  if (flags.string('resource-version') !== '' && found.infos.length > 1)
    throw new KubectlError('cannot use --resource-version with multiple resources')
  if (found.infos.length === 0) throw found.error ?? new KubectlError('no objects passed to scale')
  if (dryRun !== 'client')
    throw new ApiError('NotFound', 'the server could not find the requested resource')
  for (const { object } of found.infos) print(object!, 'scaled')
  if (found.error !== undefined) throw found.error
  return 0
}
