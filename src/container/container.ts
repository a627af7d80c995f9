// A container in virtual time. Its whole state is plain data: the kubelet keeps it in the World,
// copies it, and resumes the copy. `resumeContainer` and `sendSignal` change the given state in
// place; log lines already written are never changed, so copies may share them.

import { forkRng } from '../base/rng.ts'
import type { SimTime } from '../base/time.ts'
import { copyPlain } from './kernel/copy.ts'
import { addOpen, closeAll } from './kernel/descriptors.ts'
import { DEFAULT_PATH, execProc, type ExecProblem } from './kernel/exec.ts'
import { fileAt, makeDirectory, parentOf, resolvePath, writeFile } from './kernel/files.ts'
import { SLICE_STEPS } from './kernel/limits.ts'
import { runProcs } from './kernel/scheduler.ts'
import { deliverSignal } from './kernel/signals.ts'
import { exitProc, forkProc } from './kernel/procs.ts'
import type { Exec, FileNode, LogLine, Container, Proc } from './kernel/types.ts'
import { PROGRAM_TABLE } from './program-table.ts'
import type { ImageConfig } from './image.ts'

export type { Container, LogLine } from './kernel/types.ts'
export { LOG_BYTES_MAX, LOG_LINE_HEAD } from './kernel/limits.ts'

export type Signal = 'TERM' | 'KILL' | 'INT' | 'HUP' | 'QUIT' | 'USR1' | 'USR2'

export interface StartOptions {
  image: ImageConfig
  /** Replaces the image's entrypoint (and drops its cmd), as in a container spec. */
  command?: string[]
  /** Replaces the image's cmd. */
  args?: string[]
  env: Record<string, string>
  hostname: string
  workingDir?: string
  /** Different seeds give different `$RANDOM`; equal options give equal containers. */
  seed: number
  now: SimTime
  /** The container's restart count. */
  attempt: number
  /** The numbers of the user and the group it runs as; root's unless given. */
  user?: number
  group?: number
  /** Mounted files by absolute path. */
  files?: Record<string, string>
  /** Directories of volumes and what is in them, by absolute path. */
  nodes?: Readonly<Record<string, FileNode>>
}

/**
 * Starts a container and runs it up to `now`. If its program cannot be started, the
 * error is runc's: `exec: "nope": executable file not found in $PATH`.
 */
export function launchContainer(
  options: StartOptions,
): { container: Container } | { error: string } {
  const { image } = options
  const entrypoint = options.command ?? image.entrypoint
  const cmd = options.args ?? (options.command === undefined ? image.cmd : [])
  const argv = [...entrypoint, ...cmd]
  const container = newContainer(options)
  const proc = firstProc(container, options)
  if (argv.length === 0) return { error: 'no command specified' }
  const problem = execProc(container, proc, argv)
  if (problem !== undefined) return { error: startError(container, argv[0] ?? '', problem) }
  runProcs(container, PROGRAM_TABLE, options.now)
  return { container: container }
}

function newContainer(options: StartOptions): Container {
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
    user: options.user === undefined || options.user === 0 ? 'root' : String(options.user),
    group: options.group ?? 0,
    tools: options.image.tools,
    programs: options.image.programs ?? [],
    rng: forkRng(options.seed, `container/${options.attempt}`),
    files: {},
    fileBytes: 0,
    hasLinks: false,
    opens: {},
    pipes: {},
    procs: [],
    sources: [],
    execs: {},
    spent: 0,
    ranAt: options.now,
    nextPid: 1,
    nextOpen: 1,
  }
}

function firstProc(container: Container, options: StartOptions): Proc {
  const { image } = options
  const env = {
    PATH: DEFAULT_PATH,
    HOSTNAME: options.hostname,
    ...image.env,
    ...options.env,
    HOME: options.env['HOME'] ?? '/root',
  }
  const cwd = resolvePath('/', options.workingDir ?? image.workingDir ?? '/')
  const files = {
    '/etc/hostname': `${options.hostname}\n`,
    '/etc/hosts': '127.0.0.1\tlocalhost\n',
    '/etc/resolv.conf': 'nameserver 10.96.0.10\n',
    '/dev/termination-log': '',
    ...options.files,
  }
  makeFolders(container, cwd)
  for (const [path, node] of Object.entries(options.nodes ?? {})) {
    makeFolders(container, parentOf(path))
    container.files[path] = node
    container.hasLinks ||= node.kind === 'link'
    container.fileBytes += node.text.length
  }
  for (const [path, text] of Object.entries(files)) {
    makeFolders(container, parentOf(path))
    writeFile(container, path, text)
  }
  const proc = newProc(container, env, cwd)
  container.procs.push(proc)
  return proc
}

function newProc(container: Container, env: Record<string, string>, cwd: string): Proc {
  return {
    pid: container.nextPid++,
    parent: 0,
    argv: [],
    env,
    cwd,
    umask: 0o022,
    startedAt: container.now,
    fds: {
      0: addOpen(container, { kind: 'null' }),
      1: addOpen(container, { kind: 'log', stream: 'stdout' }),
      2: addOpen(container, { kind: 'log', stream: 'stderr' }),
    },
    block: { on: 'ready' },
    program: '',
    handlers: {},
    shell: undefined,
    memory: {},
    pending: [],
    ignored: [],
    ended: {},
    broken: false,
    spent: 0,
    sliceEnd: SLICE_STEPS,
    ranAt: container.now,
  }
}

function makeFolders(container: Container, path: string): void {
  if (path === '/' || fileAt(container, path) !== undefined) return
  makeFolders(container, parentOf(path))
  makeDirectory(container, path)
}

function startError(container: Container, name: string, problem: ExecProblem): string {
  const shown = JSON.stringify(name)
  if (problem === 'denied') return `exec: ${shown}: permission denied`
  if (!name.includes('/')) return `exec: ${shown}: executable file not found in $PATH`
  const found = fileAt(container, resolvePath('/', name)) !== undefined
  const why = 'no such file or directory'
  return `exec: ${shown}: ${found ? why : `stat ${name}: ${why}`}`
}

/** Runs the container up to `now`. Does nothing before `wakeAt` or after the end. */
export function resumeContainer(container: Container, now: SimTime): void {
  if (container.exited !== undefined || container.wakeAt === undefined || container.wakeAt > now)
    return
  runProcs(container, PROGRAM_TABLE, now)
}

/**
 * Delivers a signal to the container's first proc, which gets it only if it handles it. KILL ends
 * the whole container at once with code 137.
 */
export function sendSignal(container: Container, signal: Signal, now: SimTime): void {
  if (container.exited !== undefined) return
  container.now = now
  const [first] = container.procs
  if (first === undefined) return
  if (signal === 'KILL') {
    exitProc(container, first, 137, true)
    return
  }
  const before = container.busy
  deliverSignal(container, first, signal)
  // A signal that nobody handles does not give a busy container more time.
  const isHandled = container.exited !== undefined || container.procs.some(isReady)
  if (isHandled || !before) runProcs(container, PROGRAM_TABLE, now)
}

function isReady(proc: Proc): boolean {
  return proc.block.on === 'ready'
}

/** A copy to change independently; cheaper than structuredClone, for lines are shared. */
export function cloneContainer(container: Container): Container {
  const { log, files } = container
  const copy = copyPlain({ ...container, log: [], files: {} })
  return Object.assign(copy, { log: log.slice(), files: { ...files } })
}

/**
 * Runs a command beside the container's own (`kubectl exec`). It is in `execs` under the
 * returned id: output so far, and an exit code once it has ended. The caller resumes the container
 * as usual and removes it with `closeExec`.
 */
export function execInContainer(
  container: Container,
  argv: string[],
  now: SimTime,
): { exec: number } | { error: string } {
  const [first] = container.procs
  if (container.exited !== undefined || first === undefined)
    return { error: 'container not running' }
  container.now = now
  const proc = forkProc(container, first)
  if (proc === undefined) return { error: 'resource temporarily unavailable' }
  const id = container.nextOpen++
  container.execs[id] = {
    pid: proc.pid,
    output: [],
    rest: { stdout: '', stderr: '' },
    exitCode: undefined,
  }
  prepareExec(container, proc, id)
  const problem = execProc(container, proc, argv)
  if (problem !== undefined) {
    exitProc(container, proc, problem === 'denied' ? 126 : 127)
    delete container.execs[id]
    return { error: startError(container, argv[0] ?? '', problem) }
  }
  runProcs(container, PROGRAM_TABLE, now)
  return { exec: id }
}

// The command inherits the container's environment and directory, but none of its descriptors.
function prepareExec(container: Container, proc: Proc, exec: number): void {
  closeAll(container, proc)
  Object.assign(proc, { parent: 0, ignored: [], spent: 0, sliceEnd: SLICE_STEPS })
  proc.fds = {
    0: addOpen(container, { kind: 'null' }),
    1: addOpen(container, { kind: 'capture', exec, stream: 'stdout' }),
    2: addOpen(container, { kind: 'capture', exec, stream: 'stderr' }),
  }
}

/** Ends an exec and gives what it was; a command still running is killed. */
export function closeExec(container: Container, exec: number): Exec | undefined {
  const found = container.execs[exec]
  if (found === undefined) return undefined
  delete container.execs[exec]
  const proc = container.procs.find((other) => other.pid === found.pid)
  if (proc !== undefined) exitProc(container, proc, 137, true)
  for (const stream of ['stdout', 'stderr'] as const) {
    const text = found.rest[stream]
    if (text !== '') found.output.push({ at: container.now, stream, text, partial: true })
  }
  return found
}

/** A log as text, in the order of writing. */
export function logText(log: readonly LogLine[]): string {
  return log.map((line) => (line.partial === true ? line.text : `${line.text}\n`)).join('')
}
