// `tar`: archives in the ustar format, plain or with gzip.

import {
  fileAt,
  isDirectory,
  listDirectory,
  makeDirectory,
  makeLink,
  nodeAt,
  parentOf,
  resolvePath,
  writeFile,
} from '../kernel/files.ts'
import { trimEnd } from '../trim.ts'
import type { FileNode } from '../kernel/types.ts'
import { pack, unpack } from './gzip.ts'
import { fail, failed, failure, isSpent, out, pathOf, readAll } from './io.ts'
import type { Io, Result, Tool } from './io.ts'
import { parseOptions, type Options } from './options.ts'
import { utf8Bytes, utf8Text } from '../../base/utf8.ts'

const BLOCK = 512
const KINDS = { file: '0', link: '2', directory: '5' }

interface Member {
  name: string
  kind: string
  target: string
  mode: number
  bytes: number[]
}

function tar(io: Io): Result {
  // The first word may lack its dash.
  const [first = '', ...others] = io.args
  const args = /^[a-zA-Z]/.test(first) ? spread(first, others) : io.args
  const long = { create: 'c', extract: 'x', list: 't', file: 'f', gzip: 'z', verbose: 'v' }
  const options = parseOptions({ ...io, args }, 'cxtvzOkpomhja', 'fCTX', long)
  if (options === undefined) return 1
  const { flags } = options
  if (flags.has('c')) return create(io, options)
  return flags.has('x') || flags.has('t') ? extract(io, options) : fail(io, 'no operation given')
}

// `tar xfC a.tar dir` → `-x -f a.tar -C dir`
function spread(letters: string, words: readonly string[]): string[] {
  const rest = [...words]
  const options: string[] = []
  for (const letter of letters) {
    options.push(`-${letter}`)
    if ('fCTX'.includes(letter)) options.push(rest.shift() ?? '')
  }
  return [...options, ...rest]
}

function create(io: Io, { flags, values, rest }: Options): Result {
  const folder = pathOf(io, values['C'] ?? '.')
  const bytes: number[] = []
  let list = ''
  const add = (name: string): void => {
    const path = resolvePath(folder, name)
    const node = nodeAt(io.container, path)
    if (node === undefined) {
      failed(io, `${name}: No such file or directory`)
      return
    }
    if (isSpent(io, 20 + (node.text.length >> 4))) return
    const shown = node.kind === 'directory' && !name.endsWith('/') ? `${name}/` : name
    list += `${shown}\n`
    for (const byte of memberBytes(shown.replace(/^\/+/, ''), node)) bytes.push(byte)
    if (node.kind !== 'directory') return
    for (const inner of listDirectory(io.container, path)) add(`${shown}${inner}`)
  }
  for (const name of rest) add(name)
  for (let i = 0; i < 2 * BLOCK; i++) bytes.push(0)
  if (flags.has('v')) out(io, list)
  const text = utf8Text(flags.has('z') ? pack(io.proc, bytes) : bytes)
  const target = values['f'] ?? '-'
  if (target === '-') out(io, text)
  else {
    const problem = writeFile(io.container, pathOf(io, target), text)
    if (problem !== '') return fail(io, `can't open '${target}': ${problem}`)
  }
  return failure(io)
}

function memberBytes(name: string, node: FileNode): number[] {
  const body = node.kind === 'file' ? utf8Bytes(node.text) : []
  const header = Array.from({ length: BLOCK }, () => 0)
  const put = (at: number, text: string): void => {
    for (const [i, byte] of utf8Bytes(text).entries()) header[at + i] = byte
  }
  put(0, name.slice(0, 99))
  put(100, node.mode.toString(8).padStart(7, '0'))
  put(108, '0000000')
  put(116, '0000000')
  put(124, body.length.toString(8).padStart(11, '0'))
  put(
    136,
    Math.floor(node.changedAt / 1000)
      .toString(8)
      .padStart(11, '0'),
  )
  put(148, ' '.repeat(8))
  put(156, KINDS[node.kind])
  if (node.kind === 'link') put(157, node.text.slice(0, 99))
  put(257, 'ustar  ')
  put(265, 'root')
  put(297, 'root')
  const sum = header.reduce((total, byte) => total + byte, 0)
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `)
  const padding = (BLOCK - (body.length % BLOCK)) % BLOCK
  return [...header, ...body, ...Array.from({ length: padding }, () => 0)]
}

function membersOf(bytes: readonly number[]): Member[] | string {
  if (bytes.length < BLOCK) return 'short read'
  const members: Member[] = []
  for (let at = 0; at + BLOCK <= bytes.length;) {
    const header = bytes.slice(at, at + BLOCK)
    if (header.every((byte) => byte === 0)) break
    const text = (from: number, length: number): string => {
      const field = header.slice(from, from + length)
      const end = field.indexOf(0)
      return utf8Text(end < 0 ? field : field.slice(0, end))
    }
    const size = parseInt(text(124, 12).trim() || '0', 8)
    if (Number.isNaN(size) || !text(257, 6).startsWith('ustar')) return 'invalid tar magic'
    at += BLOCK
    if (at + size > bytes.length) return 'short read'
    const mode = parseInt(text(100, 8).trim() || '644', 8)
    const body = bytes.slice(at, at + size)
    const prefix = text(345, 155)
    const name =
      prefix === '' || text(257, 8) === 'ustar  ' ? text(0, 100) : `${prefix}/${text(0, 100)}`
    members.push({ name, kind: text(156, 1) || '0', target: text(157, 100), mode, bytes: body })
    at += Math.ceil(size / BLOCK) * BLOCK
  }
  return members
}

function extract(io: Io, options: Options): Result {
  const { flags, values, rest } = options
  const source = values['f'] ?? '-'
  const text = source === '-' ? readAll(io) : fileAt(io.container, pathOf(io, source))?.text
  if (text === undefined) {
    return source === '-' ? 'wait' : fail(io, `can't open '${source}': No such file or directory`)
  }
  isSpent(io, text.length >> 4)
  const raw = utf8Bytes(text)
  const members = membersOf(unpack(io.proc, raw) ?? raw)
  if (typeof members === 'string') return fail(io, members)
  const wanted = rest.map((name) => trimEnd(name, '/'))
  const met = new Set<string>()
  for (const member of members) {
    const name = member.name.replace(/\/$/, '')
    const asked = wanted.find((one) => name === one || name.startsWith(`${one}/`))
    if (wanted.length > 0 && asked === undefined) continue
    if (asked !== undefined) met.add(asked)
    if (flags.has('v') || flags.has('t')) out(io, `${member.name}\n`)
    if (flags.has('t')) continue
    if (flags.has('O')) out(io, member.kind === '0' ? utf8Text(member.bytes) : '')
    else restore(io, pathOf(io, values['C'] ?? '.'), member, flags.has('k'))
  }
  const missing = wanted.find((name) => !met.has(name))
  if (missing !== undefined) return fail(io, `${missing}: not found in archive`)
  return failure(io)
}

function restore(io: Io, folder: string, member: Member, keeps: boolean): void {
  const path = resolvePath(folder, member.name.replace(/^\/+/, ''))
  makeFolders(io, member.kind === '5' ? path : parentOf(path))
  if (member.kind === '5' || (keeps && nodeAt(io.container, path) !== undefined)) return
  const problem =
    member.kind === '2'
      ? makeLink(io.container, path, member.target)
      : writeFile(io.container, path, utf8Text(member.bytes), member.mode)
  if (problem !== '') failed(io, `can't create '${member.name}': ${problem}`)
}

function makeFolders(io: Io, path: string): void {
  if (isDirectory(io.container, path)) return
  makeFolders(io, parentOf(path))
  makeDirectory(io.container, path)
}

export const tarTools: Record<string, Tool> = { tar: { run: tar } }
