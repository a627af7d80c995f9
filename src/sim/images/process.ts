// A container's process tree in virtual time. The whole state is plain data: the kubelet keeps it in
// the World, copies it, and resumes the copy. `resumeProcess` and `signalProcess` change the given
// state in place; log lines already written are never changed, so copies may share them.

import { addMs, type SimTime } from '../../base/time.ts'
import { findImage } from './registry.ts'

/** One line of `kubectl logs`. `partial`: the process ended without the newline. */
export interface LogLine {
  at: SimTime
  stream: 'stdout' | 'stderr'
  text: string
  partial?: true
}

export type Signal = 'TERM' | 'KILL' | 'INT' | 'HUP' | 'QUIT' | 'USR1' | 'USR2'

export interface Process {
  /** When to call `resumeProcess` next; undefined: only a signal can change anything. */
  wakeAt: SimTime | undefined
  exited: { code: number; at: SimTime } | undefined
  /** Computing without end and without sleeping: it is not resumed and costs nothing. */
  busy: boolean
  /** Oldest first; like a rotated log file only the newest 256 KiB are kept. */
  log: LogLine[]
  steps: string[]
  trap: string | undefined
}

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
}

/** Starts a container's process and runs it up to `now`, or tells why it cannot be started. */
export function startProcess(options: StartOptions): { process: Process } | { error: string } {
  const image = findImage(options.image, [options.image])
  const entrypoint = options.command ?? image?.entrypoint ?? []
  const cmd = options.args ?? (options.command === undefined ? (image?.cmd ?? []) : [])
  const argv = [...entrypoint, ...cmd]
  const name = argv[0] ?? ''
  const known =
    /^(?:.*\/)?(?:sh|ash|bash|date|echo|sleep|true|false|perl|agent|nginx|[\w-]*entry.*)$/
  if (!known.test(name)) {
    return { error: `exec: ${JSON.stringify(name)}: executable file not found in $PATH` }
  }
  const steps = argv[1] === '-c' ? (argv[2] ?? '').split(/[;\n]/) : [argv.join(' ')]
  const process: Process = {
    wakeAt: options.now,
    exited: undefined,
    busy: false,
    log: [],
    steps: steps.map((step) => step.trim()),
    trap: undefined,
  }
  resumeProcess(process, options.now)
  return { process }
}

/** Runs the process up to `now`. Does nothing before `wakeAt` or after the end. */
export function resumeProcess(process: Process, now: SimTime): void {
  if (process.exited !== undefined || process.wakeAt === undefined || process.wakeAt > now) return
  process.wakeAt = undefined
  for (;;) {
    const [word = '', ...rest] = (process.steps.shift() ?? 'exit 0').split(' ')
    if (word === 'sleep') process.wakeAt = addMs(now, Number(rest[0]) * 1000)
    else if (word === 'echo') process.log.push({ at: now, stream: 'stdout', text: rest.join(' ') })
    else if (word === 'exit') process.exited = { code: Number(rest[0] ?? 0), at: now }
    else if (word === 'false') process.exited = { code: 1, at: now }
    else if (word === 'perl') process.wakeAt = addMs(now, 4000)
    else if (word === 'trap') process.trap = rest.join(' ')
    else if (/agent|nginx|entry/.test(word)) process.trap = 'exit 0'
    if (process.wakeAt !== undefined || process.exited !== undefined) return
    if (/agent|nginx|entry/.test(word)) return
  }
}

/** Delivers a signal; KILL ends the whole tree at once with code 137. */
export function signalProcess(process: Process, signal: Signal, now: SimTime): void {
  if (process.exited !== undefined) return
  if (signal === 'KILL') process.exited = { code: 137, at: now }
  else if (signal === 'TERM' && process.trap !== undefined) process.exited = { code: 0, at: now }
  if (process.exited !== undefined) process.wakeAt = undefined
}

/** A copy to change independently; cheaper than structuredClone, for lines are shared. */
export function cloneProcess(process: Process): Process {
  return { ...structuredClone({ ...process, log: [] }), log: process.log.slice() }
}
