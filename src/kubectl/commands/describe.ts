// `kubectl describe` (kubectl pkg/cmd/describe): one object, several, or all whose name begins so.
import type { KubeEvent } from '../../sim/api-types/core.ts'
import type { KubeObject } from '../../sim/api-types/meta.ts'
import type { Pod } from '../../sim/api-types/pod.ts'
import { event as eventKind } from '../../sim/kinds/event.ts'
import { pod as podKind } from '../../sim/kinds/pod.ts'
import { listObjects } from '../../sim/store.ts'
import type { Call, Command } from '../command.ts'
import { isUserError, KubectlError, throwAll } from '../errors.ts'
import { ALL_NAMESPACES_FLAG, CHUNK_FLAG, fileFlags, SELECTOR_FLAG } from '../flag-groups.ts'
import { leaseOf } from '../lease.ts'
import type { DescribeContext } from '../print/describe/context.ts'
import { describeObject, describeObjects } from '../print/describe/index.ts'
import type { Process } from '../process.ts'
import { getLive } from '../server.ts'
import { build, errorsOf, isNotFound, selectionOf, type Info } from '../resolve.ts'

export const describe: Command = {
  name: 'describe',
  use: '(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)',
  short: 'Show details of a specific resource or group of resources',
  long:
    'Shows an object with what belongs to it, its events above all. Without an object of that\n' +
    'exact name all whose names begin so are shown.',
  examples: [
    'kubectl describe job pi-calculator',
    'kubectl describe pods -l job-name=pi-calculator',
    'kubectl describe node novacraft-worker',
  ],
  suggestFor: ['inspect'],
  completes: 'resources',
  flags: [
    ...fileFlags('with the objects to describe.'),
    SELECTOR_FLAG,
    ALL_NAMESPACES_FLAG,
    CHUNK_FLAG,
    {
      name: 'show-events',
      type: 'bool',
      value: 'true',
      usage: 'Show events; by default for one object, not for several or for a prefix.',
    },
  ],
  run: runDescribe,
}

function* runDescribe(call: Call): Process {
  const { args, flags, context, namespace } = call
  if (args.length === 0 && flags.list('filename').length === 0)
    throw new KubectlError(
      'You must specify the type of resource to describe. Use "kubectl api-resources" for a ' +
        'complete list of supported resources.\n',
    )
  const found = build(call, {
    ...selectionOf(call),
    args,
    typeAloneIsAll: true,
    continueOnError: true,
  })
  const { infos, error } = found
  const hide = (error !== undefined || infos.length > 1) && !flags.changed('show-events')
  const showEvents = !hide && flags.bool('show-events')
  if (error !== undefined && isNotFound(error) && args.length === 2)
    return describePrefix(call, error, showEvents)
  const errors = [...errorsOf(error)]
  const objects = liveObjects(call, infos, errors)
  if (objects.length > 0) context.stdout(describeObjects(objects, contextOf(call, showEvents)))
  if (infos.length === 0 && error === undefined)
    context.stderr(
      flags.bool('all-namespaces')
        ? 'No resources found\n'
        : `No resources found in ${namespace} namespace.\n`,
    )
  throwAll(errors)
  return 0
}

/** The objects as the server has them, also those that a file names. */
function liveObjects(call: Call, infos: readonly Info[], errors: Error[]): readonly KubeObject[] {
  const { world } = call.context
  return infos.flatMap(({ resource, namespace, name }) => {
    try {
      return [getLive(world, resource, namespace, name)]
    } catch (error) {
      if (!isUserError(error)) throw error
      if (!errors.some(({ message }) => message === error.message)) errors.push(error)
      return []
    }
  })
}

/** All objects whose names begin with what was typed; the original error when there are none. */
function describePrefix(call: Call, original: Error, showEvents: boolean): number {
  const [type = '', prefix = ''] = call.args
  const found = build(call, { args: [type], typeAloneIsAll: true, singleType: true })
  if (found.error !== undefined) throw found.error
  const infos = found.infos.filter(({ name }) => name.startsWith(prefix))
  if (infos.length === 0) throw original
  const context = contextOf(call, showEvents)
  for (const object of objectsOf(infos)) call.context.stdout(`${describeObject(object, context)}\n`)
  return 0
}

function objectsOf(infos: readonly Info[]) {
  return infos.map(({ object }) => object!)
}

function contextOf({ context }: Call, showEvents: boolean): DescribeContext {
  const { world } = context
  return {
    now: world.now,
    showEvents,
    events: (namespace) => listObjects<KubeEvent>(world.store, eventKind.kind, namespace),
    pods: (namespace) => listObjects<Pod>(world.store, podKind.kind, namespace),
    lease: (node) => leaseOf(world, node),
  }
}
