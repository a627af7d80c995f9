// The API server's opinion of a manifest while it is edited, put on the lines it speaks of, and
// what applying it would change. Both really apply it, in a copy of the World.
import { changedLines } from '../base/line-diff.ts'
import { LAST_APPLIED } from '../kubectl/last-applied.ts'
import { readManifest, type ManifestDocument } from '../kubectl/yaml/manifest.ts'
import { toYaml } from '../kubectl/print/yaml.ts'
import type { KubeObject } from '../sim/api-types/meta.ts'
import { copyForWrites } from '../sim/history.ts'
import type { World } from '../sim/world.ts'
import { errorPathsOf } from './error-paths.ts'
import { markersOf, syntaxMarker, type PlacedObject } from './markers.ts'
import type { ApplyPreview, ManifestMarker } from './protocol.ts'
import { tryApply } from './trial.ts'

/** A manifest larger than this is not checked while typing; applying it says what is wrong. */
const CHECKED_TEXT_MAX = 200_000

const TOO_LARGE: ManifestMarker = {
  line: 1,
  column: 1,
  endColumn: 2,
  severity: 'warning',
  message: 'This file is too large to be checked while it is edited.',
}

/** The problems of a manifest, from its top to its end; [] when the server would take it. */
export function checkManifest(world: World, text: string): readonly ManifestMarker[] {
  if (text.trim() === '') return []
  if (text.length > CHECKED_TEXT_MAX) return [TOO_LARGE]
  const lines = text.split('\n')
  const trial = copyForWrites(world)
  const documents = readManifest(text, { places: true })
  const markers = documents.flatMap((document) => {
    if (document.error !== undefined) return [syntaxMarker(document, lines)]
    const objects = objectsOf(document)
    const whole = documents.length === 1 && objects.length === 1
    return objects.flatMap((object) => {
      const tried = tryApply(trial, whole ? text : JSON.stringify(object.value))
      return markersOf(object, errorPathsOf(tried, object.value), lines)
    })
  })
  return markers.sort((a, b) => a.line - b.line || a.column - b.column)
}

/** Each object that applying would write, with what would change of it. */
export function previewApply(world: World, text: string): readonly ApplyPreview[] {
  if (text.length > CHECKED_TEXT_MAX) return []
  return tryApply(copyForWrites(world), text).written.flatMap(({ before, after }) => {
    if (after === undefined) return []
    const live = before === undefined ? '' : toYaml(comparable(before))
    const lines = changedLines(live, toYaml(comparable(after)))
    return [{ title: `${after.kind} ${after.metadata.name}`, isNew: before === undefined, lines }]
  })
}

/** A document's objects one by one, so that each refusal is known to be about its own. */
function objectsOf({ value, line, places }: ManifestDocument): PlacedObject[] {
  if (value === null || value === undefined) return []
  const { kind, items } = value as { kind?: unknown; items?: unknown }
  if (kind !== 'List' || !Array.isArray(items)) return [{ value, path: '', line, places }]
  return items.map((item, index) => ({ value: item, path: `items[${index}]`, line, places }))
}

/** The part of an object that a manifest can speak of. */
function comparable(object: KubeObject): unknown {
  const { status: _status, ...rest } = object
  const { name, namespace, labels, annotations } = object.metadata
  const own = Object.entries(annotations ?? {}).filter(([key]) => key !== LAST_APPLIED)
  const shown = own.length === 0 ? {} : { annotations: Object.fromEntries(own) }
  return { ...rest, metadata: { name, namespace, ...(labels ? { labels } : {}), ...shown } }
}
