// `npm run bench:browser`: the built page in a real browser. How many bytes the first screen needs,
// and whether the page stays smooth while a day of a CronJob passes at full speed. Run a build
// first.
import { gzipSync } from 'node:zlib'
import { chromium, type Page } from '@playwright/test'
import { preview } from 'vite'
import { findBrowser } from './browser.mjs'

const PLAY_MS = 12_000
const LONG_TASK_MS = 50

/** Script and style until the story can be read, compressed as a static host would. */
async function measureFirstScreen(): Promise<void> {
  const page = await browser.newPage()
  const bytes = new Map<string, number>()
  page.on('response', async (response) => {
    const url = new URL(response.url())
    if (!/\.(js|css)$/.test(url.pathname)) return
    const body = await response.body().catch(() => Buffer.alloc(0))
    bytes.set(url.pathname.split('/').at(-1)!, gzipSync(body, { level: 9 }).length)
  })
  await page.goto(address)
  await page.getByRole('region', { name: 'Story' }).getByText('Monday').first().waitFor()
  const html = await (await page.request.get(address)).text()
  const named = [...html.matchAll(/(?:src|href)="\.\/assets\/([^"]+\.(?:js|css))"/g)]
  await page.waitForTimeout(3_000)
  const first = named.map(([, name]) => bytes.get(name!) ?? 0).reduce((a, b) => a + b, 0)
  const all = [...bytes.values()].reduce((a, b) => a + b, 0)
  console.log(`first screen, script and style    ${kilobytes(first)} gzip`)
  console.log(`  everything loaded by itself     ${kilobytes(all)} gzip`)
  for (const [name, size] of [...bytes].sort((a, b) => b[1] - a[1]))
    console.log(`    ${name.padEnd(32)}${kilobytes(size)}`)
  await page.close()
}

async function measureDay(): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(`${address}#05-scheduled-report`)
  await page.locator('.xterm-helper-textarea').waitFor()
  await page.waitForTimeout(2_000)
  await page.locator('.xterm-helper-textarea').focus()
  await page.keyboard.type('kubectl apply -f daily-report-cronjob.yaml')
  await page.keyboard.press('Enter')
  await page.waitForTimeout(1_000)
  await watchTasks(page)
  const before = await clockOf(page)
  const began = Date.now()
  await page.getByRole('button', { name: 'Speed 10,000×', exact: true }).click()
  await page.waitForTimeout(PLAY_MS)
  await page.getByRole('button', { name: 'Pause' }).click()
  const realMs = Date.now() - began
  const passedMs = (await clockOf(page)) - before
  const { tasks, frames } = await tasksOf(page)
  const long = tasks.filter((ms) => ms > LONG_TASK_MS)
  console.log(`playing at 10,000× for ${(realMs / 1000).toFixed(1)} s`)
  console.log(`  virtual time passed             ${(passedMs / 3_600_000).toFixed(1)} h`)
  console.log(`  times real time                 ${Math.round(passedMs / realMs)}`)
  console.log(`  main thread tasks over 50 ms    ${long.length} (longest ${max(tasks)} ms)`)
  console.log(`  frames drawn a second           ${((frames / realMs) * 1000).toFixed(0)}`)
  await page.close()
}

/** The cluster's clock, in milliseconds of its day or beyond. */
async function clockOf(page: Page): Promise<number> {
  const text = (await page.getByLabel('Cluster time').textContent()) ?? ''
  const [, clock = '', day = '', month = ''] = /([\d:]{8})\D+(\d+) (\w{3})/.exec(text) ?? []
  return Date.parse(`${day} ${month} 2026 ${clock} UTC`)
}

/** As text: the page must not need what the compiler adds to functions here. */
const WATCH_TASKS = `
  globalThis.seen = { tasks: [], frames: 0 }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.tasks.push(Math.round(entry.duration))
  }).observe({ type: 'longtask' })
  requestAnimationFrame(function frame() {
    seen.frames++
    requestAnimationFrame(frame)
  })
`

async function watchTasks(page: Page): Promise<void> {
  await page.evaluate(WATCH_TASKS)
}

async function tasksOf(page: Page): Promise<{ tasks: number[]; frames: number }> {
  return page.evaluate<{ tasks: number[]; frames: number }>('seen')
}

function max(values: readonly number[]): number {
  return Math.max(0, ...values)
}

function kilobytes(size: number): string {
  return `${(size / 1000).toFixed(1)} kB`
}

const executablePath = await findBrowser()
if (executablePath === undefined) throw new Error('no browser; npm test gets one')
const outDir = process.env['DIST'] ?? 'dist'
const server = await preview({ preview: { port: 4190 }, build: { outDir }, logLevel: 'error' })
const address = server.resolvedUrls!.local[0]!
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const args = ['--disable-gpu', '--disable-background-networking', ...sandbox]
const browser = await chromium.launch({ executablePath, args })
try {
  await measureFirstScreen()
  await measureDay()
} finally {
  await browser.close()
  await server.close()
}
