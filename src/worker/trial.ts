// A World to try a manifest in. What is written there nobody sees, and it uses up none of the real
// World's randomness: looking at a manifest changes neither the cluster nor its replay.
import { PROGRAMS } from '../kubectl/programs/index.ts'
import type { Entry } from '../sim/log.ts'
import type { World } from '../sim/world.ts'

/** The name a tried manifest goes by in kubectl's messages. */
export const TRIED_FILE = 'manifest.yaml'

/** What `kubectl apply` says of a manifest and what it would write. */
export interface Trial {
  /** All of stderr. */
  errors: string
  written: readonly Entry[]
}

/**
 * A copy as deep as writes go. No Task ever runs in it, so queue and memory of the actors, the
 * large parts, stay the World's own.
 */
export function trialWorld(world: World): World {
  const { store, log } = world
  return {
    ...world,
    store: {
      kinds: copied(store.kinds, (objects) => new Map(objects)),
      owned: copied(store.owned, (places) => new Map(places)),
      podsOfNode: copied(store.podsOfNode, (keys) => new Set(keys)),
      resourceVersion: store.resourceVersion,
    },
    log: { entries: [], firstId: log.nextId, nextId: log.nextId },
    rngs: copied(world.rngs, (rng) => ({ ...rng })),
  }
}

/** Applies a manifest in a trial world; a later one sees what an earlier one did. */
export function tryApply(trial: World, text: string): Trial {
  const before = trial.log.entries.length
  let errors = ''
  const process = PROGRAMS['kubectl']!(['apply', '-f', TRIED_FILE], {
    world: trial,
    by: { actor: 'editor', causes: [] },
    stdin: '',
    readFile: (path) => (path === TRIED_FILE ? text : undefined),
    listFolder: () => undefined,
    stdout: () => undefined,
    stderr: (part) => (errors += part),
    cluster: trial.cluster,
  })
  process.next()
  process.return(0)
  return { errors: errors.trim(), written: trial.log.entries.slice(before) }
}

function copied<V>(map: ReadonlyMap<string, V>, copy: (value: V) => V): Map<string, V> {
  const result = new Map<string, V>()
  for (const [key, value] of map) result.set(key, copy(value))
  return result
}
