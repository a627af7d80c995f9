// The container's file system: the image's files (computed, shared by all) under a layer of changes
// that belongs to the process.

import type { SimTime } from '../../base/time.ts'
import { toolNames } from '../tools/index.ts'
import { FILES_BYTES_MAX } from './limits.ts'
import type { FileNode, Machine } from './types.ts'

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

const DIRECTORIES =
  '/ /bin /dev /etc /home /lib /opt /proc /root /run /sbin /sys /tmp /usr /usr/bin /usr/local ' +
  '/usr/local/bin /usr/sbin /var /var/log /var/run /var/run/secrets ' +
  '/var/run/secrets/kubernetes.io /var/run/secrets/kubernetes.io/serviceaccount /var/tmp'

// Programs that are elsewhere than in /bin.
const PROGRAM_PATHS: Record<string, string[]> = {
  nginx: ['/usr/sbin/nginx'],
  'docker-entrypoint.sh': ['/docker-entrypoint.sh', '/usr/local/bin/docker-entrypoint.sh'],
  'entrypoint.sh': ['/entrypoint.sh', '/bin/entrypoint.sh'],
  hello: ['/hello'],
  pause: ['/pause'],
  perl: ['/usr/local/bin/perl'],
  python: ['/usr/local/bin/python'],
  python3: ['/usr/local/bin/python3'],
}

type Layer = ReadonlyMap<string, FileNode>

const baseLayers = new Map<string, Layer>()
/** The layer asked for last: one machine asks many times in a row. */
let last: (Pick<Machine, 'tools' | 'programs'> & { layer: Layer }) | undefined

/** The image's own files; the same Map for every container with the same tools. */
function baseLayer({ tools, programs }: Machine): Layer {
  if (last?.tools === tools && last.programs === programs) return last.layer
  const key = `${tools} ${programs.join(' ')}`
  let layer = baseLayers.get(key)
  if (layer === undefined) baseLayers.set(key, (layer = makeLayer(tools, programs)))
  last = { tools, programs, layer }
  return layer
}

function makeLayer(tools: Machine['tools'], programs: readonly string[]): Layer {
  const layer = new Map<string, FileNode>()
  const at = 0 as SimTime
  for (const path of DIRECTORIES.split(' ')) {
    layer.set(path, { kind: 'directory', text: '', mode: 0o755, changedAt: at })
  }
  for (const name of toolNames(tools, programs)) {
    // What makes a file a program: its text names the tool that it is.
    const node = { kind: 'file' as const, text: `\x7fELF ${name}`, mode: 0o755, changedAt: at }
    for (const path of PROGRAM_PATHS[name] ?? [`/bin/${name}`]) layer.set(path, node)
  }
  for (const path of ['/dev/null', '/dev/zero', '/dev/random', '/dev/urandom', '/dev/stdout']) {
    layer.set(path, { kind: 'file', text: '', mode: 0o666, changedAt: at })
  }
  for (const [path, text] of Object.entries(ETC[tools])) {
    layer.set(path, { kind: 'file', text, mode: 0o644, changedAt: at })
  }
  return layer
}

const PASSWD =
  'root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\n' +
  'nobody:x:65534:65534:nobody:/home:/bin/false\n'
const GROUP = 'root:x:0:\ndaemon:x:1:\nnogroup:x:65534:\n'
const GNU_RELEASE =
  'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nNAME="Debian GNU/Linux"\nVERSION_ID="13"\nID=debian\n'
const ETC: Record<Machine['tools'], Record<string, string>> = {
  busybox: { '/etc/passwd': PASSWD, '/etc/group': GROUP },
  gnu: { '/etc/passwd': PASSWD, '/etc/group': GROUP, '/etc/os-release': GNU_RELEASE },
  none: {},
}

/** The file or directory at an absolute path. */
export function fileAt(machine: Machine, path: string): FileNode | undefined {
  if (Object.hasOwn(machine.files, path)) return machine.files[path] ?? undefined
  return baseLayer(machine).get(path) ?? procFile(machine, path)
}

// A few files of /proc, made when they are looked at.
function procFile(machine: Machine, path: string): FileNode | undefined {
  if (!path.startsWith('/proc/')) return undefined
  const up = ((machine.now - machine.bootedAt) / 1000 + 86_400).toFixed(2)
  const texts: Record<string, string> = {
    '/proc/uptime': `${up} ${up}\n`,
    '/proc/loadavg': '0.08 0.03 0.01 1/112 7\n',
    '/proc/version': 'Linux version 6.1.0-28-amd64 (gcc 12.2.0) #1 SMP Debian 6.1.119-1\n',
    '/proc/meminfo': 'MemTotal:        2014656 kB\nMemFree:          987432 kB\n',
    '/proc/cpuinfo': 'processor\t: 0\nmodel name\t: QEMU Virtual CPU\n\nprocessor\t: 1\n',
    '/proc/1/cmdline': `${machine.tasks[0]?.argv.join('\0') ?? ''}\0`,
    '/proc/sys/kernel/hostname': `${machine.hostname}\n`,
  }
  if (!Object.hasOwn(texts, path)) return undefined
  return { kind: 'file', text: texts[path] ?? '', mode: 0o444, changedAt: machine.now }
}

export function isDirectory(machine: Machine, path: string): boolean {
  return fileAt(machine, path)?.kind === 'directory'
}

/** Names in a directory, sorted by code unit as in the C locale. */
export function listDirectory(machine: Machine, path: string): string[] {
  const prefix = path === '/' ? '/' : `${path}/`
  const names = new Set<string>()
  const add = (full: string): void => {
    if (full === '/' || !full.startsWith(prefix)) return
    const name = full.slice(prefix.length)
    if (!name.includes('/') && fileAt(machine, full) !== undefined) names.add(name)
  }
  for (const full of baseLayer(machine).keys()) add(full)
  for (const full of Object.keys(machine.files)) add(full)
  return [...names].sort()
}

/** Writes a file, or tells why not. */
export function writeFile(machine: Machine, path: string, text: string, mode?: number): string {
  const old = fileAt(machine, path)
  if (old?.kind === 'directory') return 'Is a directory'
  const problem = canCreate(machine, path)
  if (problem !== '') return problem
  const grown = machine.fileBytes + text.length - (old?.text.length ?? 0)
  if (grown > FILES_BYTES_MAX) return 'No space left on device'
  machine.fileBytes = Math.max(0, grown)
  const bits = mode ?? old?.mode ?? 0o644
  machine.files[path] = { kind: 'file', text, mode: bits, changedAt: machine.now }
  return ''
}

/** Why nothing can be created at `path`, or ''. */
export function canCreate(machine: Machine, path: string): string {
  if (/^\/(?:proc|sys)(?:\/|$)/.test(path)) return 'Read-only file system'
  const parent = fileAt(machine, parentOf(path))
  if (parent === undefined) return 'No such file or directory'
  return parent.kind === 'directory' ? '' : 'Not a directory'
}

/** Makes a directory, or tells why not. */
export function makeDirectory(machine: Machine, path: string): string {
  if (fileAt(machine, path) !== undefined) return 'File exists'
  const problem = canCreate(machine, path)
  if (problem !== '') return problem
  const node = { kind: 'directory' as const, text: '', mode: 0o755 }
  machine.files[path] = { ...node, changedAt: machine.now }
  return ''
}

/** Removes a file, or a directory with all it holds. */
export function removeFile(machine: Machine, path: string): void {
  for (const name of isDirectory(machine, path) ? listDirectory(machine, path) : []) {
    removeFile(machine, path === '/' ? `/${name}` : `${path}/${name}`)
  }
  const text = machine.files[path]?.text ?? ''
  machine.fileBytes = Math.max(0, machine.fileBytes - text.length)
  machine.files[path] = null
}
