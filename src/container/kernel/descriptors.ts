// Descriptors, open files and pipes. Open files are counted, as in a kernel: a pipe ends when its
// last writer is closed, and breaks when its last reader is.

import { randomInt } from '../../base/rng.ts'
import { fileAt, writeFile } from './files.ts'
import { PIPE_BYTES } from './limits.ts'
import { completeLines, writeLog } from './log.ts'
import type { Machine, OpenFile, Task } from './types.ts'

/** The hidden descriptor of a command substitution's output; children do not inherit it. */
export const CAPTURE_FD = 200

type New<T> = T extends OpenFile ? Omit<T, 'refs'> : never

/** Adds an open file with one reference. */
export function addOpen(machine: Machine, open: New<OpenFile>): number {
  const id = machine.nextOpen++
  machine.opens[id] = Object.assign({ refs: 1 }, open)
  return id
}

/** A pipe: the ids of its reading and writing end. */
export function addPipe(machine: Machine): { reader: number; writer: number; pipe: number } {
  const pipe = machine.nextOpen++
  machine.pipes[pipe] = { text: '', readers: 1, writers: 1 }
  const reader = addOpen(machine, { kind: 'reader', pipe })
  return { reader, writer: addOpen(machine, { kind: 'writer', pipe }), pipe }
}

/** One more reference to an open file. */
export function share(machine: Machine, id: number): void {
  const open = machine.opens[id]
  if (open !== undefined) open.refs++
}

/** One reference less; the last one closes. */
export function release(machine: Machine, id: number): void {
  const open = machine.opens[id]
  if (open === undefined || --open.refs > 0) return
  delete machine.opens[id]
  if (open.kind !== 'reader' && open.kind !== 'writer') return
  const pipe = machine.pipes[open.pipe]
  if (pipe === undefined) return
  if (open.kind === 'reader') pipe.readers--
  else pipe.writers--
  if (pipe.readers <= 0 && pipe.writers <= 0) delete machine.pipes[open.pipe]
}

/** Lets `fd` refer to an open file whose reference passes to the task. */
export function setDescriptor(machine: Machine, task: Task, fd: number, id: number): void {
  closeDescriptor(machine, task, fd)
  task.fds[fd] = id
}

export function closeDescriptor(machine: Machine, task: Task, fd: number): void {
  const id = task.fds[fd]
  if (id === undefined) return
  delete task.fds[fd]
  release(machine, id)
}

export function closeAll(machine: Machine, task: Task): void {
  for (const fd of Object.keys(task.fds)) closeDescriptor(machine, task, Number(fd))
}

function openOf(machine: Machine, task: Task, fd: number): OpenFile | undefined {
  const id = task.fds[fd]
  return id === undefined ? undefined : machine.opens[id]
}

/** Writes to a descriptor; an error text, or ''. A broken pipe marks the task. */
export function writeTo(machine: Machine, task: Task, fd: number, text: string): string {
  const open = openOf(machine, task, fd)
  if (open === undefined) return 'Bad file descriptor'
  if (text === '') return ''
  // Output is work, too: what floods its reader ends up busy.
  task.spent += text.length >> 3
  switch (open.kind) {
    case 'log':
      writeLog(machine, open.stream, text)
      return ''
    case 'capture':
      writeSession(machine, open.session, open.stream, text)
      return ''
    case 'writer':
      return writePipe(machine, task, open.pipe, text)
    case 'file':
      return open.canWrite ? writeOpen(machine, open, text) : 'Bad file descriptor'
    case 'null':
    case 'zero':
    case 'random':
      return ''
    default:
      return 'Bad file descriptor'
  }
}

function writeSession(
  machine: Machine,
  id: number,
  stream: 'stdout' | 'stderr',
  text: string,
): void {
  const session = machine.execs[id]
  if (session === undefined) return
  for (const line of completeLines(session.rest, stream, text)) {
    session.output.push({ at: machine.now, stream, text: line })
  }
}

function writePipe(machine: Machine, task: Task, id: number, text: string): string {
  const pipe = machine.pipes[id]
  if (pipe === undefined || pipe.readers <= 0) {
    task.broken = true
    return 'Broken pipe'
  }
  pipe.text += text
  return ''
}

function writeOpen(machine: Machine, open: OpenFile & { kind: 'file' }, text: string): string {
  const old = fileAt(machine, open.path)?.text ?? ''
  const at = open.append ? old.length : Math.min(open.offset, old.length)
  const changed =
    at === old.length ? old + text : old.slice(0, at) + text + old.slice(at + text.length)
  const problem = writeFile(machine, open.path, changed)
  open.offset = at + text.length
  return problem
}

/** Whether the pipe behind `fd` is full, so that its writer must wait. */
export function isCongested(machine: Machine, task: Task, fd: number): boolean {
  const open = openOf(machine, task, fd)
  if (open?.kind !== 'writer') return false
  const pipe = machine.pipes[open.pipe]
  return pipe !== undefined && pipe.readers > 0 && pipe.text.length >= PIPE_BYTES
}

/** Whether a read from `fd` would give something or the end. */
export function isReadable(machine: Machine, task: Task, fd: number): boolean {
  const open = openOf(machine, task, fd)
  if (open?.kind !== 'reader') return true
  const pipe = machine.pipes[open.pipe]
  return pipe === undefined || pipe.text !== '' || pipe.writers <= 0
}

/**
 * Takes what is there, at most `max` characters and, with `line`, not past a newline. '' is the
 * end of the input, undefined: nothing yet.
 */
export function readFrom(
  machine: Machine,
  task: Task,
  fd: number,
  max: number,
  line = false,
): string | undefined {
  const open = openOf(machine, task, fd)
  if (open === undefined || open.kind === 'null') return ''
  switch (open.kind) {
    case 'zero':
      return '\0'.repeat(Math.min(max, PIPE_BYTES))
    case 'random':
      return randomText(machine, Math.min(max, 1024))
    case 'text': {
      const text = cut(open.text, open.offset, max, line)
      open.offset += text.length
      return text
    }
    case 'file': {
      const text = open.canRead ? (fileAt(machine, open.path)?.text ?? '') : ''
      const taken = cut(text, open.offset, max, line)
      open.offset += taken.length
      return taken
    }
    case 'reader':
      return readPipe(machine, open.pipe, max, line)
    default:
      return ''
  }
}

function readPipe(machine: Machine, id: number, max: number, line: boolean): string | undefined {
  const pipe = machine.pipes[id]
  if (pipe === undefined) return ''
  const text = cut(pipe.text, 0, max, line)
  pipe.text = pipe.text.slice(text.length)
  return text === '' && pipe.writers > 0 ? undefined : text
}

function cut(text: string, offset: number, max: number, line: boolean): string {
  const end = Math.min(text.length, offset + max)
  const newline = line ? text.indexOf('\n', offset) : -1
  return text.slice(offset, newline < 0 ? end : Math.min(end, newline + 1))
}

function randomText(machine: Machine, length: number): string {
  let text = ''
  while (text.length < length) text += String.fromCharCode(randomInt(machine.rng, 256))
  return text
}
