// The API server's opinion of a manifest while it is edited: the words of `kubectl apply
// --dry-run=server`, put on the lines they speak of.
import type { World } from '../sim/world.ts'
import type { ManifestMarker } from './protocol.ts'
import { PROGRAMS } from '../kubectl/programs/index.ts'

/** A manifest larger than this is not checked while typing; applying it says what is wrong. */
const CHECKED_TEXT_MAX = 200_000
const FILE = 'manifest.yaml'

/** The problems of a manifest; [] when the server would take it. */
export function checkManifest(world: World, text: string): readonly ManifestMarker[] {
  if (text.trim() === '' || text.length > CHECKED_TEXT_MAX) return []
  let errors = ''
  const process = PROGRAMS['kubectl']!(['apply', '--dry-run=server', '-f', FILE], {
    world,
    by: { actor: 'editor', causes: [] },
    stdin: '',
    readFile: (path) => (path === FILE ? text : undefined),
    listFolder: () => undefined,
    stdout: () => undefined,
    stderr: (part) => (errors += part),
    cluster: world.cluster,
  })
  process.next()
  process.return(0)
  return errors === '' ? [] : [markerOf(text, errors.trim())]
}

function markerOf(text: string, message: string): ManifestMarker {
  const lines = text.split('\n')
  const line = Math.min(lines.length, Number(/line (\d+)/.exec(message)?.[1] ?? 1))
  const severity = message.startsWith('Warning:') ? 'warning' : 'error'
  const endColumn = (lines[line - 1]?.length ?? 0) + 1
  return { line, column: 1, endColumn, severity, message }
}
