// `kubectl cordon` and `uncordon` (kubectl pkg/cmd/drain). The taint that follows is the node
// controller's work, not kubectl's.
import type { Node } from '../../sim/api-types/core.ts'
import { node as nodeKind } from '../../sim/kinds/node.ts'
import type { Call, Command } from '../command.ts'
import { KubectlError, throwAll, usageError } from '../errors.ts'
import { SELECTOR_FLAG, submissionOf } from '../flag-groups.ts'
import { DRY_RUN_FLAG, dryRunOf, resultPrinter } from '../output.ts'
import type { Process } from '../process.ts'
import { build, errorsOf, type Info } from '../resolve.ts'
import { submitPatch } from '../submit.ts'

const FLAGS = [DRY_RUN_FLAG, SELECTOR_FLAG]

export const cordon: Command = {
  name: 'cordon',
  use: 'NODE',
  short: 'Mark node as unschedulable',
  examples: ['kubectl cordon novacraft-worker'],
  completes: 'nodes',
  flags: FLAGS,
  run: (call) => runCordon(call, true),
}

export const uncordon: Command = {
  name: 'uncordon',
  use: 'NODE',
  short: 'Mark node as schedulable',
  examples: ['kubectl uncordon novacraft-worker'],
  completes: 'nodes',
  flags: FLAGS,
  run: (call) => runCordon(call, false),
}

function* runCordon(call: Call, desired: boolean): Process {
  cordonNodes(call, nodesOf(call), desired)
  return 0
}

/** The nodes that a cordon, uncordon or drain is about. */
export function nodesOf(call: Call): readonly Info[] {
  const { args, flags, path, command } = call
  const labels = flags.string('selector')
  if (args.length === 0 && !flags.changed('selector'))
    throw usageError(path, `USAGE: ${command.name} ${command.use} [flags]`)
  if (args.length > 0 && labels !== '')
    throw usageError(path, 'error: cannot specify both a node name and a --selector option')
  dryRunOf(call)
  const found =
    labels === ''
      ? build(call, {
          args: args.map((name) => (name.includes('/') ? name : `${nodeKind.plural}/${name}`)),
          singleType: true,
        })
      : build(call, { args: [nodeKind.plural], labels })
  throwAll(errorsOf(found.error))
  const other = found.infos.find(({ resource }) => resource.kind !== nodeKind.kind)
  if (other !== undefined) {
    const { group, version, plural } = other.resource
    const resource = `${group}/${version}, Resource=${plural}`
    throw new KubectlError(`error: expected resource of type node, got "${resource}"`)
  }
  return found.infos
}

/** Sets `spec.unschedulable` where it differs, and says so of each node. */
export function cordonNodes(call: Call, nodes: readonly Info[], desired: boolean): void {
  const dryRun = dryRunOf(call)
  const print = resultPrinter(call, dryRun)
  const word = desired ? 'cordoned' : 'uncordoned'
  for (const { resource, name, object } of nodes) {
    const node = object as Node
    if ((node.spec.unschedulable ?? false) === desired) {
      print(node, `already ${word}`)
      continue
    }
    const body = { spec: { unschedulable: desired ? true : null } }
    const patch = { namespace: '', name, type: 'strategic', body } as const
    print(submitPatch(submissionOf(call, dryRun !== 'none'), resource, patch), word)
  }
}
