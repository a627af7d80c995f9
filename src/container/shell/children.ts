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
import { forkTask, isAlive, takeEnd } from '../kernel/tasks.ts'
import type { Task } from '../kernel/types.ts'
import { put, ShellFailure, type Shell } from './shell.ts'
import { forkState, type Awaited, type Capture } from './state.ts'
import { addValue } from './words.ts'

/** A copy of the shell that starts at `pc`. */
function fork(shell: Shell, pc: number): Task {
  const { machine, task, state } = shell
  const child = forkTask(machine, task)
  if (child === undefined) throw new ShellFailure("can't fork: Resource temporarily unavailable")
  child.shell = forkState(state, pc)
  return child
}

export function startSubshell(shell: Shell, pc: number): void {
  shell.state.awaited = { pids: [fork(shell, pc).pid], purpose: 'command' }
}

/** `command &`: its input is empty and it does not hear the keyboard's signals. */
export function startBackground(shell: Shell, pc: number): void {
  const { machine, state } = shell
  const child = fork(shell, pc)
  child.ignored = [...child.ignored, 'INT', 'QUIT']
  setDescriptor(machine, child, 0, addOpen(machine, { kind: 'null' }))
  state.lastBackground = child.pid
  state.jobs = [...state.jobs.slice(-50), child.pid]
  state.status = 0
}

export function startPipeline(shell: Shell, starts: readonly number[]): void {
  const { machine } = shell
  const pids: number[] = []
  let input: number | undefined
  for (const [index, start] of starts.entries()) {
    const child = fork(shell, start)
    pids.push(child.pid)
    if (input !== undefined) setDescriptor(machine, child, 0, input)
    input = undefined
    if (index === starts.length - 1) break
    const pipe = addPipe(machine)
    setDescriptor(machine, child, 1, pipe.writer)
    input = pipe.reader
  }
  if (input !== undefined) release(machine, input)
  shell.state.awaited = { pids, purpose: 'pipeline' }
}

/** Goes on when the children have ended; false while they run. */
export function finishAwaited(shell: Shell, awaited: Awaited): boolean {
  const { task, state } = shell
  if (awaited.pids.some((pid) => isAlive(shell.machine, pid))) {
    task.wait = { on: 'child', pids: awaited.pids }
    return false
  }
  const ends = awaited.pids.map((pid) => takeEnd(task, pid))
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
  const { machine, task } = shell
  const pipe = addPipe(machine)
  const child = fork(shell, pc)
  setDescriptor(machine, child, 1, pipe.writer)
  setDescriptor(machine, task, CAPTURE_FD, pipe.reader)
  shell.state.capture = { pid: child.pid, text: '', quoted }
}

/** Collects a substitution's output; true when it has ended and its text is in the word. */
export function continueCapture(shell: Shell, capture: Capture): boolean {
  const { machine, task, state } = shell
  for (;;) {
    const text = readFrom(machine, task, CAPTURE_FD, PIPE_BYTES)
    if (text === undefined) {
      task.wait = { on: 'input', fd: CAPTURE_FD }
      return false
    }
    if (text === '') break
    capture.text += text
    if (capture.text.length > VALUE_BYTES_MAX) throw new ShellFailure('out of memory')
  }
  if (isAlive(machine, capture.pid)) {
    task.wait = { on: 'child', pids: [capture.pid] }
    return false
  }
  closeDescriptor(machine, task, CAPTURE_FD)
  state.captured = takeEnd(task, capture.pid).code
  // In ash `$?` changes only with the whole command.
  if (state.flavour !== 'ash') state.status = state.captured
  state.capture = undefined
  addValue(shell, capture.text.replace(/\n+$/, '').replaceAll('\0', ''), capture.quoted)
  return true
}
