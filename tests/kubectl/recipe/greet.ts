// A command as the README's recipe makes one: `kubectl greet TYPE NAME`, which reads an object, waits
// a second of virtual time, and prints.
import { addMs } from '../../../src/base/time.ts'
import type { Call, Command } from '../../../src/kubectl/command.ts'
import { KubectlError, throwAll } from '../../../src/kubectl/errors.ts'
import type { Process } from '../../../src/kubectl/process.ts'
import { build, errorsOf, selectionOf } from '../../../src/kubectl/resolve.ts'

export const greet: Command = {
  name: 'greet',
  use: '(TYPE NAME | TYPE/NAME)',
  short: 'Greet an object',
  examples: ['kubectl greet node worker-1'],
  flags: [{ name: 'loud', type: 'bool', usage: 'If true, in capitals.' }],
  completes: 'resources',
  run: runGreet,
}

function* runGreet(call: Call): Process {
  const { context, flags, args } = call
  if (args.length === 0) throw new KubectlError('nobody to greet')
  const found = build(call, { ...selectionOf(call), args })
  throwAll(errorsOf(found.error))
  yield { until: addMs(context.world.now, 1000) }
  for (const { name } of found.infos) {
    const text = `hello ${name}`
    context.stdout(`${flags.bool('loud') ? text.toUpperCase() : text}\n`)
  }
  return 0
}
