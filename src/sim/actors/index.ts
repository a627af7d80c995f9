// The processes of the cluster. Order is meaning: it breaks ties between actors that are woken by
// the same change at the same instant.
import type { Actor } from '../actor.ts'
import { podGc } from './pod-gc.ts'
import { taintEviction } from './taint-eviction.ts'
import { nodeLifecycle } from './node-lifecycle/node-lifecycle.ts'
import { namespaceDefaults } from './namespace-defaults.ts'
import { namespaceController } from './namespace.ts'
import { garbageCollector } from './garbage-collector.ts'
import { daemonSetController } from './daemonset/daemonset.ts'
import { eventTtl } from './event-ttl.ts'
import { kubelet } from './kubelet.ts'
import { scheduler } from './scheduler/scheduler.ts'
import { cronJobController } from './cronjob/controller.ts'
import { jobController } from './job/controller.ts'
import { ttlAfterFinished } from './ttl-after-finished.ts'

export const ACTORS: readonly Actor[] = [
  scheduler,
  kubelet,
  daemonSetController,
  cronJobController,
  jobController,
  ttlAfterFinished,
  eventTtl,
  nodeLifecycle,
  taintEviction,
  podGc,
  garbageCollector,
  namespaceController,
  namespaceDefaults,
]
