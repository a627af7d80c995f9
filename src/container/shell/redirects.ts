// Redirections at run time: opening files on descriptors and putting the old ones back.

import { addOpen, closeDescriptor, release, setDescriptor, share } from '../kernel/descriptors.ts'
import { canCreate, fileAt, resolvePath, writeFile } from '../kernel/files.ts'
import type { Machine, Task } from '../kernel/types.ts'
import type { PendingRedirect, SavedDescriptor } from './state.ts'

/**
 * Applies redirections in order. With `saved`, the old descriptors are kept there for
 * `restoreDescriptors`. Returns an error text, or ''.
 */
export function applyRedirects(
  machine: Machine,
  task: Task,
  redirects: readonly PendingRedirect[],
  saved?: SavedDescriptor[],
): string {
  for (const redirect of redirects) {
    const problem = applyOne(machine, task, redirect, saved)
    if (problem !== '') return problem
  }
  return ''
}

function applyOne(
  machine: Machine,
  task: Task,
  redirect: PendingRedirect,
  saved: SavedDescriptor[] | undefined,
): string {
  const { fd, kind, target } = redirect
  const both = kind === '&>' || kind === '&>>' || (kind === '>&' && !/^(?:\d+|-)$/.test(target))
  if ((kind === '>&' && !both) || kind === '<&') {
    return duplicate(machine, task, fd, target, saved)
  }
  const opened =
    kind === '<<' || kind === '<<<'
      ? addOpen(machine, { kind: 'text', text: target, offset: 0 })
      : openPath(machine, task, target, both ? (kind === '&>>' ? '>>' : '>') : kind)
  if (typeof opened === 'string') return opened
  save(machine, task, fd, saved)
  setDescriptor(machine, task, fd, opened)
  if (both) {
    save(machine, task, 2, saved)
    share(machine, opened)
    setDescriptor(machine, task, 2, opened)
  }
  return ''
}

function save(machine: Machine, task: Task, fd: number, saved?: SavedDescriptor[]): void {
  if (saved === undefined) return
  const old = task.fds[fd]
  if (old !== undefined) share(machine, old)
  saved.push([fd, old ?? null])
}

function duplicate(
  machine: Machine,
  task: Task,
  fd: number,
  target: string,
  saved: SavedDescriptor[] | undefined,
): string {
  if (target === '-') {
    save(machine, task, fd, saved)
    closeDescriptor(machine, task, fd)
    return ''
  }
  const source = task.fds[Number(target)]
  if (source === undefined) return `${target}: Bad file descriptor`
  save(machine, task, fd, saved)
  share(machine, source)
  setDescriptor(machine, task, fd, source)
  return ''
}

/** Puts the descriptors back that `applyRedirects` replaced. */
export function restoreDescriptors(machine: Machine, task: Task, saved: SavedDescriptor[]): void {
  for (const [fd, open] of saved.toReversed()) {
    if (open === null) closeDescriptor(machine, task, fd)
    else setDescriptor(machine, task, fd, open)
  }
  saved.length = 0
}

/** Keeps the redirections for good (`exec >file`). */
export function forgetDescriptors(machine: Machine, saved: SavedDescriptor[]): void {
  for (const [, open] of saved) if (open !== null) release(machine, open)
  saved.length = 0
}

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
  machine: Machine,
  task: Task,
  name: string,
  kind: string,
): number | string {
  const path = resolvePath(task.cwd, name)
  const device = DEVICES[path]
  if (device !== undefined) return addOpen(machine, { kind: device })
  if (Object.hasOwn(STANDARD, path)) {
    const owner = path.startsWith('/proc/1/') ? (machine.tasks[0] ?? task) : task
    const id = owner.fds[STANDARD[path] ?? 1]
    if (id === undefined) return `can't create ${name}: nonexistent directory`
    share(machine, id)
    return id
  }
  return kind === '<' ? openToRead(machine, path, name) : openToWrite(machine, path, name, kind)
}

function openToRead(machine: Machine, path: string, name: string): number | string {
  if (name === '' || fileAt(machine, path) === undefined) return `can't open ${name}: no such file`
  return addOpen(machine, {
    kind: 'file',
    path,
    offset: 0,
    append: false,
    canRead: true,
    canWrite: false,
  })
}

function openToWrite(machine: Machine, path: string, name: string, kind: string): number | string {
  const old = fileAt(machine, path)
  let problem = old?.kind === 'directory' ? 'Is a directory' : ''
  if (problem === '' && old === undefined) problem = canCreate(machine, path)
  if (problem === '' && (old === undefined || kind === '>' || kind === '>|')) {
    problem = writeFile(machine, path, '')
  }
  if (name === '' || problem === 'No such file or directory') {
    return `can't create ${name}: nonexistent directory`
  }
  if (problem !== '') return `can't create ${name}: ${problem}`
  const append = kind === '>>'
  const canRead = kind === '<>'
  return addOpen(machine, { kind: 'file', path, offset: 0, append, canRead, canWrite: true })
}
