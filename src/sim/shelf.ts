// Slots by name that a World shares with its frames until it writes them. To take a frame costs a
// new handle for each shelf; afterwards the map is copied once, and a slot when it is first
// written, so that whatever stays as it is costs nothing. Plain data.

/** Written in place only while its epoch is its shelf's; an older one is a frame's as well. */
export interface Slot {
  epoch: number
}

export interface Shelf<S extends Slot> {
  /** Counts the frames that were taken. */
  epoch: number
  /** Whether the map itself is shared with nobody. */
  isOwn: boolean
  /** In the order of their making. To be read; written by the functions below only. */
  slots: Map<string, S>
}

export function createShelf<S extends Slot>(): Shelf<S> {
  return { epoch: 0, isOwn: true, slots: new Map() }
}

/** The handle that continues after `shelf` was given to a frame, or that begins from a frame. */
export function nextShelf<S extends Slot>({ epoch, slots }: Shelf<S>): Shelf<S> {
  return { epoch: epoch + 1, isOwn: false, slots }
}

/** The slot of that name, to be written: a copy takes its place when it was shared. */
export function ownSlot<S extends Slot>(
  shelf: Shelf<S>,
  name: string,
  copy: (slot: S) => S,
): S | undefined {
  const slot = shelf.slots.get(name)
  if (slot === undefined || slot.epoch === shelf.epoch) return slot
  return putSlot(shelf, name, copy(slot))
}

/** Puts a slot that is nobody else's into the shelf. */
export function putSlot<S extends Slot>(shelf: Shelf<S>, name: string, slot: S): S {
  slot.epoch = shelf.epoch
  ownSlots(shelf).set(name, slot)
  return slot
}

export function dropSlot<S extends Slot>(shelf: Shelf<S>, name: string): void {
  if (shelf.slots.has(name)) ownSlots(shelf).delete(name)
}

function ownSlots<S extends Slot>(shelf: Shelf<S>): Map<string, S> {
  if (shelf.isOwn) return shelf.slots
  shelf.isOwn = true
  shelf.slots = new Map(shelf.slots)
  return shelf.slots
}
