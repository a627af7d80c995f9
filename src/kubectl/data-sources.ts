// What ConfigMaps and Secrets are made of on the command line: literals, files, folders and files of
// KEY=VALUE lines (kubectl pkg/util/util.go, pkg/cmd/util/env_file.go).
import { configKey, envName } from '../sim/kinds/validation/names.ts'
import { goQuote } from '../sim/lib/go-quote.ts'
import type { Call } from './command.ts'
import { KubectlError } from './errors.ts'
import type { FlagSpec } from './flags.ts'

export const DATA_FLAGS: readonly FlagSpec[] = [
  { name: 'append-hash', type: 'bool', usage: 'Append a hash of the data to the name.' },
  { name: 'from-env-file', type: 'list', usage: 'A file of lines: key=value.' },
  { name: 'from-file', type: 'list', usage: 'A file or folder as values: path, or key=path.' },
  { name: 'from-literal', type: 'array', usage: 'A key and its value: key=value.' },
]

export type Data = Readonly<Record<string, string>>

/** How an object refuses keys: ConfigMaps and Secrets have words of their own. */
interface KeyWords {
  invalid: (key: string, problems: readonly string[]) => string
  twice: (key: string) => string
  /** What a folder is not, for `--from-env-file`. */
  envFolder: string
}

/** Every key and value that the flags give. Throws KubectlError. */
export function dataOf({ flags, context }: Call, words: KeyWords): Data {
  const [files, literals, envFiles] = ['from-file', 'from-literal', 'from-env-file'].map((name) =>
    flags.list(name),
  ) as [readonly string[], readonly string[], readonly string[]]
  if (envFiles.length > 0 && files.length + literals.length > 0)
    throw new KubectlError('from-env-file cannot be combined with from-file or from-literal')
  const data: Record<string, string> = {}
  const add = (key: string, value: string): void => {
    const problems = configKey(key)
    if (problems.length > 0) throw new KubectlError(words.invalid(key, problems))
    if (Object.hasOwn(data, key)) throw new KubectlError(words.twice(key))
    data[key] = value
  }
  for (const literal of literals) add(...literalOf(literal))
  for (const source of files) addFile(context, source, add)
  for (const path of envFiles) {
    const text = context.readFile(path)
    if (text === undefined && context.listFolder(path) !== undefined)
      throw new KubectlError(words.envFolder)
    if (text === undefined) throw missing(path)
    for (const [index, line] of text.split('\n').entries())
      addLine(line.replace(/\r$/, ''), index, add)
  }
  return data
}

function literalOf(literal: string): [string, string] {
  const equals = literal.indexOf('=')
  if (equals <= 0) throw new KubectlError(`invalid literal source ${literal}, expected key=value`)
  return [literal.slice(0, equals), literal.slice(equals + 1)]
}

type Add = (key: string, value: string) => void

/** A file under its own name or a given one; a folder as all its files. */
export function addFile(context: Call['context'], source: string, add: Add): void {
  const { key, path } = fileSource(source)
  const text = context.readFile(path)
  if (text !== undefined) return add(key, text)
  const names = context.listFolder(path)
  if (names === undefined) throw missing(path)
  if (source.includes('=')) throw new KubectlError('cannot give a key name for a directory path')
  const prefix = path === '.' || path === './' ? '' : `${path.replace(/\/+$/, '')}/`
  for (const name of [...names].sort()) {
    const inside = context.readFile(`${prefix}${name}`)
    if (inside !== undefined) add(name, inside)
  }
}

function fileSource(source: string): { key: string; path: string } {
  const parts = source.split('=')
  if (parts.length === 1) return { key: source.replace(/^.*\/(?=[^/])/s, ''), path: source }
  if (parts.length > 2) throw new KubectlError("key names or file paths cannot contain '='")
  const [key = '', path = ''] = parts
  if (key === '') throw new KubectlError(`key name for file path ${path} missing`)
  if (path === '') throw new KubectlError(`file path for key name ${key} missing`)
  return { key, path }
}

function missing(path: string): KubectlError {
  return new KubectlError(`error reading ${path}: no such file or directory`)
}

/** One line of an env file; empty lines and comments say nothing. */
function addLine(line: string, index: number, add: Add): void {
  const text = (index === 0 ? line.replace(/^\ufeff/, '') : line).trimStart()
  if (text === '' || text.startsWith('#')) return
  const equals = text.indexOf('=')
  const key = equals < 0 ? text : text.slice(0, equals)
  const problems = envName(key)
  if (problems.length > 0)
    throw new KubectlError(`${goQuote(key)} is not a valid key name: ${problems.join(';')}`)
  // Without a value the variable is taken from the environment, where the lab has none.
  add(key, equals < 0 ? '' : text.slice(equals + 1))
}
