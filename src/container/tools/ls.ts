// `ls`: one name a line, as it prints into a pipe, or the long form.

import { fileAt, listDirectory, resolvePath, nodeAt, realPath } from '../kernel/files.ts'
import type { FileNode } from '../kernel/types.ts'
import { formatDate } from './date-format.ts'
import { failure, isSpent, out, pathOf, warn, type Io, type Result } from './io.ts'
import { parseOptions } from './options.ts'

interface Listed {
  name: string
  node: FileNode
}

export function ls(io: Io): Result {
  const options = parseOptions(io, 'la1AhRdtrSFinspuUxCgo', 'wT')
  if (options === undefined) return 1
  const { flags } = options
  const names = options.rest.length === 0 ? ['.'] : options.rest
  const single: Listed[] = []
  const folders: Listed[] = []
  for (const name of names) {
    const path = pathOf(io, name)
    const node = (flags.has('l') ? undefined : fileAt(io.container, path)) ?? linkOrFile(io, path)
    if (node === undefined) {
      warn(io, `${name}: No such file or directory`)
      io.proc.memory['failed'] = 1
    } else if (node.kind === 'directory' && !flags.has('d')) folders.push({ name, node })
    else single.push({ name, node })
  }
  let text = rows(single, flags)
  for (const [index, folder] of folders.entries()) {
    const isTitled = names.length > 1 || flags.has('R')
    if (isTitled) text += `${index > 0 || single.length > 0 ? '\n' : ''}${folder.name}:\n`
    text += listing(io, folder.name, flags)
  }
  out(io, text)
  return failure(io)
}

function listing(io: Io, name: string, flags: Set<string>): string {
  if (isSpent(io, 50)) return ''
  const path = pathOf(io, name)
  const found: Listed[] = []
  const all = [...(flags.has('a') ? ['.', '..'] : []), ...listDirectory(io.container, path)]
  for (const one of all) {
    const node = linkOrFile(io, resolvePath(path, one))
    const isHidden = one.startsWith('.') && !flags.has('a') && !flags.has('A')
    if (node !== undefined && !isHidden) found.push({ name: one, node })
  }
  let text = (flags.has('l') ? `total ${found.length * 4}\n` : '') + rows(found, flags)
  if (!flags.has('R')) return text
  for (const one of found) {
    if (one.node.kind !== 'directory' || one.name.startsWith('.')) continue
    const inner = `${name.replace(/\/$/, '')}/${one.name}`
    text += `\n${inner}:\n${listing(io, inner, flags)}`
  }
  return text
}

function linkOrFile(io: Io, path: string): FileNode | undefined {
  return nodeAt(io.container, realPath(io.container, path, false))
}

function rows(found: Listed[], flags: Set<string>): string {
  const sorted = [...found]
  if (flags.has('t')) sorted.sort((a, b) => b.node.changedAt - a.node.changedAt)
  else if (flags.has('S')) sorted.sort((a, b) => b.node.text.length - a.node.text.length)
  if (flags.has('r')) sorted.reverse()
  return sorted.map((one) => row(one, flags)).join('')
}

function row({ name, node }: Listed, flags: Set<string>): string {
  const shown = flags.has('F') && node.kind === 'directory' ? `${name}/` : name
  if (!flags.has('l')) return `${shown}\n`
  const links = node.kind === 'directory' ? 2 : 1
  const isProgram = node.text.startsWith('\x7fELF')
  const size = node.kind === 'directory' ? 4096 : isProgram ? 1_042_088 : node.text.length
  const bytes = (flags.has('h') ? human(size) : String(size)).padStart(9)
  const time = formatDate('%b %e %H:%M', node.changedAt)
  const target = node.kind === 'link' ? ` -> ${node.text}` : ''
  return `${modeText(node)}    ${links} root     root     ${bytes} ${time} ${shown}${target}\n`
}

function human(size: number): string {
  if (size < 1024) return String(size)
  return size < 1_048_576 ? `${(size / 1024).toFixed(1)}K` : `${(size / 1_048_576).toFixed(1)}M`
}

/** `-rwxr-xr-x` */
function modeText(node: FileNode): string {
  const letters = [6, 3, 0].map((shift) => {
    const bits = (node.mode >> shift) & 7
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${bits & 1 ? 'x' : '-'}`
  })
  return `${{ directory: 'd', link: 'l', file: '-' }[node.kind]}${letters.join('')}`
}
