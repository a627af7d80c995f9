// Which proc runs, and when the container must be looked at again.

import { addMs, simTimeOf, type SimTime } from '../../base/time.ts'
import { isCongested, isReadable } from './descriptors.ts'
import { BUSY_STEPS, CONTAINER_STEPS, SLICE_MS, SLICE_STEPS } from './limits.ts'
import { Overrun } from './meter.ts'
import { exitProc, isAlive } from './procs.ts'
import type { Container, ProgramTable, Proc } from './types.ts'

// A proc that waited at least this long has not been computing.
const REST_MS = 100

/** Runs everything that can run at `now`, then notes when something can run again. */
export function runProcs(container: Container, programs: ProgramTable, now: SimTime): void {
  container.now = now
  if (now - container.ranAt >= REST_MS) container.spent = 0
  container.ranAt = now
  while (container.exited === undefined && container.spent < CONTAINER_STEPS) {
    if (!runRound(container, programs)) break
  }
  if (container.exited !== undefined) return
  if (container.spent >= CONTAINER_STEPS) giveUp(container)
  container.wakeAt = nextWake(container)
  const isBusy = container.procs.some((proc) => proc.block.on === 'nothing')
  container.busy = container.wakeAt === undefined && isBusy
}

// What computes has used up the container's share; what waits may continue later.
function giveUp(container: Container): void {
  for (const proc of container.procs) {
    if (proc.block.on === 'ready' || proc.block.on === 'slice') proc.block = { on: 'nothing' }
  }
}

// Gives every proc that can run one turn, in order of their ids.
function runRound(container: Container, programs: ProgramTable): boolean {
  let ran = false
  for (const proc of container.procs) {
    if (container.exited !== undefined) return false
    if (!container.procs.includes(proc) || !wake(container, proc)) continue
    ran = true
    if (container.now - proc.ranAt >= REST_MS) {
      proc.spent = 0
      proc.sliceEnd = SLICE_STEPS
    }
    proc.ranAt = container.now
    const before = proc.spent
    runTurn(container, proc, programs)
    container.spent += Math.max(0, proc.spent - before) + 1
    afterRun(container, proc)
  }
  return ran
}

// Work that is too much for one instant leaves its proc busy.
function runTurn(container: Container, proc: Proc, programs: ProgramTable): void {
  const program = programs.get(proc.program)
  try {
    if (program === undefined) exitProc(container, proc, 127)
    else program(container, proc)
  } catch (error) {
    if (!(error instanceof Overrun)) throw error
  }
}

function afterRun(container: Container, proc: Proc): void {
  if (!container.procs.includes(proc)) return
  if (proc.broken && !proc.ignored.includes('PIPE')) exitProc(container, proc, 141, true)
  else if (proc.spent > BUSY_STEPS) proc.block = { on: 'nothing' }
  else if (proc.block.on !== 'ready') return
  else if (proc.spent > proc.sliceEnd) {
    proc.sliceEnd = proc.spent + SLICE_STEPS
    proc.block = { on: 'slice', until: addMs(container.now, SLICE_MS) }
  } else if (isCongested(container, proc, 1)) proc.block = { on: 'output', fd: 1 }
}

// Whether the proc can run now; a fulfilled wait becomes `ready`.
function wake(container: Container, proc: Proc): boolean {
  if (proc.block.on !== 'ready' && canWake(container, proc)) proc.block = { on: 'ready' }
  return proc.block.on === 'ready'
}

function canWake(container: Container, proc: Proc): boolean {
  const { block } = proc
  switch (block.on) {
    case 'time':
    case 'slice':
      return block.until <= container.now
    case 'input':
      return isDue(container, block.until) || isReadable(container, proc, block.fd)
    case 'output':
      return !isCongested(container, proc, block.fd)
    case 'child':
      return isDue(container, block.until) || !block.pids.some((pid) => isAlive(container, pid))
    default:
      return false
  }
}

function isDue(container: Container, until: SimTime | undefined): boolean {
  return until !== undefined && until <= container.now
}

function nextWake(container: Container): SimTime | undefined {
  let least = Infinity
  for (const { block } of container.procs) {
    if ('until' in block && block.until !== undefined) least = Math.min(least, block.until)
  }
  return least === Infinity ? undefined : simTimeOf(least)
}
