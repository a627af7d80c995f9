// Redirections at run time: opening files on descriptors and putting the old ones back.

import { addOpen, closeDescriptor, release, setDescriptor, share } from '../kernel/descriptors.ts'
import { openPath } from '../kernel/open.ts'
import type { Container, Proc } from '../kernel/types.ts'
import type { PendingRedirect, SavedDescriptor } from './state.ts'

/**
 * Applies redirections in order. With `saved`, the old descriptors are kept there for
 * `restoreDescriptors`. Returns an error text, or ''.
 */
export function applyRedirects(
  container: Container,
  proc: Proc,
  redirects: readonly PendingRedirect[],
  saved?: SavedDescriptor[],
): string {
  for (const redirect of redirects) {
    const problem = applyOne(container, proc, redirect, saved)
    if (problem !== '') return problem
  }
  return ''
}

function applyOne(
  container: Container,
  proc: Proc,
  redirect: PendingRedirect,
  saved: SavedDescriptor[] | undefined,
): string {
  const { fd, kind, target } = redirect
  const both = kind === '&>' || kind === '&>>' || (kind === '>&' && !/^(?:\d+|-)$/.test(target))
  if ((kind === '>&' && !both) || kind === '<&') {
    return duplicate(container, proc, fd, target, saved)
  }
  const opened =
    kind === '<<' || kind === '<<<'
      ? addOpen(container, { kind: 'text', text: target, offset: 0 })
      : openPath(container, proc, target, both ? (kind === '&>>' ? '>>' : '>') : kind)
  if (typeof opened === 'string') return opened
  save(container, proc, fd, saved)
  setDescriptor(container, proc, fd, opened)
  if (both) {
    save(container, proc, 2, saved)
    share(container, opened)
    setDescriptor(container, proc, 2, opened)
  }
  return ''
}

function save(container: Container, proc: Proc, fd: number, saved?: SavedDescriptor[]): void {
  if (saved === undefined) return
  const old = proc.fds[fd]
  if (old !== undefined) share(container, old)
  saved.push([fd, old ?? null])
}

function duplicate(
  container: Container,
  proc: Proc,
  fd: number,
  target: string,
  saved: SavedDescriptor[] | undefined,
): string {
  if (target === '-') {
    save(container, proc, fd, saved)
    closeDescriptor(container, proc, fd)
    return ''
  }
  const source = proc.fds[Number(target)]
  if (source === undefined) return `${target}: Bad file descriptor`
  save(container, proc, fd, saved)
  share(container, source)
  setDescriptor(container, proc, fd, source)
  return ''
}

/** Puts the descriptors back that `applyRedirects` replaced. */
export function restoreDescriptors(
  container: Container,
  proc: Proc,
  saved: SavedDescriptor[],
): void {
  for (const [fd, open] of saved.toReversed()) {
    if (open === null) closeDescriptor(container, proc, fd)
    else setDescriptor(container, proc, fd, open)
  }
  saved.length = 0
}

/** Keeps the redirections for good (`exec >file`). */
export function forgetDescriptors(container: Container, saved: SavedDescriptor[]): void {
  for (const [, open] of saved) if (open !== null) release(container, open)
  saved.length = 0
}
