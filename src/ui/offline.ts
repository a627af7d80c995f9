// After the first visit the page opens without a network: a small service worker keeps its files,
// those of parts that have not been opened yet included.

/** How long after the start the rest is fetched: first the page has to be quick. */
const KEEP_MS = 8_000

export function startOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  addEventListener('load', () => {
    navigator.serviceWorker.register('./sw.js').then(keepFiles, () => undefined)
  })
}

async function keepFiles(): Promise<void> {
  const { active } = await navigator.serviceWorker.ready
  setTimeout(() => active?.postMessage('keep files'), KEEP_MS)
}
