// The API server's opinion of a manifest while it is edited: the words of `kubectl apply
// --dry-run=server`, put on the lines they speak of, and what applying would change.
import { load } from 'js-yaml'
import { PROGRAMS } from '../kubectl/programs/index.ts'
import { toYaml } from '../kubectl/print/yaml.ts'
import type { KubeObject } from '../sim/api-types/meta.ts'
import { getObject, keyOf } from '../sim/store.ts'
import type { World } from '../sim/world.ts'
import { markersOf } from './markers.ts'
import type { ApplyPreview, ManifestMarker } from './protocol.ts'

/** A manifest larger than this is not checked while typing; applying it says what is wrong. */
const CHECKED_TEXT_MAX = 200_000
const FILE = 'manifest.yaml'
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** The problems of a manifest; [] when the server would take it. */
export function checkManifest(world: World, text: string): readonly ManifestMarker[] {
  if (text.trim() === '' || text.length > CHECKED_TEXT_MAX) return []
  return markersOf(text, dryRun(world, text, []).errors)
}

/** Each object of the manifest as it is and as it would be; what the server refuses is left out. */
export function previewApply(world: World, text: string): readonly ApplyPreview[] {
  if (text.length > CHECKED_TEXT_MAX) return []
  return text.split(/^---\s*$/m).flatMap((document) => {
    if (document.trim() === '') return []
    const { output } = dryRun(world, document, ['-o', 'yaml'])
    if (output === '') return []
    const applied = load(output) as KubeObject
    const live = getObject<KubeObject>(world.store, applied.kind, keyOf(applied))
    return [
      {
        title: `${applied.kind} ${applied.metadata.name}`,
        live: live === undefined ? '' : toYaml(comparable(live)),
        applied: toYaml(comparable(applied)),
      },
    ]
  })
}

/** The part of an object that a manifest can speak of. */
function comparable(object: KubeObject): unknown {
  const { status: _status, ...rest } = object
  const { name, namespace, labels, annotations } = object.metadata
  const own = Object.entries(annotations ?? {}).filter(([key]) => key !== LAST_APPLIED)
  const shown = own.length === 0 ? {} : { annotations: Object.fromEntries(own) }
  return { ...rest, metadata: { name, namespace, ...(labels ? { labels } : {}), ...shown } }
}

function dryRun(world: World, text: string, options: readonly string[]) {
  let output = ''
  let errors = ''
  const process = PROGRAMS['kubectl']!(['apply', '--dry-run=server', '-f', FILE, ...options], {
    world,
    by: { actor: 'editor', causes: [] },
    stdin: '',
    readFile: (path) => (path === FILE ? text : undefined),
    listFolder: () => undefined,
    stdout: (part) => (output += part),
    stderr: (part) => (errors += part),
    cluster: world.cluster,
  })
  process.next()
  process.return(0)
  return { output, errors: errors.trim() }
}
