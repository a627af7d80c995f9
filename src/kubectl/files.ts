// The manifests that `-f` names: files, folders and stdin, as paths and then as documents.
import type { KubeObject } from '../sim/api-types/meta.ts'
import { configMap } from '../sim/kinds/configmap.ts'
import { goQuote } from '../sim/lib/go-quote.ts'
import { decodeStruct } from '../sim/schema/decode.ts'
import { KubectlError } from './errors.ts'
import { isMap } from './patch/lists.ts'
import type { ProcessContext } from './process.ts'
import { resourceForVersion, type Resource } from './resources.ts'
import { readManifest } from './yaml/manifest.ts'

/** A manifest with its type and the file it is from. */
export interface SourceDocument {
  readonly object: KubeObject
  readonly resource: Resource
  readonly source: string
}

/** What a folder is searched for (cli-runtime resource.FileExtensions). */
const EXTENSIONS = ['.json', '.yaml', '.yml']
const STDIN = 'STDIN'

/** The files that the given paths mean; `-` stays. Throws for a path that does not exist. */
export function expandPaths(
  context: ProcessContext,
  paths: readonly string[],
  { recursive = false }: { recursive?: boolean },
): readonly string[] {
  return paths.flatMap((path) => {
    if (path === '-') return [path]
    if (/^https?:\/\//.test(path)) throw unreachable(path)
    if (context.readFile(path) !== undefined) return [path]
    const names = filesIn(context, path, recursive)
    if (names === undefined) throw new KubectlError(`the path ${goQuote(path)} does not exist`)
    const files = names.filter((name) => EXTENSIONS.some((extension) => name.endsWith(extension)))
    if (files.length > 0) return files
    const known = `recognized file extensions are [${EXTENSIONS.join(' ')}]`
    throw new KubectlError(`error reading [${path}]: ${known}`)
  })
}

/** Names in a folder and, with `-R`, in the folders below it; undefined when it is no folder. */
function filesIn(
  context: ProcessContext,
  folder: string,
  recursive: boolean,
): readonly string[] | undefined {
  const names = context.listFolder(folder)
  if (names === undefined) return undefined
  const prefix = folder === '.' || folder === './' ? '' : `${folder.replace(/\/+$/, '')}/`
  return names.flatMap((name) => {
    const path = `${prefix}${name}`
    if (context.readFile(path) !== undefined) return [path]
    return recursive ? (filesIn(context, path, true) ?? []) : []
  })
}

function unreachable(url: string): KubectlError {
  return new KubectlError(
    `unable to read URL ${goQuote(url)}: the lab has no network; paste the manifest into a file`,
  )
}

/**
 * The manifests of one file, Lists taken apart. What cannot be read goes into `errors`: a syntax
 * or validation error ends the file, an unknown type only skips its document.
 */
export function documentsOf(
  context: ProcessContext,
  path: string,
  errors: Error[],
): readonly SourceDocument[] {
  const source = path === '-' ? STDIN : path
  const text = path === '-' ? context.stdin : (context.readFile(path) ?? '')
  const documents: SourceDocument[] = []
  for (const part of readManifest(text)) {
    if (part.error !== undefined) {
      errors.push(new KubectlError(`error parsing ${source}: ${part.error}`))
      break
    }
    if (part.value === null || part.value === undefined) continue
    const problem = shapeProblem(part.value)
    if (problem !== undefined) {
      errors.push(new KubectlError(`error validating ${goQuote(source)}: ${problem}`))
      break
    }
    for (const item of flattened(part.value as unknown as KubeObject))
      try {
        documents.push(recognized(item, source))
      } catch (error) {
        if (!(error instanceof KubectlError)) throw error
        errors.push(error)
      }
  }
  return documents
}

const TURN_OFF = 'if you choose to ignore these errors, turn validation off with --validate=false'

/** Why this is no object at all (kubectl pkg/validation getObjectKind); undefined when it is. */
function shapeProblem(value: unknown): string | undefined {
  const problems: string[] = []
  if (!isMap(value)) problems.push('invalid object to validate')
  else
    for (const field of ['apiVersion', 'kind']) {
      const given = value[field]
      if (given === undefined || given === null) problems.push(`${field} not set`)
      else if (typeof given !== 'string') problems.push(`${field} isn't string type`)
      else if (field === 'apiVersion' && given.split('/').length > 2)
        problems.push(`unexpected GroupVersion string: ${given}`)
    }
  if (problems.length === 0) return undefined
  const list = problems.length === 1 ? problems[0]! : `[${problems.join(', ')}]`
  return `error validating data: ${list}; ${TURN_OFF}`
}

/** The items of a List, and of Lists in it. */
function flattened(object: KubeObject): readonly KubeObject[] {
  const { items } = object as { items?: unknown }
  if (!object.kind.endsWith('List') || !Array.isArray(items)) return [object]
  return items.filter(isMap).flatMap((item) => flattened(item as unknown as KubeObject))
}

/** A struct with metadata: of any kind only that is read, and upstream has a struct for it. */
const ANY_KIND = configMap.kind

/** The type of a manifest; throws when the server has none such, or its metadata is no metadata. */
export function recognized(object: KubeObject, source: string): SourceDocument {
  const { typeError } = decodeStruct({ metadata: object.metadata }, ANY_KIND)
  if (typeError !== undefined) {
    const why = typeError.replace(
      `Go struct field ${ANY_KIND}.`,
      'Go struct field metadataOnlyObject.',
    )
    throw new KubectlError(`unable to decode ${goQuote(source)}: ${why}`)
  }
  const { apiVersion, kind } = object
  const meta = { ...object.metadata }
  const resource = resourceForVersion(apiVersion, kind)
  if (resource !== undefined) return { object: { ...object, metadata: meta }, resource, source }
  const who = `name: ${goQuote(meta.name ?? '')} namespace: ${goQuote(meta.namespace ?? '')}`
  throw new KubectlError(
    `resource mapping not found for ${who} from ${goQuote(source)}: no matches for kind ` +
      `${goQuote(kind)} in version ${goQuote(apiVersion)}\nensure CRDs are installed first`,
  )
}
