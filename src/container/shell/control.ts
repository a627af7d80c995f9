// Loops, functions and how break, continue and return leave them.

import { restoreDescriptors } from './redirects.ts'
import type { Shell } from './shell.ts'
import type { Marker } from './state.ts'
import { assign } from './variables.ts'

/** Begins a loop whose items, if it is a `for`, are the fields collected so far. */
export function enterLoop(shell: Shell, exit: number, next: number): void {
  const { state } = shell
  state.control.push({ type: 'loop', exit, next, items: [], name: '', status: 0 })
}

/** Gives a `for` its items, or its variable the next one; false when there is none left. */
export function nextItem(shell: Shell, start?: { begin: string; positional: boolean }): boolean {
  const { state } = shell
  const loop = state.control.at(-1)
  if (loop?.type !== 'loop') return false
  if (start !== undefined) {
    loop.name = start.begin
    loop.items = [...(start.positional ? state.params : state.fields)].reverse()
    state.fields = []
    return true
  }
  const item = loop.items.pop()
  if (item === undefined) return false
  assign(shell, loop.name, item)
  return true
}

/** Drops markers above `length`, undoing what they stand for. */
export function popTo(shell: Shell, length: number): void {
  const { state } = shell
  while (state.control.length > length) {
    const marker = state.control.pop()
    if (marker !== undefined) undo(shell, marker)
  }
}

function undo(shell: Shell, marker: Marker): void {
  if (marker.type === 'redirect') restoreDescriptors(shell.container, shell.proc, marker.saved)
  else if (marker.type === 'source') {
    restoreDescriptors(shell.container, shell.proc, marker.saved)
    if (marker.params !== undefined) shell.state.params = marker.params
  } else if (marker.type === 'function') leaveFunction(shell, marker)
}

function leaveFunction(shell: Shell, marker: Marker & { type: 'function' }): void {
  const { state } = shell
  state.params = marker.params
  for (const [name, old] of marker.locals.toReversed()) {
    if (old === null) delete state.variables[name]
    else state.variables[name] = old
  }
  restoreDescriptors(shell.container, shell.proc, marker.saved)
}

/** `break n` and `continue n`; outside loops nothing happens. */
export function leaveLoops(shell: Shell, count: number, again: boolean): boolean {
  const { state } = shell
  let left = count
  for (let i = state.control.length - 1; i >= 0; i--) {
    const marker = state.control[i]
    if (marker === undefined || marker.type === 'function' || marker.type === 'trap') break
    if (marker.type !== 'loop') continue
    const isOutermost = !state.control.slice(0, i).some((other) => other.type === 'loop')
    if (--left > 0 && !isOutermost) continue
    const outer = sourceOf(state.control.slice(i))
    popTo(shell, again ? i + 1 : i)
    if (outer !== undefined) state.source = outer
    state.pc = again ? marker.next : marker.exit
    state.status = 0
    return true
  }
  return false
}

// `eval break` leaves the evaluated text, too.
function sourceOf(markers: Marker[]): number | undefined {
  const inner = markers.find((marker) => marker.type === 'source')
  return inner?.type === 'source' ? inner.source : undefined
}

/** `return`: leaves the function or sourced file; false if there is none. */
export function unwindFunction(shell: Shell): boolean {
  const { state } = shell
  const index = state.control.findLastIndex(
    (marker) =>
      marker.type === 'function' || (marker.type === 'source' && marker.params !== undefined),
  )
  const marker = state.control[index]
  if (marker?.type !== 'function' && marker?.type !== 'source') return false
  popTo(shell, index)
  state.source = marker.source
  state.pc = marker.pc
  return true
}
