// A container's process tree in virtual time. The whole state is plain data: the kubelet keeps it
// in the World, copies it, and resumes the copy. `resumeProcess` and `signalProcess` change the
// given state in place; log lines already written are never changed, so copies may share them.

import { forkRng } from '../base/rng.ts'
import type { SimTime } from '../base/time.ts'
import { copyPlain } from './kernel/copy.ts'
import { addOpen, closeAll } from './kernel/descriptors.ts'
import { DEFAULT_PATH, execTask, type ExecProblem } from './kernel/exec.ts'
import { fileAt, makeDirectory, parentOf, resolvePath, writeFile } from './kernel/files.ts'
import { SLICE_STEPS } from './kernel/limits.ts'
import { runMachine } from './kernel/scheduler.ts'
import { deliverSignal } from './kernel/signals.ts'
import { exitTask, forkTask } from './kernel/tasks.ts'
import type { ExecSession, FileNode, LogLine, Machine, Task } from './kernel/types.ts'
import { findImage, type ImageInfo } from './registry.ts'

export type { LogLine } from './kernel/types.ts'
export { LOG_BYTES_MAX, LOG_LINE_HEAD } from './kernel/limits.ts'

export type Signal = 'TERM' | 'KILL' | 'INT' | 'HUP' | 'QUIT' | 'USR1' | 'USR2'

/**
 * A container. Of its fields others use `wakeAt` (when to resume next; undefined: only a signal
 * can change anything), `exited`, `busy` (computing without end; not resumed) and `log`.
 */
export type Process = Machine

export interface StartOptions {
  image: string
  /** Replaces the image's entrypoint (and drops its cmd), as in a container spec. */
  command?: string[]
  /** Replaces the image's cmd. */
  args?: string[]
  env: Record<string, string>
  hostname: string
  workingDir?: string
  /** Different seeds give different `$RANDOM`; equal options give equal processes. */
  seed: number
  now: SimTime
  /** The container's restart count. */
  attempt: number
  /** Mounted files by absolute path. */
  files?: Record<string, string>
  /** Directories of volumes and what is in them, by absolute path. */
  nodes?: Readonly<Record<string, FileNode>>
}

/**
 * Starts a container's process and runs it up to `now`. If its program cannot be started, the
 * error is runc's: `exec: "nope": executable file not found in $PATH`.
 */
export function startProcess(options: StartOptions): { process: Process } | { error: string } {
  const image = findImage(options.image, [options.image])
  const entrypoint = options.command ?? image?.entrypoint ?? []
  const cmd = options.args ?? (options.command === undefined ? (image?.cmd ?? []) : [])
  const argv = [...entrypoint, ...cmd]
  const machine = newMachine(options, image)
  const task = firstTask(machine, options, image)
  if (argv.length === 0) return { error: 'no command specified' }
  const problem = execTask(machine, task, argv)
  if (problem !== undefined) return { error: startError(machine, argv[0] ?? '', problem) }
  runMachine(machine, options.now)
  return { process: machine }
}

function newMachine(options: StartOptions, image: ImageInfo | undefined): Machine {
  return {
    wakeAt: undefined,
    exited: undefined,
    busy: false,
    log: [],
    logDropped: 0,
    logBytes: 0,
    rest: { stdout: '', stderr: '' },
    now: options.now,
    bootedAt: options.now,
    hostname: options.hostname,
    user: 'root',
    tools: image?.tools ?? 'busybox',
    programs: image?.programs ?? [],
    rng: forkRng(options.seed, `container/${options.attempt}`),
    files: {},
    fileBytes: 0,
    opens: {},
    pipes: {},
    tasks: [],
    sources: [],
    execs: {},
    spent: 0,
    ranAt: options.now,
    nextPid: 1,
    nextOpen: 1,
  }
}

function firstTask(machine: Machine, options: StartOptions, image: ImageInfo | undefined): Task {
  const env = {
    PATH: DEFAULT_PATH,
    HOSTNAME: options.hostname,
    ...image?.env,
    ...options.env,
    HOME: options.env['HOME'] ?? '/root',
  }
  const cwd = resolvePath('/', options.workingDir ?? image?.workingDir ?? '/')
  const files = {
    '/etc/hostname': `${options.hostname}\n`,
    '/etc/hosts': '127.0.0.1\tlocalhost\n',
    '/etc/resolv.conf': 'nameserver 10.96.0.10\n',
    '/dev/termination-log': '',
    ...options.files,
  }
  makeFolders(machine, cwd)
  for (const [path, node] of Object.entries(options.nodes ?? {})) {
    makeFolders(machine, parentOf(path))
    machine.files[path] = node
    machine.fileBytes += node.text.length
  }
  for (const [path, text] of Object.entries(files)) {
    makeFolders(machine, parentOf(path))
    writeFile(machine, path, text)
  }
  const task = newTask(machine, env, cwd)
  machine.tasks.push(task)
  return task
}

function newTask(machine: Machine, env: Record<string, string>, cwd: string): Task {
  return {
    pid: machine.nextPid++,
    parent: 0,
    argv: [],
    env,
    cwd,
    startedAt: machine.now,
    fds: {
      0: addOpen(machine, { kind: 'null' }),
      1: addOpen(machine, { kind: 'log', stream: 'stdout' }),
      2: addOpen(machine, { kind: 'log', stream: 'stderr' }),
    },
    wait: { on: 'ready' },
    shell: undefined,
    memory: {},
    pending: [],
    ignored: [],
    ended: {},
    broken: false,
    spent: 0,
    sliceEnd: SLICE_STEPS,
    ranAt: machine.now,
  }
}

function makeFolders(machine: Machine, path: string): void {
  if (path === '/' || fileAt(machine, path) !== undefined) return
  makeFolders(machine, parentOf(path))
  makeDirectory(machine, path)
}

function startError(machine: Machine, name: string, problem: ExecProblem): string {
  const shown = JSON.stringify(name)
  if (problem === 'denied') return `exec: ${shown}: permission denied`
  if (!name.includes('/')) return `exec: ${shown}: executable file not found in $PATH`
  const found = fileAt(machine, resolvePath('/', name)) !== undefined
  const why = 'no such file or directory'
  return `exec: ${shown}: ${found ? why : `stat ${name}: ${why}`}`
}

/** Runs the process up to `now`. Does nothing before `wakeAt` or after the end. */
export function resumeProcess(process: Process, now: SimTime): void {
  if (process.exited !== undefined || process.wakeAt === undefined || process.wakeAt > now) return
  runMachine(process, now)
}

/**
 * Delivers a signal to the container's first process, which hears only what it handles. KILL ends
 * the whole tree at once with code 137.
 */
export function signalProcess(process: Process, signal: Signal, now: SimTime): void {
  if (process.exited !== undefined) return
  process.now = now
  const [first] = process.tasks
  if (first === undefined) return
  if (signal === 'KILL') {
    exitTask(process, first, 137, true)
    return
  }
  const before = process.busy
  deliverSignal(process, first, signal)
  // A signal that nobody handles does not give a busy process more time.
  const isHeard = process.exited !== undefined || process.tasks.some(isReady)
  if (isHeard || !before) runMachine(process, now)
}

function isReady(task: Task): boolean {
  return task.wait.on === 'ready'
}

/** A copy to change independently; cheaper than structuredClone, for lines are shared. */
export function cloneProcess(process: Process): Process {
  const { log, files } = process
  return Object.assign(copyPlain({ ...process, log: [], files: {} }), {
    log: log.slice(),
    files: { ...files },
  })
}

/**
 * Runs a command beside the container's own (`kubectl exec`). Its session is in `execs` under the
 * returned id: output so far, and an exit code once it has ended. The caller resumes the process as
 * usual and removes the session with `closeExec`.
 */
export function execInProcess(
  process: Process,
  argv: string[],
  now: SimTime,
): { session: number } | { error: string } {
  const [first] = process.tasks
  if (process.exited !== undefined || first === undefined) return { error: 'container not running' }
  process.now = now
  const task = forkTask(process, first)
  if (task === undefined) return { error: 'resource temporarily unavailable' }
  const id = process.nextOpen++
  process.execs[id] = {
    pid: task.pid,
    output: [],
    rest: { stdout: '', stderr: '' },
    exitCode: undefined,
  }
  prepareExec(process, task, id)
  const problem = execTask(process, task, argv)
  if (problem !== undefined) {
    exitTask(process, task, problem === 'denied' ? 126 : 127)
    delete process.execs[id]
    return { error: startError(process, argv[0] ?? '', problem) }
  }
  runMachine(process, now)
  return { session: id }
}

// The command inherits the container's environment and directory, but none of its descriptors.
function prepareExec(process: Process, task: Task, session: number): void {
  closeAll(process, task)
  Object.assign(task, { parent: 0, ignored: [], spent: 0, sliceEnd: SLICE_STEPS })
  task.fds = {
    0: addOpen(process, { kind: 'null' }),
    1: addOpen(process, { kind: 'capture', session, stream: 'stdout' }),
    2: addOpen(process, { kind: 'capture', session, stream: 'stderr' }),
  }
}

/** Ends a session and gives what it was; a command still running is killed. */
export function closeExec(process: Process, session: number): ExecSession | undefined {
  const found = process.execs[session]
  if (found === undefined) return undefined
  delete process.execs[session]
  const task = process.tasks.find((other) => other.pid === found.pid)
  if (task !== undefined) exitTask(process, task, 137, true)
  for (const stream of ['stdout', 'stderr'] as const) {
    const text = found.rest[stream]
    if (text !== '') found.output.push({ at: process.now, stream, text, partial: true })
  }
  return found
}

/** A log as text, in the order of writing. */
export function logText(log: readonly LogLine[]): string {
  return log.map((line) => (line.partial === true ? line.text : `${line.text}\n`)).join('')
}
