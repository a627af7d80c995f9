// The fields by which a selector can choose, as records of kinds give them: the text that the
// server's index has of each.
import { valueAt } from '../../base/plain.ts'
import type { KubeObject } from '../api-types/meta.ts'

type Readers = Readonly<Record<string, (object: KubeObject) => string>>

/** Fields whose text is their value; '' when unset. */
export function textFields(...paths: readonly string[]): Readers {
  return readersOf(paths, '')
}

/** Booleans; `false` when unset. */
export function flagFields(...paths: readonly string[]): Readers {
  return readersOf(paths, 'false')
}

function readersOf(paths: readonly string[], unset: string): Readers {
  return Object.fromEntries(
    paths.map((path) => {
      const keys = path.split('.')
      return [path, (object: KubeObject) => String(valueAt(object, keys) ?? unset)]
    }),
  )
}
