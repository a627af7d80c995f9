// The processes of the cluster. Order is meaning: it breaks ties between actors that are woken by
// the same change at the same instant.
import type { Actor } from '../actor.ts'
import { scheduler } from './scheduler/scheduler.ts'

export const ACTORS: readonly Actor[] = [scheduler]
