// Keeps the session in the browser's own store (IndexedDB), on the worker's side: the World, which
// is large, never has to pass through the page. Every failure (private mode, a full disk, a damaged
// record) is an answer, not an exception.
import { createStore, del, get, promisifyRequest, type UseStore } from 'idb-keyval'
import type { Host, KeptPage, Persistence, Recalled } from './protocol.ts'

interface KeptRecord {
  version: number
  /** Read by the session's own code, which knows earlier versions. */
  saved: unknown
  page: KeptPage
}

const VERSION = 1
const DATABASE = 'container-odyssey'
const STORE = 'sessions'
const KEY = 'current'

/** Keeps what `host` has open, and brings it back. */
export function createPersistence(host: Host): Persistence {
  let opened: UseStore | undefined
  const store: UseStore = (mode, use) => (opened ??= createStore(DATABASE, STORE))(mode, use)
  return {
    async keep(page) {
      try {
        await store('readwrite', (objects) => {
          // Made only now that it is copied at once: it shares the World with the run that continues.
          const record: KeptRecord = { version: VERSION, saved: host.save(), page }
          return promisifyRequest(objects.put(record, KEY))
        })
        return true
      } catch {
        return false
      }
    },
    async recall(wanted) {
      const record = await load(store)
      if (record === undefined) return { found: 'nothing' }
      if (!isRecord(record)) return { found: 'damaged' }
      const { session } = record.saved as { session?: { chapter?: unknown } }
      if (wanted !== undefined && session?.chapter !== wanted) return { found: 'nothing' }
      return reopened(host, record)
    },
    async forget() {
      try {
        await del(KEY, store)
      } catch {
        return
      }
    },
  }
}

function reopened(host: Host, { saved, page }: KeptRecord): Recalled {
  try {
    return { found: 'session', page, ...host.restore(saved) }
  } catch {
    return { found: 'damaged' }
  }
}

async function load(store: UseStore): Promise<unknown> {
  try {
    return await get(KEY, store)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is KeptRecord {
  if (typeof value !== 'object' || value === null) return false
  const { version, saved, page } = value as Partial<KeptRecord>
  return (
    version === VERSION &&
    typeof saved === 'object' &&
    saved !== null &&
    typeof page?.files === 'object' &&
    typeof page.transcript === 'string' &&
    Array.isArray(page.history)
  )
}
