// Descriptors, open files and pipes. Open files are counted, as in a kernel: a pipe ends when its
// last writer is closed, and breaks when its last reader is.

import { randomInt } from '../../base/rng.ts'
import { fileAt, writeFile } from './files.ts'
import { PIPE_BYTES } from './limits.ts'
import { completeLines, writeLog } from './log.ts'
import type { Container, OpenFile, Proc } from './types.ts'

/** The hidden descriptor of a command substitution's output; children do not inherit it. */
export const CAPTURE_FD = 200

type New<T> = T extends OpenFile ? Omit<T, 'refs'> : never

/** Adds an open file with one reference. */
export function addOpen(container: Container, open: New<OpenFile>): number {
  const id = container.nextOpen++
  container.opens[id] = Object.assign({ refs: 1 }, open)
  return id
}

/** A pipe: the ids of its reading and writing end. */
export function addPipe(container: Container): { reader: number; writer: number; pipe: number } {
  const pipe = container.nextOpen++
  container.pipes[pipe] = { text: '', readers: 1, writers: 1 }
  const reader = addOpen(container, { kind: 'reader', pipe })
  return { reader, writer: addOpen(container, { kind: 'writer', pipe }), pipe }
}

/** One more reference to an open file. */
export function share(container: Container, id: number): void {
  const open = container.opens[id]
  if (open !== undefined) open.refs++
}

/** One reference less; the last one closes. */
export function release(container: Container, id: number): void {
  const open = container.opens[id]
  if (open === undefined || --open.refs > 0) return
  delete container.opens[id]
  if (open.kind !== 'reader' && open.kind !== 'writer') return
  const pipe = container.pipes[open.pipe]
  if (pipe === undefined) return
  if (open.kind === 'reader') pipe.readers--
  else pipe.writers--
  if (pipe.readers <= 0 && pipe.writers <= 0) delete container.pipes[open.pipe]
}

/** Lets `fd` refer to an open file whose reference passes to the proc. */
export function setDescriptor(container: Container, proc: Proc, fd: number, id: number): void {
  closeDescriptor(container, proc, fd)
  proc.fds[fd] = id
}

export function closeDescriptor(container: Container, proc: Proc, fd: number): void {
  const id = proc.fds[fd]
  if (id === undefined) return
  delete proc.fds[fd]
  release(container, id)
}

export function closeAll(container: Container, proc: Proc): void {
  for (const fd of Object.keys(proc.fds)) closeDescriptor(container, proc, Number(fd))
}

function openOf(container: Container, proc: Proc, fd: number): OpenFile | undefined {
  const id = proc.fds[fd]
  return id === undefined ? undefined : container.opens[id]
}

/** Writes to a descriptor; an error text, or ''. A broken pipe marks the proc. */
export function writeTo(container: Container, proc: Proc, fd: number, text: string): string {
  const open = openOf(container, proc, fd)
  if (open === undefined) return 'Bad file descriptor'
  if (text === '') return ''
  // Output is work, too: what floods its reader ends up busy.
  proc.spent += text.length >> 3
  switch (open.kind) {
    case 'log':
      writeLog(container, open.stream, text)
      return ''
    case 'capture':
      writeExec(container, open.exec, open.stream, text)
      return ''
    case 'writer':
      return writePipe(container, proc, open.pipe, text)
    case 'file':
      return open.canWrite ? writeOpen(container, open, text) : 'Bad file descriptor'
    case 'null':
    case 'zero':
    case 'random':
      return ''
    default:
      return 'Bad file descriptor'
  }
}

function writeExec(
  container: Container,
  id: number,
  stream: 'stdout' | 'stderr',
  text: string,
): void {
  const exec = container.execs[id]
  if (exec === undefined) return
  for (const line of completeLines(exec.rest, stream, text)) {
    exec.output.push({ at: container.now, stream, text: line })
  }
}

function writePipe(container: Container, proc: Proc, id: number, text: string): string {
  const pipe = container.pipes[id]
  if (pipe === undefined || pipe.readers <= 0) {
    proc.broken = true
    return 'Broken pipe'
  }
  pipe.text += text
  return ''
}

function writeOpen(container: Container, open: OpenFile & { kind: 'file' }, text: string): string {
  const old = fileAt(container, open.path)?.text ?? ''
  const at = open.append ? old.length : Math.min(open.offset, old.length)
  const changed =
    at === old.length ? old + text : old.slice(0, at) + text + old.slice(at + text.length)
  const problem = writeFile(container, open.path, changed)
  open.offset = at + text.length
  return problem
}

/** Whether the pipe behind `fd` is full, so that its writer must wait. */
export function isCongested(container: Container, proc: Proc, fd: number): boolean {
  const open = openOf(container, proc, fd)
  if (open?.kind !== 'writer') return false
  const pipe = container.pipes[open.pipe]
  return pipe !== undefined && pipe.readers > 0 && pipe.text.length >= PIPE_BYTES
}

/** Whether a read from `fd` would give something or the end. */
export function isReadable(container: Container, proc: Proc, fd: number): boolean {
  const open = openOf(container, proc, fd)
  if (open?.kind !== 'reader') return true
  const pipe = container.pipes[open.pipe]
  return pipe === undefined || pipe.text !== '' || pipe.writers <= 0
}

/**
 * Takes what is there, at most `max` characters and, with `line`, not past a newline. '' is the
 * end of the input, undefined: nothing yet.
 */
export function readFrom(
  container: Container,
  proc: Proc,
  fd: number,
  max: number,
  line = false,
): string | undefined {
  const open = openOf(container, proc, fd)
  if (open === undefined || open.kind === 'null') return ''
  switch (open.kind) {
    case 'zero':
      return '\0'.repeat(Math.min(max, PIPE_BYTES))
    case 'random':
      return randomText(container, Math.min(max, 1024))
    case 'text': {
      const text = cut(open.text, open.offset, max, line)
      open.offset += text.length
      return text
    }
    case 'file': {
      const text = open.canRead ? (fileAt(container, open.path)?.text ?? '') : ''
      const taken = cut(text, open.offset, max, line)
      open.offset += taken.length
      return taken
    }
    case 'reader':
      return readPipe(container, open.pipe, max, line)
    default:
      return ''
  }
}

function readPipe(
  container: Container,
  id: number,
  max: number,
  line: boolean,
): string | undefined {
  const pipe = container.pipes[id]
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

function randomText(container: Container, length: number): string {
  let text = ''
  while (text.length < length) text += String.fromCharCode(randomInt(container.rng, 256))
  return text
}
