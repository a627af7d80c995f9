// Keeps the page's files so that it opens without a network. Files under assets/ carry their hash
// in their name and never change; the rest is asked for first and remembered for when there is no
// network. A new version of the page throws away what the old one kept and no longer needs.
const CACHE = 'odyssey-1'

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.add('./'))
      .then(() => self.skipWaiting()),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  const lasting = /\/(assets|fonts)\//.test(url.pathname)
  event.respondWith(lasting ? fromCache(request) : fromNetwork(request))
})

async function fromCache(request) {
  const kept = await caches.match(request)
  return kept ?? keep(request, await fetch(request))
}

async function fromNetwork(request) {
  try {
    return await keep(request, await fetch(request))
  } catch (error) {
    const kept = await caches.match(request, { ignoreSearch: true })
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
