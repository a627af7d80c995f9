// `lab …`: what an operator does to the machines and programs of the cluster from outside: switch
// nodes off and on, add and remove them, stop the scheduler or the controller manager.
import { startComponent, stopComponent } from '../../sim/boot.ts'
import { ACTORS } from '../../sim/actors/index.ts'
import { CATALOGUE } from '../../sim/images/catalogue.ts'
import {
  addMachine,
  hasMachine,
  removeMachine,
  startMachine,
  stopMachine,
} from '../../sim/kubelets.ts'
import type { World } from '../../sim/world.ts'
import type { ProcessContext, Program } from '../process.ts'

const USAGE = `Changes the machines and programs of the cluster from outside.

Usage:
  lab node stop|start|add|remove NAME
  lab scheduler stop|start
  lab controller-manager stop|start
  lab images
`

const PROGRAMS: Readonly<Record<string, string>> = {
  scheduler: 'kube-scheduler',
  'controller-manager': 'kube-controller-manager',
}

/** Says nothing when it worked, as switches do. */
export const lab: Program = function* (argv, context) {
  const [what = '', verb = '', ...rest] = inOrder(argv)
  if (what === '' || what === 'help' || argv.includes('--help') || argv.includes('-h')) {
    context.stdout(USAGE)
    return what === '' ? 1 : 0
  }
  if (what === 'images') {
    context.stdout(
      imageNames(context.cluster.images ?? [])
        .map((name) => `${name}\n`)
        .join(''),
    )
    return 0
  }
  if (what === 'node') return switchNode(context, verb, rest)
  const program = PROGRAMS[what]
  if (program === undefined)
    return refuse(context, `lab: there is no "${what}" to change; see lab help`)
  if (rest.length > 0) return refuse(context, `lab: too much: ${rest.join(' ')}`)
  if (verb === 'stop') stopComponent(context.world, ACTORS, program)
  else if (verb === 'start') startComponent(context.world, ACTORS, program)
  else return refuse(context, `lab: a ${what} can be told to stop or start, not "${verb}"`)
  return 0
}

/** `lab stop scheduler` is as good as `lab scheduler stop`. */
function inOrder(argv: readonly string[]): readonly string[] {
  const [first = '', second = '', ...rest] = argv
  const isTurned = Object.hasOwn(NODE_VERBS, first) && (second === 'node' || second in PROGRAMS)
  return isTurned ? [second, first, ...rest] : argv
}

/** Every image the registry has, as a manifest names it; with tags when not any will do. */
function imageNames(declared: readonly string[]): readonly string[] {
  const known = CATALOGUE.flatMap(({ repository, tags }) => {
    const name = repository.replace(/^docker\.io\/(library\/)?/, '')
    return tags === undefined ? [name] : tags.map((tag) => `${name}:${tag}`)
  })
  return [...new Set([...known, ...declared])].sort()
}

const NODE_VERBS: Readonly<Record<string, (world: World, name: string) => void>> = {
  stop: stopMachine,
  start: startMachine,
  add: (world, name) => addMachine(world, { name }),
  remove: removeMachine,
}

const NODE_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

function switchNode(context: ProcessContext, verb: string, names: readonly string[]): number {
  const action = NODE_VERBS[verb]
  if (action === undefined)
    return refuse(context, `lab: a node can be told to stop, start, add or remove, not "${verb}"`)
  if (names.length === 0) return refuse(context, `lab: which node? lab node ${verb} NAME`)
  for (const name of names) {
    const exists = hasMachine(context.world, name)
    if (verb === 'add' && exists)
      return refuse(context, `lab: there is a machine "${name}" already`)
    if (verb === 'add' && !NODE_NAME.test(name))
      return refuse(context, `lab: "${name}" cannot be a node's name`)
    if (verb !== 'add' && !exists) return refuse(context, `lab: there is no machine "${name}"`)
    action(context.world, name)
  }
  return 0
}

function refuse(context: ProcessContext, message: string): number {
  context.stderr(`${message}\n`)
  return 1
}
