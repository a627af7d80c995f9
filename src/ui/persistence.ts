// The browser's own store (IndexedDB) for the one session that a reload continues. Every failure
// (private mode, a full disk, a damaged record) is an answer, not an exception.
import type { SavedSession } from '../worker/protocol.ts'

/** What a reload needs: the worker's part and the page's own. */
export interface SavedPage {
  version: number
  saved: SavedSession
  files: Readonly<Record<string, string>>
  appliedFiles: Readonly<Record<string, string>>
  activeFile: string | undefined
  beat: number
  playing: boolean
  transcript: string
  history: readonly string[]
}

export const PAGE_VERSION = 1

const DATABASE = 'container-odyssey'
const STORE = 'sessions'
const KEY = 'current'

export type Loaded =
  { found: 'session'; page: SavedPage } | { found: 'nothing' } | { found: 'damaged' }

/** The session saved last. */
export async function loadPage(): Promise<Loaded> {
  try {
    const value = await request('readonly', (store) => store.get(KEY))
    if (value === undefined) return { found: 'nothing' }
    return isSavedPage(value) ? { found: 'session', page: value } : { found: 'damaged' }
  } catch {
    return { found: 'nothing' }
  }
}

/** Saves; false when the browser refuses. */
export async function savePage(page: SavedPage): Promise<boolean> {
  try {
    await request('readwrite', (store) => store.put(page, KEY))
    return true
  } catch {
    return false
  }
}

/** Forgets the saved session. */
export async function forgetPage(): Promise<void> {
  try {
    await request('readwrite', (store) => store.delete(KEY))
  } catch {
    return
  }
}

function isSavedPage(value: unknown): value is SavedPage {
  if (typeof value !== 'object' || value === null) return false
  const page = value as Partial<SavedPage>
  return (
    page.version === PAGE_VERSION &&
    typeof page.saved === 'object' &&
    typeof page.files === 'object' &&
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
