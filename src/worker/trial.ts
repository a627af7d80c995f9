// Trying a manifest in a copy of the World. What is written there nobody sees, and it uses up none of
// the real World's randomness: looking at a manifest changes neither the cluster nor its replay.
import { PROGRAMS } from '../kubectl/programs/index.ts'
import type { Entry } from '../sim/log.ts'
import type { World } from '../sim/world.ts'

/** The name a tried manifest goes by in kubectl's messages. */
export const TRIED_FILE = 'manifest.yaml'

const WARNING = 'Warning: '

/** What `kubectl apply` says of a manifest and what it would write. */
export interface Trial {
  /** What it ended in; undefined when all went well. */
  refusal: Error | undefined
  /** What the server warned of, without the prefix of stderr. */
  warnings: readonly string[]
  written: readonly Entry[]
}

/** Applies a manifest in a copy of a World; a later one sees what an earlier one did. */
export function tryApply(trial: World, text: string): Trial {
  const before = trial.log.entries.length
  let stderr = ''
  let refusal: Error | undefined
  const process = PROGRAMS['kubectl']!(['apply', '-f', TRIED_FILE], {
    world: trial,
    by: { actor: 'editor', causes: [] },
    stdin: '',
    readFile: (path) => (path === TRIED_FILE ? text : undefined),
    listFolder: () => undefined,
    stdout: () => undefined,
    stderr: (part) => (stderr += part),
    refused: (error) => (refusal = error),
    cluster: trial.cluster,
  })
  process.next()
  process.return(0)
  const warnings = stderr
    .split('\n')
    .filter((line) => line.startsWith(WARNING))
    .map((line) => line.slice(WARNING.length))
  return { refusal, warnings, written: trial.log.entries.slice(before) }
}
