// Keeps the page's files so that it opens without a network. Files under assets/ carry their hash
// in their name and never change; the rest is asked for first and remembered for when there is no
// network. `files.json` lists the files of a build: each visit fetches what is missing and throws
// away what an older build left.
const CACHE = 'odyssey-1'
const PAGE = './'
const OTHERS = [
  './icon.svg',
  './manifest.webmanifest',
  './fonts/inter-latin-wght-normal.woff2',
  './fonts/jetbrains-mono-latin-wght-normal.woff2',
]

self.addEventListener('install', () => self.skipWaiting())

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim())
})

self.addEventListener('message', (event) => {
  if (event.data === 'keep files') event.waitUntil(keepFiles())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  const lasting = /\/(assets|fonts)\//.test(url.pathname)
  event.respondWith(lasting ? fromCache(request) : fromNetwork(request))
})

async function fromCache(request) {
  const kept = await caches.match(request, { ignoreVary: true })
  return kept ?? keep(request, await fetch(request))
}

async function fromNetwork(request) {
  try {
    return await keep(request, await fetch(request))
  } catch (error) {
    const kept = await caches.match(request, { ignoreSearch: true, ignoreVary: true })
    if (kept !== undefined) return kept
    throw error
  }
}

async function keep(request, response) {
  if (response.ok) {
    const cache = await caches.open(CACHE)
    await cache.put(request, response.clone())
  }
  return response
}

async function keepFiles() {
  const answer = await fetch('./files.json', { cache: 'no-cache' })
  if (!answer.ok) return
  const names = await answer.json()
  const cache = await caches.open(CACHE)
  const wanted = new Set([PAGE, ...OTHERS, ...names].map((name) => new URL(name, location).href))
  for (const request of await cache.keys()) {
    if (/\/assets\//.test(request.url) && !wanted.has(request.url)) await cache.delete(request)
    else wanted.delete(request.url)
  }
  // One after another: the page itself comes first.
  for (const url of wanted) await cache.add(url)
}
