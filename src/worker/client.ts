// The page's end of the channel to the worker.
import { wrap, type Remote } from 'comlink'
import type { Host, Persistence } from './protocol.ts'

export type RemoteHost = Remote<Host & Persistence>

/** Starts the worker. `onError` hears of errors that no answer can carry. */
export function connect(onError: (message: string) => void): RemoteHost {
  const worker = new Worker(new URL('./sim.worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('error', (event) => onError(event.message))
  worker.addEventListener('messageerror', () => onError('a message could not be read'))
  return wrap<Host & Persistence>(worker)
}
