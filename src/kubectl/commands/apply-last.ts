// `kubectl apply view-last-applied` and its kin: the annotation that remembers what was applied.
import { goQuote } from '../../sim/lib/go-quote.ts'
import type { Call, Command } from '../command.ts'
import { isUserError, KubectlError, throwAll, usageError, withSource } from '../errors.ts'
import { fileFlags, SELECTOR_FLAG, submissionOf } from '../flag-groups.ts'
import { annotated, LAST_APPLIED, lastApplied } from '../last-applied.ts'
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, resultPrinter } from '../output.ts'
import { toYaml } from '../print/yaml.ts'
import type { Process } from '../process.ts'
import { build, errorsOf, selectionOf } from '../resolve.ts'
import { getLive } from '../server.ts'
import { submitPatch } from '../submit.ts'

export const viewLastApplied: Command = {
  name: 'view-last-applied',
  use: '(TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)',
  short: 'View the latest last-applied-configuration annotations of a resource/object',
  completes: 'resources',
  flags: [
    ...fileFlags('with the objects.'),
    SELECTOR_FLAG,
    { name: 'all', type: 'bool', usage: 'All objects of the given types in the namespace.' },
    { name: 'output', short: 'o', type: 'string', value: 'yaml', usage: 'yaml or json.' },
  ],
  run: runView,
}

function* runView(call: Call): Process {
  const { flags, args, path, context } = call
  const format = flags.string('output')
  if (format !== 'yaml' && format !== 'json')
    throw usageError(
      path,
      `Unexpected -o output mode: ${format}, the flag 'output' must be one of yaml|json`,
    )
  const found = build(call, { ...selectionOf(call), args, continueOnError: true, latest: true })
  const errors = [...errorsOf(found.error)]
  for (const { object, name } of found.infos) {
    const applied = lastApplied(object!)
    if (applied === undefined)
      errors.push(
        new KubectlError(`no last-applied-configuration annotation found on resource: ${name}`),
      )
    else if (format === 'json') context.stdout(JSON.stringify(applied, undefined, 2))
    else context.stdout(toYaml(applied))
  }
  throwAll(errors)
  return 0
}

export const setLastApplied: Command = {
  name: 'set-last-applied',
  use: '-f FILENAME',
  short:
    'Set the last-applied-configuration annotation on a live object to match the contents of a file',
  flags: [
    ...fileFlags('with the manifests.'),
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    { name: 'create-annotation', type: 'bool', usage: 'Also where there is no annotation yet.' },
  ],
  run: runSet,
}

function* runSet(call: Call): Process {
  const { flags, context } = call
  const dryRun = dryRunOf(call)
  const print = resultPrinter(call, dryRun)
  const found = build(call, { ...selectionOf(call), continueOnError: true })
  const errors = [...errorsOf(found.error)]
  for (const { resource, namespace, name, object, source } of found.infos)
    try {
      const live = getLive(context.world, resource, namespace, name)
      if (lastApplied(live) === undefined && !flags.bool('create-annotation'))
        throw new KubectlError(
          `no last-applied-configuration annotation found on resource: ${name}, to create the ` +
            'annotation, run the command with --create-annotation',
        )
      const text = annotated(object!).metadata.annotations![LAST_APPLIED]!
      const body = { metadata: { annotations: { [LAST_APPLIED]: text } } }
      const patch = { namespace, name, type: 'merge', body } as const
      print(submitPatch(submissionOf(call, dryRun !== 'none'), resource, patch), 'configured')
    } catch (error) {
      if (!isUserError(error)) throw error
      errors.push(withSource('setting', source, error))
    }
  throwAll(errors)
  return 0
}

export const editLastApplied: Command = {
  name: 'edit-last-applied',
  use: '(RESOURCE/NAME | -f FILENAME)',
  short: 'Edit latest last-applied-configuration annotations of a resource/object',
  completes: 'resources',
  flags: [...fileFlags('with the object.'), ...OUTPUT_FLAGS],
  run: function* ({ args }) {
    const what = args.length === 0 ? 'an object' : goQuote(args.join(' '))
    throw new KubectlError(
      `the lab has no editor in the terminal for ${what}: apply a file instead`,
    )
  },
}
