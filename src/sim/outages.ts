// When programs of the control plane and machines were switched off, for as long as the run lasts:
// what was missed meanwhile is explained by it, and the timeline shows it.
import type { SimTime } from '../base/time.ts'
import type { World } from './world.ts'

/** One time of a program (`kube-scheduler`) or a machine (`node/NAME`) being off. */
export interface Outage {
  readonly name: string
  readonly from: SimTime
  /** Undefined while it lasts. */
  readonly to: SimTime | undefined
}

/** The program that runs the controllers. */
export const CONTROLLER_MANAGER = 'kube-controller-manager'
/** The oldest go first beyond this. */
const OUTAGES_MAX = 10_000

/** Marks it as off; nothing changes when it is. */
export function switchOff(world: World, name: string): void {
  if (world.stopped.has(name)) return
  world.stopped.add(name)
  world.outages = [...world.outages, { name, from: world.now, to: undefined }].slice(-OUTAGES_MAX)
}

/** Marks it as on again. Returns whether it was off. */
export function switchOn(world: World, name: string): boolean {
  if (!world.stopped.delete(name)) return false
  world.outages = world.outages.map((one) =>
    one.name === name && one.to === undefined ? { ...one, to: world.now } : one,
  )
  return true
}

/** The outages of one program or machine, oldest first. */
export function outagesOf({ outages }: World, name: string): readonly Outage[] {
  return outages.filter((one) => one.name === name)
}
