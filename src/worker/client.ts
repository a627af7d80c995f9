// The page's end of the way to a World. An engine needs no more than this of whoever owns one: the
// worker here, a host in the same process in tests, a server one day.
import { asker, type Port, type Remote } from './channel.ts'
import { deferred } from './deferred.ts'
import type { Host, Persistence } from './protocol.ts'

/** The host's verbs, asked over a channel. */
export type RemoteHost = Remote<Host & Persistence>

export interface HostLink {
  host: RemoteHost
  /** Resolves, with why, when the host is gone; whatever it was asked has been refused then. */
  lost: Promise<string>
}

/** The link over a port, and how to give it up. */
export function linkOver(port: Port): HostLink & { lose: (message: string) => void } {
  const { ask, lose } = asker<Host & Persistence>(port)
  const { promise: lost, resolve } = deferred<string>()
  return {
    host: ask,
    lost,
    lose(message) {
      lose(message)
      resolve(message)
    },
  }
}

/** Starts the worker that owns a World. An error that no answer can carry is its end. */
export function startSimWorker(): HostLink {
  const worker = new Worker(new URL('./sim.worker.ts', import.meta.url), { type: 'module' })
  const link = linkOver(worker)
  const end = (message: string): void => {
    worker.terminate()
    link.lose(message)
  }
  worker.addEventListener('error', (event) => end(event.message))
  worker.addEventListener('messageerror', () => end('a message could not be read'))
  return link
}
