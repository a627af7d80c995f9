// What an image is to a container: its configuration, and the files that are there from the start.
// Programs are named here only; what they do is in the table of programs.

import type { SimTime } from '../base/time.ts'
import type { FileNode, Container, Toolset } from './kernel/types.ts'

/** The part of an image's configuration that a container starts with. */
export interface ImageConfig {
  entrypoint: string[]
  cmd: string[]
  tools: Toolset
  /** Programs of the image besides its tools: names of `programs/`. */
  programs?: string[]
  env?: Record<string, string>
  workingDir?: string
}

const TOOL_NAMES =
  '[ arch awk base64 basename busybox cat chgrp chmod chown clear cmp cp cut date dd df diff ' +
  'dirname du echo egrep env expr false fgrep find fold free grep groups head hexdump hostname ' +
  'id ionice kill killall less ln ls md5sum mkdir mktemp more mv nc nice nl nohup nproc ' +
  'nslookup od paste pgrep pidof ping pkill printenv printf ps pwd readlink realpath reset rev ' +
  'rm rmdir sed seq setsid sha1sum sha256sum shuf sleep sort stdbuf stty sync tac tail tee ' +
  'test time timeout top touch tr true tty uname uniq unlink uptime usleep wc wget which ' +
  'whoami xargs yes ' +
  'expand factor gunzip gzip hd hostid patch tar zcat unexpand uudecode uuencode xxd'

// Programs that a Debian image does not have.
const ONLY_BUSYBOX = 'busybox nslookup wget ping ps top free uptime usleep nc hexdump hd'.split(' ')

/** The names an image's commands have, its own programs included. */
export function programNames(tools: Toolset, programs: readonly string[]): string[] {
  if (tools === 'none') return [...programs]
  const shells = tools === 'gnu' ? ['sh', 'bash', 'dash'] : ['sh', 'ash']
  const names = TOOL_NAMES.split(' ').filter(
    (name) => tools === 'busybox' || !ONLY_BUSYBOX.includes(name),
  )
  return [...shells, ...names, ...programs]
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

const layers = new Map<string, Layer>()
/** The layer asked for last: one container asks many times in a row. */
let last: (Pick<Container, 'tools' | 'programs'> & { layer: Layer }) | undefined

/** The image's own files; the same Map for every container with the same tools. */
export function rootFiles({ tools, programs }: Pick<Container, 'tools' | 'programs'>): Layer {
  if (last?.tools === tools && last.programs === programs) return last.layer
  const key = `${tools} ${programs.join(' ')}`
  let layer = layers.get(key)
  if (layer === undefined) layers.set(key, (layer = makeLayer(tools, programs)))
  last = { tools, programs, layer }
  return layer
}

function makeLayer(tools: Toolset, programs: readonly string[]): Layer {
  const layer = new Map<string, FileNode>()
  const at = 0 as SimTime
  for (const path of DIRECTORIES.split(' ')) {
    layer.set(path, { kind: 'directory', text: '', mode: 0o755, changedAt: at })
  }
  for (const name of programNames(tools, programs)) {
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
const ETC: Record<Toolset, Record<string, string>> = {
  busybox: { '/etc/passwd': PASSWD, '/etc/group': GROUP },
  gnu: { '/etc/passwd': PASSWD, '/etc/group': GROUP, '/etc/os-release': GNU_RELEASE },
  none: {},
}
