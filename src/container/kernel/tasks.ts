// Making and ending tasks.

import { CAPTURE_FD, closeAll, share } from './descriptors.ts'
import { FORK_STEPS, TASKS_MAX } from './limits.ts'
import { flushLog } from './log.ts'
import type { Machine, Task, TaskEnd } from './types.ts'

export function taskOf(machine: Machine, pid: number): Task | undefined {
  return machine.tasks.find((task) => task.pid === pid)
}

export function isAlive(machine: Machine, pid: number): boolean {
  return taskOf(machine, pid) !== undefined
}

/** A child with the same files, directory and environment; undefined if there are too many. */
export function forkTask(machine: Machine, parent: Task): Task | undefined {
  if (machine.tasks.length >= TASKS_MAX) return undefined
  parent.spent += FORK_STEPS
  const child: Task = {
    pid: machine.nextPid++,
    parent: parent.pid,
    argv: parent.argv,
    env: parent.env,
    cwd: parent.cwd,
    startedAt: machine.now,
    fds: {},
    wait: { on: 'ready' },
    shell: undefined,
    memory: {},
    pending: [],
    ignored: parent.ignored,
    ended: {},
    broken: false,
    spent: parent.spent,
    sliceEnd: parent.sliceEnd,
    ranAt: machine.now,
  }
  for (const [fd, open] of Object.entries(parent.fds)) {
    if (Number(fd) >= CAPTURE_FD) continue
    share(machine, open)
    child.fds[Number(fd)] = open
  }
  machine.tasks.push(child)
  return child
}

/** Ends a task. With task 1 the container ends, and every other task with it. */
export function exitTask(machine: Machine, task: Task, code: number, signalled = false): void {
  if (machine.exited !== undefined) return
  closeAll(machine, task)
  machine.tasks = machine.tasks.filter((other) => other !== task)
  task.wait = { on: 'nothing' }
  for (const session of Object.values(machine.execs)) {
    if (session.pid === task.pid) session.exitCode = code
  }
  if (task.pid === 1) {
    endMachine(machine, code)
    return
  }
  const parent = taskOf(machine, task.parent)
  if (parent !== undefined) parent.ended[task.pid] = { code, signalled }
  for (const other of machine.tasks) if (other.parent === task.pid) other.parent = 1
}

function endMachine(machine: Machine, code: number): void {
  machine.exited = { code, at: machine.now }
  machine.wakeAt = undefined
  machine.busy = false
  for (const session of Object.values(machine.execs)) session.exitCode ??= 137
  flushLog(machine)
  machine.tasks = []
  machine.opens = {}
  machine.pipes = {}
  machine.sources = []
}

/** How a child ended; forgotten afterwards. */
export function takeEnd(task: Task, pid: number): TaskEnd {
  const end = task.ended[pid] ?? { code: 0, signalled: false }
  delete task.ended[pid]
  return end
}
