// The worker that owns the World: the host's verbs over a message channel.
import { expose } from 'comlink'
import { planOf } from '../story/plans.ts'
import { createHost } from './host.ts'

expose(createHost(() => performance.now(), planOf))
