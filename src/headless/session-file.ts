// A session from the disk: JSON, as recordings and the page write it, or YAML, for people who write
// one. What it says is the same.
import { readFileSync } from 'node:fs'
import { load } from 'js-yaml'
import type { Recording } from './replay-session.ts'

/** Reads a session file; by its name it is YAML or JSON. Throws with the file's line when it is neither. */
export function readSessionFile(path: string): Recording {
  const text = readFileSync(path, 'utf8')
  const value = /\.ya?ml$/.test(path) ? load(text, { filename: path }) : JSON.parse(text)
  const { start, steps, cluster = {}, files = {} } = (value ?? {}) as Partial<Recording>
  if (typeof start !== 'string' || !Array.isArray(steps))
    throw new Error('a session needs start (RFC 3339) and steps')
  for (const [i, step] of steps.entries()) checkStep(step, `steps[${i}]`)
  return { ...(value as Recording), start, steps, cluster, files }
}

function checkStep(step: unknown, path: string): void {
  const { at, run } = (step ?? {}) as Readonly<Record<string, unknown>>
  if (typeof at !== 'number' || !(at >= 0)) throw new Error(`${path}.at is not a time in seconds`)
  if (typeof run !== 'string') throw new Error(`${path}.run is not a command`)
}
