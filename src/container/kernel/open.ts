// Opening paths: files, devices, and the standard streams by their names.

import { addOpen, share } from './descriptors.ts'
import { canCreate, fileAt, resolvePath, writeFile } from './files.ts'
import type { Container, Proc } from './types.ts'

const DEVICES: Record<string, 'null' | 'zero' | 'random'> = {
  '/dev/null': 'null',
  '/dev/zero': 'zero',
  '/dev/full': 'zero',
  '/dev/random': 'random',
  '/dev/urandom': 'random',
  '/dev/tty': 'null',
}

const STANDARD: Record<string, number> = {
  '/dev/stdin': 0,
  '/dev/stdout': 1,
  '/dev/stderr': 2,
  '/proc/1/fd/1': 1,
  '/proc/1/fd/2': 2,
  '/proc/self/fd/1': 1,
  '/proc/self/fd/2': 2,
  '/dev/fd/0': 0,
  '/dev/fd/1': 1,
  '/dev/fd/2': 2,
}

/** Opens a path; a number is the open file's id, a text the reason why not. */
export function openPath(
  container: Container,
  proc: Proc,
  name: string,
  kind: string,
): number | string {
  const path = resolvePath(proc.cwd, name)
  const device = DEVICES[path]
  if (device !== undefined) return addOpen(container, { kind: device })
  if (Object.hasOwn(STANDARD, path)) {
    const owner = path.startsWith('/proc/1/') ? (container.procs[0] ?? proc) : proc
    const id = owner.fds[STANDARD[path] ?? 1]
    if (id === undefined) return `can't create ${name}: nonexistent directory`
    share(container, id)
    return id
  }
  return kind === '<' ? openToRead(container, path, name) : openToWrite(container, path, name, kind)
}

function openToRead(container: Container, path: string, name: string): number | string {
  if (name === '' || fileAt(container, path) === undefined)
    return `can't open ${name}: no such file`
  return addOpen(container, {
    kind: 'file',
    path,
    offset: 0,
    append: false,
    canRead: true,
    canWrite: false,
  })
}

function openToWrite(
  container: Container,
  path: string,
  name: string,
  kind: string,
): number | string {
  const old = fileAt(container, path)
  let problem = old?.kind === 'directory' ? 'Is a directory' : ''
  if (problem === '' && old === undefined) problem = canCreate(container, path)
  if (problem === '' && (old === undefined || kind === '>' || kind === '>|')) {
    problem = writeFile(container, path, '')
  }
  if (name === '' || problem === 'No such file or directory') {
    return `can't create ${name}: nonexistent directory`
  }
  if (problem !== '') return `can't create ${name}: ${problem}`
  const append = kind === '>>'
  const canRead = kind === '<>'
  return addOpen(container, { kind: 'file', path, offset: 0, append, canRead, canWrite: true })
}
