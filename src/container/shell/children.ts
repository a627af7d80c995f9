// Subshells, pipelines, background jobs and command substitutions.

import {
  addOpen,
  addPipe,
  CAPTURE_FD,
  closeDescriptor,
  readFrom,
  release,
  setDescriptor,
} from '../kernel/descriptors.ts'
import { PIPE_BYTES, VALUE_BYTES_MAX } from '../kernel/limits.ts'
import { forkProc, isAlive, takeEnd } from '../kernel/procs.ts'
import type { Proc } from '../kernel/types.ts'
import { trimEnd } from '../trim.ts'
import { put, ShellFailure, type Shell } from './shell.ts'
import { forkState, type Awaited, type Capture } from './state.ts'
import { addValue } from './words.ts'

/** A copy of the shell that starts at `pc`. */
function fork(shell: Shell, pc: number): Proc {
  const { container, proc, state } = shell
  const child = forkProc(container, proc)
  if (child === undefined) throw new ShellFailure("can't fork: Resource temporarily unavailable")
  child.shell = forkState(state, pc)
  return child
}

export function startSubshell(shell: Shell, pc: number): void {
  shell.state.awaited = { pids: [fork(shell, pc).pid], purpose: 'command' }
}

/** `command &`: its input is empty and it ignores the keyboard's signals. */
export function startBackground(shell: Shell, pc: number): void {
  const { container, state } = shell
  const child = fork(shell, pc)
  child.ignored = [...child.ignored, 'INT', 'QUIT']
  setDescriptor(container, child, 0, addOpen(container, { kind: 'null' }))
  state.lastBackground = child.pid
  state.jobs = [...state.jobs.slice(-50), child.pid]
  state.status = 0
}

export function startPipeline(shell: Shell, starts: readonly number[]): void {
  const { container } = shell
  const pids: number[] = []
  let input: number | undefined
  for (const [index, start] of starts.entries()) {
    const child = fork(shell, start)
    pids.push(child.pid)
    if (input !== undefined) setDescriptor(container, child, 0, input)
    input = undefined
    if (index === starts.length - 1) break
    const pipe = addPipe(container)
    setDescriptor(container, child, 1, pipe.writer)
    input = pipe.reader
  }
  if (input !== undefined) release(container, input)
  shell.state.awaited = { pids, purpose: 'pipeline' }
}

/** Continues when the children have ended; false while they run. */
export function finishAwaited(shell: Shell, awaited: Awaited): boolean {
  const { proc, state } = shell
  if (awaited.pids.some((pid) => isAlive(shell.container, pid))) {
    proc.block = { on: 'child', pids: awaited.pids }
    return false
  }
  const ends = awaited.pids.map((pid) => takeEnd(proc, pid))
  state.awaited = undefined
  const last = ends.at(-1)
  const failed = ends.findLast((end) => end.code !== 0)
  const isStrict = awaited.purpose === 'pipeline' && state.options.includes('pipefail')
  state.status = (isStrict ? failed?.code : last?.code) ?? 0
  // ash says so if a signal ended the command.
  const word = last?.signalled === true ? SIGNAL_WORDS[last.code] : undefined
  if (word !== undefined) put(shell, 2, `${word}\n`)
  return true
}

const SIGNAL_WORDS: Record<number, string> = {
  129: 'Hangup',
  131: 'Quit',
  134: 'Aborted',
  137: 'Killed',
  138: 'User defined signal 1',
  139: 'Segmentation fault',
  140: 'User defined signal 2',
  142: 'Alarm clock',
  143: 'Terminated',
}

export function startCapture(shell: Shell, pc: number, quoted: boolean): void {
  const { container, proc } = shell
  const pipe = addPipe(container)
  const child = fork(shell, pc)
  setDescriptor(container, child, 1, pipe.writer)
  setDescriptor(container, proc, CAPTURE_FD, pipe.reader)
  shell.state.capture = { pid: child.pid, text: '', quoted }
}

/** Collects a substitution's output; true when it has ended and its text is in the word. */
export function continueCapture(shell: Shell, capture: Capture): boolean {
  const { container, proc, state } = shell
  for (;;) {
    const text = readFrom(container, proc, CAPTURE_FD, PIPE_BYTES)
    if (text === undefined) {
      proc.block = { on: 'input', fd: CAPTURE_FD }
      return false
    }
    if (text === '') break
    capture.text += text
    if (capture.text.length > VALUE_BYTES_MAX) throw new ShellFailure('out of memory')
  }
  if (isAlive(container, capture.pid)) {
    proc.block = { on: 'child', pids: [capture.pid] }
    return false
  }
  closeDescriptor(container, proc, CAPTURE_FD)
  state.captured = takeEnd(proc, capture.pid).code
  // In ash `$?` changes only with the whole command.
  if (state.flavour !== 'ash') state.status = state.captured
  state.capture = undefined
  addValue(shell, trimEnd(capture.text, '\n').replaceAll('\0', ''), capture.quoted)
  return true
}
