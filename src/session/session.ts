// How a session begins: the unit of sharing, of tests and of chapters.
import type { ClusterConfig } from '../sim/cluster.ts'
import type { Files } from './inputs.ts'

export interface SessionStart {
  title: string
  /** RFC 3339. */
  start: string
  seed: number
  cluster: Partial<ClusterConfig>
  /** The working folder at the start. */
  files: Files
  /** The chapter whose goals are checked live. */
  chapter?: string
}
