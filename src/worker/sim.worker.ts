// The worker that owns the World: the host's verbs over a message channel, and the keeping of
// its session over a reload.
import { expose } from 'comlink'
import { planOf } from '../story/plans.ts'
import { createHost } from './host.ts'
import { createPersistence } from './persistence.ts'

const host = createHost(() => performance.now(), planOf)

expose({ ...host, ...createPersistence(host) })
