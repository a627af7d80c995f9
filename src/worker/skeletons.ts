// Whole manifests to begin an empty file with: the least the server takes, and something to see.
import { WORKER_KINDS } from './kinds/index.ts'
import type { Completion } from './protocol.ts'

/** A skeleton of each kind that has one. */
export function skeletons(): readonly Completion[] {
  return WORKER_KINDS.flatMap(({ kind, skeleton }) =>
    skeleton === undefined
      ? []
      : [
          {
            label: kind,
            insert: skeleton.manifest,
            detail: 'a new manifest',
            text: skeleton.text,
            required: false,
          },
        ],
  )
}
