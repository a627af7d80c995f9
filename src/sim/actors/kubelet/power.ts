// Switching machines off and on, and adding new ones: what `lab node` does. A machine that is off
// answers nobody and reports nothing; its containers are found as they continued when it returns, as
// after a cut network.
import { addMs } from '../../../base/time.ts'
import { REGISTER_NODE, REPORT_NODE, RESYNC_PODS } from './node-start.ts'
import { END_ORPHANS } from './orphans.ts'
import { kubeletOf } from './state.ts'
import { HOUSEKEEPING_MS, NODE_REGISTER_MS, NODE_STATUS_MS, PODS_SYNC_MS } from './timing.ts'
import { expectSilence } from '../node-lifecycle/node-lifecycle.ts'
import type { NodeConfig } from '../../cluster.ts'
import { findMachine, hasMachine, machineOf } from '../../machine.ts'
import { forgetMemory } from '../../memory.ts'
import { switchOff, switchOn } from '../../outages.ts'
import { dropSlot, createShelf } from '../../shelf.ts'
import { cancelActor } from '../../queue.ts'
import { ctxOf, wakeAfter, type World } from '../../world.ts'

/** Switches a machine off: its kubelet and all it knew are gone. */
export function stopMachine(world: World, name: string): void {
  if (findMachine(world, name)?.isOn !== true) return
  const machine = machineOf(world, name)
  machine.isOn = false
  machine.offAt = world.now
  switchOff(world, stoppedKey(name))
  const actor = `kubelet/${name}`
  cancelActor(world.queue, (candidate) => candidate === actor)
  forgetMemory(world, actor)
  expectSilence(world, name)
}

/** Switches a machine on: its kubelet starts, and registers the node if it is not there. */
export function startMachine(world: World, name: string): void {
  const found = findMachine(world, name)
  if (found === undefined || found.isOn || found.isRemoved) return
  machineOf(world, name).isOn = true
  begin(world, name)
}

/** A new machine joins the cluster. */
export function addMachine(world: World, config: NodeConfig): void {
  if (hasMachine(world, config.name)) return
  dropSlot(world.machines, config.name)
  machineOf(world, config.name).config = config
  begin(world, config.name)
}

/**
 * Takes a machine away with everything on it. Its Node object stays until someone deletes it, and
 * when it was last heard of is still known.
 */
export function removeMachine(world: World, name: string): void {
  stopMachine(world, name)
  if (findMachine(world, name) === undefined) return
  const machine = machineOf(world, name)
  machine.isRemoved = true
  machine.pods = createShelf()
  machine.images.clear()
}

function stoppedKey(name: string): string {
  return `node/${name}`
}

function begin(world: World, name: string): void {
  switchOn(world, stoppedKey(name))
  const machine = machineOf(world, name)
  const ctx = ctxOf(world, `kubelet/${name}`, causeOf(world))
  kubeletOf(ctx).state.podsFrom = addMs(world.now, PODS_SYNC_MS)
  const isKnown = world.store.kinds.get('Node')?.has(name) === true
  const upMs = isKnown ? NODE_STATUS_MS : NODE_REGISTER_MS
  machine.onSince = addMs(world.now, upMs)
  wakeAfter(ctx, '', upMs, isKnown ? REPORT_NODE : REGISTER_NODE)
  wakeAfter(ctx, '', PODS_SYNC_MS, RESYNC_PODS)
  wakeAfter(ctx, '', PODS_SYNC_MS + HOUSEKEEPING_MS, END_ORPHANS)
}

/** The command that is being run: the newest Entry, if it is one. */
function causeOf({ log }: World): readonly number[] {
  const last = log.entries.at(-1)
  return last?.verb === 'command' ? [last.id] : []
}
