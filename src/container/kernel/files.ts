// The container's file system: the image's files (shared by all) under a layer of changes that
// belongs to the container.

import { rootFiles } from '../image.ts'
import { FILES_BYTES_MAX } from './limits.ts'
import type { FileNode, Container } from './types.ts'

/** An absolute, normalised path: `..`, `.` and double slashes resolved against `cwd`. */
export function resolvePath(cwd: string, path: string): string {
  const parts: string[] = []
  for (const part of `${path.startsWith('/') ? '' : cwd}/${path}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash <= 0 ? '/' : path.slice(0, slash)
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The file or directory at an absolute path, symbolic links followed. */
export function fileAt(container: Container, path: string): FileNode | undefined {
  if (!container.hasLinks) return nodeAt(container, path)
  const node = nodeAt(container, realPath(container, path))
  return node?.kind === 'link' ? undefined : node
}

/** What has the path as its name: a link itself, not what it leads to. */
export function nodeAt(container: Container, path: string): FileNode | undefined {
  if (Object.hasOwn(container.files, path)) return container.files[path] ?? undefined
  return rootFiles(container).get(path) ?? procFile(container, path)
}

/** More links than this on one way are a circle. */
const LINKS_MAX = 40

/** A path without symbolic links; its last part is followed unless `last` is false. */
export function realPath(container: Container, path: string, last = true): string {
  if (!container.hasLinks) return path
  let rest = partsOf(path)
  let done = ''
  for (let links = 0; rest.length > 0;) {
    const part = rest.shift() ?? ''
    const node = nodeAt(container, `${done}/${part}`)
    if (node?.kind !== 'link' || (rest.length === 0 && !last)) done += `/${part}`
    else if (++links > LINKS_MAX) return path
    else {
      rest = [...partsOf(resolvePath(done === '' ? '/' : done, node.text)), ...rest]
      done = ''
    }
  }
  return done === '' ? '/' : done
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '')
}

/** Makes a symbolic link; an error text, or ''. */
export function makeLink(container: Container, path: string, target: string): string {
  const at = realPath(container, path, false)
  if (nodeAt(container, at) !== undefined) return 'File exists'
  const problem = canCreate(container, at)
  if (problem !== '') return problem
  container.hasLinks = true
  container.files[at] = { kind: 'link', text: target, mode: 0o777, changedAt: container.now }
  return ''
}

// A few files of /proc, made when they are looked at.
function procFile(container: Container, path: string): FileNode | undefined {
  if (!path.startsWith('/proc/')) return undefined
  const up = ((container.now - container.bootedAt) / 1000 + 86_400).toFixed(2)
  const texts: Record<string, string> = {
    '/proc/uptime': `${up} ${up}\n`,
    '/proc/loadavg': '0.08 0.03 0.01 1/112 7\n',
    '/proc/version': 'Linux version 6.1.0-28-amd64 (gcc 12.2.0) #1 SMP Debian 6.1.119-1\n',
    '/proc/meminfo': 'MemTotal:        2014656 kB\nMemFree:          987432 kB\n',
    '/proc/cpuinfo': 'processor\t: 0\nmodel name\t: QEMU Virtual CPU\n\nprocessor\t: 1\n',
    '/proc/1/cmdline': `${container.procs[0]?.argv.join('\0') ?? ''}\0`,
    '/proc/sys/kernel/hostname': `${container.hostname}\n`,
  }
  if (!Object.hasOwn(texts, path)) return undefined
  return { kind: 'file', text: texts[path] ?? '', mode: 0o444, changedAt: container.now }
}

export function isDirectory(container: Container, path: string): boolean {
  return fileAt(container, path)?.kind === 'directory'
}

/** Names in a directory, sorted by code unit as in the C locale. */
export function listDirectory(container: Container, name: string): string[] {
  const path = realPath(container, name)
  const prefix = path === '/' ? '/' : `${path}/`
  const names = new Set<string>()
  const add = (full: string): void => {
    if (full === '/' || !full.startsWith(prefix)) return
    const name = full.slice(prefix.length)
    if (!name.includes('/') && nodeAt(container, full) !== undefined) names.add(name)
  }
  for (const full of rootFiles(container).keys()) add(full)
  for (const full of Object.keys(container.files)) add(full)
  return [...names].sort()
}

/** Writes a file; an error text, or ''. */
export function writeFile(container: Container, name: string, text: string, mode?: number): string {
  const path = realPath(container, name)
  const old = fileAt(container, path)
  if (old?.kind === 'directory') return 'Is a directory'
  const problem = canCreate(container, path)
  if (problem !== '') return problem
  const grown = container.fileBytes + text.length - (old?.text.length ?? 0)
  if (grown > FILES_BYTES_MAX) return 'No space left on device'
  container.fileBytes = Math.max(0, grown)
  const bits = mode ?? old?.mode ?? 0o644
  container.files[path] = { kind: 'file', text, mode: bits, changedAt: container.now }
  return ''
}

/** Why nothing can be created at `path`, or ''. */
export function canCreate(container: Container, path: string): string {
  if (/^\/(?:proc|sys)(?:\/|$)/.test(path)) return 'Read-only file system'
  const parent = fileAt(container, parentOf(path))
  if (parent === undefined) return 'No such file or directory'
  return parent.kind === 'directory' ? '' : 'Not a directory'
}

/** Makes a directory; an error text, or ''. */
export function makeDirectory(container: Container, name: string): string {
  const path = realPath(container, name, false)
  if (nodeAt(container, path) !== undefined) return 'File exists'
  const problem = canCreate(container, path)
  if (problem !== '') return problem
  const node = { kind: 'directory' as const, text: '', mode: 0o755 }
  container.files[path] = { ...node, changedAt: container.now }
  return ''
}

/** Removes a file, or a directory with all it holds. */
export function removeFile(container: Container, name: string): void {
  const path = realPath(container, name, false)
  const isFolder = nodeAt(container, path)?.kind === 'directory'
  for (const inner of isFolder ? listDirectory(container, path) : []) {
    removeFile(container, path === '/' ? `/${inner}` : `${path}/${inner}`)
  }
  const text = container.files[path]?.text ?? ''
  container.fileBytes = Math.max(0, container.fileBytes - text.length)
  container.files[path] = null
}
