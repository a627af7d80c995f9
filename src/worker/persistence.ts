// Keeps the session in the browser's own store (IndexedDB), on the worker's side: the World, which
// is large, never has to pass through the page. Every failure (private mode, a full disk, a damaged
// record) is an answer, not an exception.
import type { Host, Persistence, KeptPage, Recalled, SavedSession } from './protocol.ts'

interface KeptRecord {
  version: number
  saved: SavedSession
  page: KeptPage
}

const VERSION = 1
const DATABASE = 'container-odyssey'
const STORE = 'sessions'
const KEY = 'current'

/** Keeps what `host` has open, and brings it back. */
export function createPersistence(host: Host): Persistence {
  return {
    async keep(page) {
      const record: KeptRecord = { version: VERSION, saved: host.save(), page }
      try {
        await request('readwrite', (store) => store.put(record, KEY))
        return true
      } catch {
        return false
      }
    },
    async recall(wanted) {
      const record = await load()
      if (record === undefined) return { found: 'nothing' }
      if (!isRecord(record)) return { found: 'damaged' }
      const { session } = record.saved
      if (wanted !== undefined && session.chapter !== wanted) return { found: 'nothing' }
      return reopened(host, record)
    },
    async forget() {
      try {
        await request('readwrite', (store) => store.delete(KEY))
      } catch {
        return
      }
    },
  }
}

function reopened(host: Host, { saved, page }: KeptRecord): Recalled {
  try {
    return { found: 'session', session: saved.session, page, update: host.restore(saved) }
  } catch {
    return { found: 'damaged' }
  }
}

async function load(): Promise<unknown> {
  try {
    return await request('readonly', (store) => store.get(KEY))
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is KeptRecord {
  if (typeof value !== 'object' || value === null) return false
  const { version, saved, page } = value as Partial<KeptRecord>
  return (
    version === VERSION &&
    typeof saved?.session === 'object' &&
    typeof page?.files === 'object' &&
    typeof page.transcript === 'string' &&
    Array.isArray(page.history)
  )
}

let opened: Promise<IDBDatabase> | undefined

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1)
    const fail = (): void => reject(opening.error ?? new Error('IndexedDB is not to be had'))
    opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(STORE))
    opening.addEventListener('success', () => resolve(opening.result))
    opening.addEventListener('error', fail)
    opening.addEventListener('blocked', fail)
  })
  return opened
}

async function request(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  const store = (await database()).transaction(STORE, mode).objectStore(STORE)
  return await new Promise((resolve, reject) => {
    const asked = ask(store)
    asked.addEventListener('success', () => resolve(asked.result))
    asked.addEventListener('error', () => reject(asked.error ?? new Error('IndexedDB')))
  })
}
