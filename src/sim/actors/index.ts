// The processes of the cluster. Order is meaning: it breaks ties between actors that are woken by
// the same change at the same instant.
import type { Actor } from '../actor.ts'
import { namespaceDefaults } from './namespace-defaults.ts'
import { namespaceController } from './namespace.ts'
import { garbageCollector } from './garbage-collector.ts'
import { eventTtl } from './event-ttl.ts'
import { scheduler } from './scheduler/scheduler.ts'

export const ACTORS: readonly Actor[] = [
  scheduler,
  eventTtl,
  garbageCollector,
  namespaceController,
  namespaceDefaults,
]
