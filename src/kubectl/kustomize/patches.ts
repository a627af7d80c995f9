// The patches of a kustomization: strategic or JSON, inline or from files, for one object or for all
// that a target describes.
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { KubectlError } from '../errors.ts'
import { jsonPatch, type JsonPatchStep } from '../patch/json.ts'
import { isMap, PatchError, type JsonMap } from '../patch/lists.ts'
import { strategicMerge } from '../patch/strategic.ts'
import { matchesLabels, parseLabelSelector } from '../selectors.ts'
import { readManifest } from '../yaml/manifest.ts'
import type { Piece } from './build.ts'

interface Target {
  readonly group?: string
  readonly version?: string
  readonly kind?: string
  readonly name?: string
  readonly namespace?: string
  readonly labelSelector?: string
  readonly annotationSelector?: string
}

interface Patch {
  readonly patch?: string
  readonly path?: string
  readonly target?: Target
}

/** The pieces with every patch applied. Throws KubectlError. */
export function patched(
  pieces: readonly Piece[],
  kustomization: JsonMap,
  read: (path: string) => string,
): readonly Piece[] {
  const strategic = (kustomization['patchesStrategicMerge'] ?? []) as readonly string[]
  const patches: readonly Patch[] = [
    ...strategic.map((text) => (text.includes('\n') ? { patch: text } : { path: text })),
    ...((kustomization['patches'] ?? []) as readonly Patch[]),
    ...((kustomization['patchesJson6902'] ?? []) as readonly Patch[]),
  ]
  return patches.reduce((all, patch) => applyPatch(all, patch, read), pieces)
}

function applyPatch(
  pieces: readonly Piece[],
  { patch, path, target }: Patch,
  read: (path: string) => string,
): readonly Piece[] {
  const text = patch ?? read(path ?? '')
  const documents = readManifest(text).map(({ value, error }) => {
    if (error !== undefined) throw new KubectlError(`unable to parse SM or JSON patch: ${error}`)
    return value
  })
  return documents.reduce<readonly Piece[]>((all, value) => {
    if (Array.isArray(value)) return changed(all, target ?? {}, (object) => byJson(object, value))
    if (!isMap(value)) throw new KubectlError(`unable to parse SM or JSON patch from [${text}]`)
    const wanted = target ?? ownTarget(value)
    if (target === undefined && !all.some(({ object }) => matches(object, wanted)))
      throw new KubectlError(
        `no matches for Id ${wanted.kind}.${wanted.version}.${wanted.group || '[noGrp]'}/` +
          `${wanted.name}.[noNs]; failed to find unique target for patch`,
      )
    return changed(all, wanted, (object) => byMerge(object, value))
  }, pieces)
}

function ownTarget(patch: JsonMap): Target {
  const { kind, apiVersion = '', metadata } = patch as unknown as KubeObject
  const [first = '', second] = apiVersion.split('/')
  return {
    kind,
    group: second === undefined ? '' : first,
    version: second ?? first,
    name: metadata?.name ?? '',
  }
}

function changed(
  pieces: readonly Piece[],
  target: Target,
  change: (object: KubeObject) => KubeObject | undefined,
): readonly Piece[] {
  return pieces.flatMap((piece) => {
    if (!matches(piece.object, target)) return [piece]
    const object = change(piece.object)
    return object === undefined ? [] : [{ ...piece, object }]
  })
}

/** Names and kinds of a target are patterns for the whole text. */
function matches({ apiVersion, kind, metadata }: KubeObject, target: Target): boolean {
  const [first = '', second] = apiVersion.split('/')
  const is = (pattern: string | undefined, text: string): boolean =>
    pattern === undefined || pattern === '' || new RegExp(`^(?:${pattern})$`).test(text)
  const selects = (text: string | undefined, labels: KubeObject['metadata']['labels']): boolean =>
    text === undefined || matchesLabels(parseLabelSelector(text), labels)
  return (
    is(target.kind, kind) &&
    is(target.name, metadata.name) &&
    is(target.namespace, metadata.namespace ?? '') &&
    is(target.group, second === undefined ? '' : first) &&
    is(target.version, second ?? first) &&
    selects(target.labelSelector, metadata.labels) &&
    selects(target.annotationSelector, metadata.annotations)
  )
}

function byJson(object: KubeObject, steps: readonly unknown[]): KubeObject {
  return attempt(() => jsonPatch(object, steps as readonly JsonPatchStep[]) as KubeObject)
}

/** A strategic patch cannot rename; `$patch: delete` takes the object away. */
function byMerge(object: KubeObject, patch: JsonMap): KubeObject | undefined {
  if (patch['$patch'] === 'delete') return undefined
  const merged = attempt(() => strategicMerge(object as unknown as JsonMap, patch))
  const { apiVersion, kind, metadata } = object
  const own = merged['metadata'] as object
  return { ...merged, apiVersion, kind, metadata: { ...own, name: metadata.name } } as KubeObject
}

function attempt<T>(action: () => T): T {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof PatchError)) throw error
    throw new KubectlError(error.message)
  }
}
