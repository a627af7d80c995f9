// The worker that owns the World: the host's verbs over a message channel, and the keeping of
// its session over a reload.
import { planOf } from '../story/plans.ts'
import { serve } from './channel.ts'
import { createHost } from './host.ts'
import { createPersistence } from './persistence.ts'

const host = createHost(() => performance.now(), planOf)

serve(globalThis, { ...host, ...createPersistence(host) })
