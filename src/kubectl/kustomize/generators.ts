// ConfigMaps and Secrets that a kustomization makes from literals and files.
import { encodeBase64 } from '../../base/base64.ts'
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { configMap } from '../../sim/kinds/configmap.ts'
import { secret } from '../../sim/kinds/secret.ts'
import { KubectlError } from '../errors.ts'
import type { JsonMap } from '../patch/lists.ts'
import type { ProcessContext } from '../process.ts'
import type { Piece } from './build.ts'

interface Generator {
  readonly name: string
  readonly namespace?: string
  readonly type?: string
  readonly literals?: readonly string[]
  readonly files?: readonly string[]
  readonly envs?: readonly string[]
  readonly options?: Options
}

interface Options {
  readonly disableNameSuffixHash?: boolean
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
}

/** The objects of the generators; `place` gives the path of a file. Throws KubectlError. */
export function generated(
  context: ProcessContext,
  kustomization: JsonMap,
  place: (path: string) => string,
): readonly Piece[] {
  const common = (kustomization['generatorOptions'] ?? {}) as Options
  const made = (field: string, kind: string): readonly Piece[] =>
    ((kustomization[field] ?? []) as readonly Generator[]).map((generator) => {
      const options = { ...common, ...generator.options }
      const data = dataOf(context, generator, place)
      const object = objectOf(kind, generator, data, options)
      const hashed = options.disableNameSuffixHash !== true
      return { object, originalName: generator.name, hashed }
    })
  return [...made('configMapGenerator', configMap.kind), ...made('secretGenerator', secret.kind)]
}

function objectOf(
  kind: string,
  { name, namespace, type }: Generator,
  data: Readonly<Record<string, string>>,
  { labels, annotations }: Options,
): KubeObject {
  const isSecret = kind === secret.kind
  const entries = Object.entries(data)
  const values = isSecret ? entries.map(([key, value]) => [key, encodeBase64(value)]) : entries
  const metadata = {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(labels === undefined ? {} : { labels }),
    ...(annotations === undefined ? {} : { annotations }),
  }
  const head = { apiVersion: 'v1', kind, metadata }
  const rest = {
    ...(entries.length === 0 ? {} : { data: Object.fromEntries(values) }),
    ...(isSecret ? { type: type ?? 'Opaque' } : {}),
  }
  return { ...head, ...rest } as unknown as KubeObject
}

function dataOf(
  context: ProcessContext,
  { literals = [], files = [], envs = [] }: Generator,
  place: (path: string) => string,
): Readonly<Record<string, string>> {
  const read = (path: string): string => {
    const text = context.readFile(place(path))
    if (text !== undefined) return text
    throw new KubectlError(`loading KV pairs: file sources: [${path}]: no such file or directory`)
  }
  const pair = (text: string): readonly [string, string] => {
    const equals = text.indexOf('=')
    if (equals <= 0) throw new KubectlError(`invalid literal source ${text}, expected key=value`)
    // Quotes around a value are those of a shell that is not there.
    return [text.slice(0, equals), text.slice(equals + 1).replace(/^(["'])(.*)\1$/s, '$2')]
  }
  const lines = envs.flatMap((path) => read(path).split('\n'))
  const fromFile = (source: string): readonly [string, string] => {
    const equals = source.indexOf('=')
    const path = source.slice(equals + 1)
    return [equals < 0 ? path.replace(/^.*\//s, '') : source.slice(0, equals), read(path)]
  }
  return Object.fromEntries([
    ...lines.filter((line) => /^\s*[^#\s]/.test(line)).map((line) => pair(line.trim())),
    ...files.map(fromFile),
    ...literals.map(pair),
  ])
}
