// Making and ending procs.

import { CAPTURE_FD, closeAll, share } from './descriptors.ts'
import { FORK_STEPS, PROCS_MAX } from './limits.ts'
import { flushLog } from './log.ts'
import type { Container, Proc, ProcEnd } from './types.ts'

export function procOf(container: Container, pid: number): Proc | undefined {
  return container.procs.find((proc) => proc.pid === pid)
}

export function isAlive(container: Container, pid: number): boolean {
  return procOf(container, pid) !== undefined
}

/** A child with the same files, directory and environment; undefined if there are too many. */
export function forkProc(container: Container, parent: Proc): Proc | undefined {
  if (container.procs.length >= PROCS_MAX) return undefined
  parent.spent += FORK_STEPS
  const child: Proc = {
    pid: container.nextPid++,
    parent: parent.pid,
    argv: parent.argv,
    env: parent.env,
    cwd: parent.cwd,
    umask: parent.umask,
    startedAt: container.now,
    fds: {},
    block: { on: 'ready' },
    program: parent.program,
    handlers: {},
    shell: undefined,
    memory: {},
    pending: [],
    ignored: parent.ignored,
    ended: {},
    broken: false,
    spent: parent.spent,
    sliceEnd: parent.sliceEnd,
    ranAt: container.now,
  }
  for (const [fd, open] of Object.entries(parent.fds)) {
    if (Number(fd) >= CAPTURE_FD) continue
    share(container, open)
    child.fds[Number(fd)] = open
  }
  container.procs.push(child)
  return child
}

/** Ends a proc. With proc 1 the container ends, and every other proc with it. */
export function exitProc(container: Container, proc: Proc, code: number, signalled = false): void {
  if (container.exited !== undefined) return
  closeAll(container, proc)
  container.procs = container.procs.filter((other) => other !== proc)
  proc.block = { on: 'nothing' }
  for (const exec of Object.values(container.execs)) {
    if (exec.pid === proc.pid) exec.exitCode = code
  }
  if (proc.pid === 1) {
    endContainer(container, code)
    return
  }
  const parent = procOf(container, proc.parent)
  if (parent !== undefined) parent.ended[proc.pid] = { code, signalled }
  for (const other of container.procs) if (other.parent === proc.pid) other.parent = 1
}

function endContainer(container: Container, code: number): void {
  container.exited = { code, at: container.now }
  container.wakeAt = undefined
  container.busy = false
  for (const exec of Object.values(container.execs)) exec.exitCode ??= 137
  flushLog(container)
  container.procs = []
  container.opens = {}
  container.pipes = {}
  container.sources = []
}

/** How a child ended; forgotten afterwards. */
export function takeEnd(proc: Proc, pid: number): ProcEnd {
  const end = proc.ended[pid] ?? { code: 0, signalled: false }
  delete proc.ended[pid]
  return end
}
