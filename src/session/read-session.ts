// Reading a session's beginning from foreign data.
import { parseTime } from '../base/time.ts'
import type { ClusterConfig } from '../sim/cluster.ts'
import { Invalid, listAt, numberAt, recordAt, textAt } from './checks.ts'
import type { Files } from './inputs.ts'
import type { SessionStart } from './session.ts'

const FILES_MAX = 1_000
const FILE_TEXT_MAX = 8_000_000
const TITLE_MAX = 1_000
const NODES_MAX = 5_000

/** Throws Invalid. */
export function readSession(value: unknown, path: string): SessionStart {
  const session = recordAt(value, path)
  const title = textAt(session['title'], `${path}.title`, TITLE_MAX)
  const start = textAt(session['start'], `${path}.start`)
  try {
    parseTime(start)
  } catch {
    throw new Invalid(`${path}.start is not a time`)
  }
  const seed = numberAt(session['seed'], `${path}.seed`)
  const cluster = readCluster(session['cluster'], `${path}.cluster`)
  const files = readFiles(session['files'], `${path}.files`)
  const chapter = session['chapter']
  const begin = { title, start, seed, cluster, files }
  if (chapter === undefined) return begin
  return { ...begin, chapter: textAt(chapter, `${path}.chapter`, TITLE_MAX) }
}

/** Throws Invalid. */
export function readFiles(value: unknown, path: string): Files {
  const files = recordAt(value, path)
  const names = Object.keys(files)
  if (names.length > FILES_MAX) throw new Invalid(`${path} has more than ${FILES_MAX} files`)
  for (const name of names) textAt(files[name], `${path}["${name}"]`, FILE_TEXT_MAX)
  return files as Files
}

function readCluster(value: unknown, path: string): Partial<ClusterConfig> {
  const cluster = recordAt(value, path)
  if (cluster['nodes'] !== undefined)
    for (const [i, node] of listAt(cluster['nodes'], `${path}.nodes`, NODES_MAX).entries())
      textAt(recordAt(node, `${path}.nodes[${i}]`)['name'], `${path}.nodes[${i}].name`)
  for (const key of ['cpu', 'memory'])
    if (cluster[key] !== undefined) textAt(cluster[key], `${path}.${key}`)
  for (const key of ['pods', 'imagePullSeconds'])
    if (cluster[key] !== undefined && typeof cluster[key] !== 'number')
      throw new Invalid(`${path}.${key} is not a number`)
  if (cluster['images'] !== undefined) readTexts(cluster['images'], `${path}.images`)
  if (cluster['presentImages'] !== undefined) {
    const present = recordAt(cluster['presentImages'], `${path}.presentImages`)
    for (const node of Object.keys(present))
      readTexts(present[node], `${path}.presentImages["${node}"]`)
  }
  return cluster as Partial<ClusterConfig>
}

function readTexts(value: unknown, path: string): void {
  for (const [i, text] of listAt(value, path).entries()) textAt(text, `${path}[${i}]`)
}
