// Which task runs, and when the container must be looked at again.

import { addMs, simTimeOf, type SimTime } from '../../base/time.ts'
import { runProgram } from '../tools/index.ts'
import { runShell } from '../shell/vm.ts'
import { isCongested, isReadable } from './descriptors.ts'
import { BUSY_STEPS, CONTAINER_STEPS, SLICE_MS, SLICE_STEPS } from './limits.ts'
import { exitTask, isAlive } from './tasks.ts'
import type { Machine, Task } from './types.ts'

// A task that waited at least this long has not been computing.
const REST_MS = 100

/** Runs everything that can run at `now`, then notes when something can run again. */
export function runMachine(machine: Machine, now: SimTime): void {
  machine.now = now
  if (now - machine.ranAt >= REST_MS) machine.spent = 0
  machine.ranAt = now
  while (machine.exited === undefined && machine.spent < CONTAINER_STEPS && runRound(machine));
  if (machine.exited !== undefined) return
  if (machine.spent >= CONTAINER_STEPS) giveUp(machine)
  machine.wakeAt = nextWake(machine)
  const isBusy = machine.tasks.some((task) => task.wait.on === 'nothing')
  machine.busy = machine.wakeAt === undefined && isBusy
}

// What computes has used up the container's share; what waits may go on later.
function giveUp(machine: Machine): void {
  for (const task of machine.tasks) {
    if (task.wait.on === 'ready' || task.wait.on === 'slice') task.wait = { on: 'nothing' }
  }
}

// Gives every task that can run one turn, in order of process id.
function runRound(machine: Machine): boolean {
  let ran = false
  for (const task of machine.tasks) {
    if (machine.exited !== undefined) return false
    if (!machine.tasks.includes(task) || !wake(machine, task)) continue
    ran = true
    if (machine.now - task.ranAt >= REST_MS) {
      task.spent = 0
      task.sliceEnd = SLICE_STEPS
    }
    task.ranAt = machine.now
    const before = task.spent
    if (task.shell === undefined) runProgram(machine, task)
    else runShell(machine, task, task.shell)
    machine.spent += Math.max(0, task.spent - before) + 1
    afterRun(machine, task)
  }
  return ran
}

function afterRun(machine: Machine, task: Task): void {
  if (!machine.tasks.includes(task)) return
  if (task.broken && !task.ignored.includes('PIPE')) exitTask(machine, task, 141, true)
  else if (task.spent > BUSY_STEPS) task.wait = { on: 'nothing' }
  else if (task.wait.on !== 'ready') return
  else if (task.spent > task.sliceEnd) {
    task.sliceEnd = task.spent + SLICE_STEPS
    task.wait = { on: 'slice', until: addMs(machine.now, SLICE_MS) }
  } else if (isCongested(machine, task, 1)) task.wait = { on: 'output', fd: 1 }
}

// Whether the task can run now; a fulfilled wait becomes `ready`.
function wake(machine: Machine, task: Task): boolean {
  if (task.wait.on !== 'ready' && canWake(machine, task)) task.wait = { on: 'ready' }
  return task.wait.on === 'ready'
}

function canWake(machine: Machine, task: Task): boolean {
  const { wait } = task
  switch (wait.on) {
    case 'time':
    case 'slice':
      return wait.until <= machine.now
    case 'input':
      return isDue(machine, wait.until) || isReadable(machine, task, wait.fd)
    case 'output':
      return !isCongested(machine, task, wait.fd)
    case 'child':
      return isDue(machine, wait.until) || !wait.pids.some((pid) => isAlive(machine, pid))
    default:
      return false
  }
}

function isDue(machine: Machine, until: SimTime | undefined): boolean {
  return until !== undefined && until <= machine.now
}

function nextWake(machine: Machine): SimTime | undefined {
  let least = Infinity
  for (const { wait } of machine.tasks) {
    if ('until' in wait && wait.until !== undefined) least = Math.min(least, wait.until)
  }
  return least === Infinity ? undefined : simTimeOf(least)
}
