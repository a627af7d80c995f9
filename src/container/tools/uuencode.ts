// `uuencode` and `uudecode`.

import { fileAt, writeFile } from '../kernel/files.ts'
import { decodeBase64, decodeUuLine, encodeBase64, encodeUuLine } from './base64.ts'
import { fail, fileText, out, pathOf, readAll, type Io, type Result, type Tool } from './io.ts'
import { parseOptions } from './options.ts'
import { utf8Bytes, utf8Text } from '../../base/utf8.ts'

const LINE_BYTES = 45

function uuencode(io: Io): Result {
  const options = parseOptions(io, 'm')
  if (options === undefined || options.rest.length === 0) return fail(io, 'no file name')
  const [source, target] = options.rest.length > 1 ? options.rest : [undefined, options.rest[0]]
  const text = source === undefined ? readAll(io) : fileText(io, source)
  if (text === undefined) return source === undefined ? 'wait' : 1
  const node = source === undefined ? undefined : fileAt(io.container, pathOf(io, source))
  const mode = ((node?.mode ?? 0o666 & ~io.proc.umask) & 0o777).toString(8)
  const isBase64 = options.flags.has('m')
  const bytes = utf8Bytes(text)
  let result = `begin${isBase64 ? '-base64' : ''} ${mode} ${target ?? ''}\n`
  for (let at = 0; at < bytes.length; at += LINE_BYTES) {
    const line = bytes.slice(at, at + LINE_BYTES)
    result += `${isBase64 ? encodeBase64(line) : encodeUuLine(line)}\n`
  }
  out(io, `${result}${isBase64 ? '====' : '`\nend'}\n`)
  return 0
}

function uudecode(io: Io): Result {
  const options = parseOptions(io, '', 'o')
  if (options === undefined) return 1
  const [source] = options.rest
  const text = source === undefined ? readAll(io) : fileText(io, source)
  if (text === undefined) return source === undefined ? 'wait' : 1
  const lines = text.split('\n')
  const first = lines.findIndex((line) => /^begin(?:-base64)? [0-7]+ ./.test(line))
  if (first < 0) return fail(io, "no 'begin' line")
  const [, kind, mode, name = ''] = /^begin(\S*) (\d+) (.*)$/.exec(lines[first] ?? '') ?? []
  const body = lines.slice(first + 1)
  const isBase64 = kind === '-base64'
  const end = body.findIndex((line) => (isBase64 ? line === '====' : line === 'end'))
  if (end < 0) return fail(io, 'short file')
  const part = body.slice(0, end)
  const bytes = isBase64
    ? decodeBase64(part.join(''))
    : part.flatMap((line) => decodeUuLine(line) ?? [])
  if (bytes === undefined) return fail(io, 'truncated input')
  const target = options.values['o'] ?? name
  if (target === '-' || target === '/dev/stdout') out(io, utf8Text(bytes))
  else {
    const problem = writeFile(
      io.container,
      pathOf(io, target),
      utf8Text(bytes),
      parseInt(mode ?? '644', 8),
    )
    if (problem !== '') return fail(io, `can't open '${target}': ${problem}`)
  }
  return 0
}

export const uuTools: Record<string, Tool> = {
  uuencode: { run: uuencode },
  uudecode: { run: uudecode },
}
