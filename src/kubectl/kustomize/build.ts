// Builds a kustomization (kustomize v5 api/internal/target): resources and bases, generators, then
// what changes them all, in kustomize's own order. What the lab's builder does not know is refused
// by its name, never left out.
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { goQuote } from '../../sim/lib/go-quote.ts'
import { KubectlError } from '../errors.ts'
import { isMap, type JsonMap } from '../patch/lists.ts'
import type { ProcessContext } from '../process.ts'
import { readManifest } from '../yaml/manifest.ts'
import { generated } from './generators.ts'
import { patched } from './patches.ts'
import { sortedForApply } from './order.ts'
import { transformed } from './transforms.ts'

const FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']
/** Bases within bases; more is one that contains itself. */
const DEPTH_MAX = 20

/** An object on its way, with the name by which others refer to it. */
export interface Piece {
  readonly object: KubeObject
  readonly originalName: string
  /** Whether a hash of its data is appended to its name. */
  readonly hashed: boolean
}

/** What a kustomization may say here. */
const KNOWN = (
  'apiVersion kind metadata resources bases namespace namePrefix nameSuffix commonLabels labels ' +
  'commonAnnotations images replicas patches patchesStrategicMerge patchesJson6902 ' +
  'configMapGenerator secretGenerator generatorOptions'
).split(' ')
/** What kustomize knows beside that. */
const NOT_HERE = (
  'components crds configurations generators transformers validators helmCharts helmGlobals vars ' +
  'replacements openapi buildMetadata sortOptions'
).split(' ')

/** The objects of the kustomization in a folder. Throws KubectlError. */
export function buildKustomization(context: ProcessContext, folder: string): KubeObject[] {
  const pieces = finished(accumulate(context, plainFolder('', folder), folder, 0))
  return sortedForApply(pieces.map(({ object }) => object))
}

/** A folder as the working files name it: without `.` and `..`. */
function plainFolder(from: string, path: string): string {
  const parts = from === '' ? [] : from.split('/')
  for (const part of path.split('/'))
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  return parts.join('/')
}

const inside = (folder: string, name: string): string =>
  folder === '' ? name : `${folder}/${name}`

function accumulate(
  context: ProcessContext,
  folder: string,
  typed: string,
  depth: number,
): readonly Piece[] {
  if (depth > DEPTH_MAX) throw new KubectlError(`cycle detected: ${typed}`)
  const kustomization = readKustomization(context, folder, typed)
  let pieces: readonly Piece[] = paths(kustomization, 'resources', 'bases').flatMap((path) =>
    resourcePieces(context, folder, path, depth),
  )
  const made = generated(context, kustomization, (path) => inside(folder, path))
  pieces = [...pieces, ...made]
  pieces = patched(pieces, kustomization, (path) => readFile(context, folder, path))
  return transformed(pieces, kustomization)
}

function paths(kustomization: JsonMap, ...fields: readonly string[]): readonly string[] {
  return fields.flatMap((field) => (kustomization[field] ?? []) as readonly string[])
}

function readFile(context: ProcessContext, folder: string, path: string): string {
  const text = context.readFile(plainFolder(folder, path))
  if (text !== undefined) return text
  throw new KubectlError(`evalsymlink failure on '${path}' : no such file or directory`)
}

function readKustomization(context: ProcessContext, folder: string, typed: string): JsonMap {
  if (folder !== '' && context.listFolder(folder) === undefined)
    throw new KubectlError(
      `must build at directory: not a valid directory: evalsymlink failure on '${typed}' : lstat ` +
        `${folder}: no such file or directory`,
    )
  const found = FILES.filter((name) => context.readFile(inside(folder, name)) !== undefined)
  if (found.length === 0)
    throw new KubectlError(
      "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in " +
        `directory '${folder}'`,
    )
  if (found.length > 1)
    throw new KubectlError(`Found multiple kustomization files under: ${folder}`)
  const [document] = readManifest(context.readFile(inside(folder, found[0]!)) ?? '')
  if (document?.error !== undefined)
    throw new KubectlError(`invalid Kustomization: ${document.error}`)
  const value = document?.value ?? {}
  if (!isMap(value)) throw new KubectlError('invalid Kustomization: it is no map')
  requireKnown(context, value)
  return value
}

function requireKnown(context: ProcessContext, kustomization: JsonMap): void {
  for (const field of Object.keys(kustomization)) {
    if (NOT_HERE.includes(field))
      throw new KubectlError(`the lab does not build kustomizations with ${goQuote(field)}`)
    if (!KNOWN.includes(field))
      throw new KubectlError(`invalid Kustomization: json: unknown field ${goQuote(field)}`)
  }
  const old = {
    bases: 'resources',
    commonLabels: 'labels',
    patchesJson6902: 'patches',
    patchesStrategicMerge: 'patches',
  }
  for (const [field, now] of Object.entries(old))
    if (field in kustomization)
      context.stderr(
        `# Warning: '${field}' is deprecated. Please use '${now}' instead. Run 'kustomize edit ` +
          "fix' to update your Kustomization automatically.\n",
      )
}

function resourcePieces(
  context: ProcessContext,
  folder: string,
  path: string,
  depth: number,
): readonly Piece[] {
  const place = plainFolder(folder, path)
  const text = context.readFile(place)
  if (text === undefined && context.listFolder(place) !== undefined)
    return accumulate(context, place, path, depth + 1)
  if (text === undefined) {
    const why = `evalsymlink failure on '${place}' : lstat ${place}: no such file or directory`
    throw new KubectlError(
      `accumulating resources: accumulation err='accumulating resources from '${path}': ${why}': ` +
        `must build at directory: not a valid directory: ${why}`,
    )
  }
  return readManifest(text).flatMap(({ value, error }) => {
    if (error !== undefined)
      throw new KubectlError(
        `accumulating resources: accumulating resources from '${path}': ${error}`,
      )
    if (!isMap(value)) return []
    const object = value as unknown as KubeObject
    return [{ object, originalName: object.metadata?.name ?? '', hashed: false }]
  })
}

/** Generated objects get their hash last, and what refers to them follows. */
function finished(pieces: readonly Piece[]): readonly Piece[] {
  return transformed(pieces, { hashes: true })
}
