// `npm run bench:browser`: the built page in a real browser. How many bytes the first screen needs,
// and whether the page stays smooth while days of a CronJob pass at full speed. Run a build first.
import { gzipSync } from 'node:zlib'
import { chromium, type Page } from '@playwright/test'
import { preview } from 'vite'
import { findBrowser } from './browser.mjs'
import { watchMainThread, type MainThread } from './main-thread.ts'

const PAUSED_MS = 3_000
const PLAY_MS = 9_000
/** Each is nearly a day. */
const WEEK_JUMPS = 7

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

/** The tutorial's CronJob at full speed: its first day, then after a week, in each view. */
async function measurePlaying(): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(`${address}#05-the-nightly-report`)
  const terminal = page.locator('.xterm-helper-textarea')
  await terminal.waitFor()
  await page.waitForTimeout(2_000)
  await terminal.focus()
  await page.keyboard.type('kubectl apply -f daily-report-cronjob.yaml')
  await page.keyboard.press('Enter')
  await page.waitForTimeout(1_000)
  await page.getByRole('button', { name: 'Speed 10,000×', exact: true }).click()
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.waitForTimeout(1_000)
  const paused = await watchMainThread(browser, page, PAUSED_MS)
  console.log(`\nplaying at 10,000×; p95 frame of the paused page ${paused.frame.toFixed(1)} ms`)
  console.log(HEADINGS)
  await measureView(page, 'the first day', paused)
  for (let day = 0; day < WEEK_JUMPS; day++) await jumpAhead(page)
  await measureView(page, 'after a week', paused)
  await page.getByRole('button', { name: 'Show the whole run' }).click()
  await measureView(page, 'the whole run in sight', paused)
  await page.getByRole('button', { name: 'CronJob daily-report' }).first().click()
  for (const tab of ['Why', 'YAML', 'Events', 'Describe']) {
    await page.getByRole('tab', { name: tab, exact: true }).click()
    await measureView(page, `with its ${tab}`, paused)
  }
  await page.getByRole('button', { name: 'Show as a table' }).click()
  await measureView(page, 'and the table', paused)
  await page.close()
}

const HEADINGS = `${'longest task'.padStart(40)}${'by CPU'.padStart(10)}${'/ paused'.padStart(10)}\
${'> 50 ms'.padStart(9)}${'p95 frame'.padStart(11)}${'speed'.padStart(9)}`

/** Plays for a while and prints one line about it. */
async function measureView(page: Page, name: string, paused: MainThread): Promise<void> {
  const before = await clockOf(page)
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  const began = Date.now()
  const seen = await watchMainThread(browser, page, PLAY_MS)
  await page.getByRole('button', { name: 'Pause' }).click()
  const speed = ((await clockOf(page)) - before) / (Date.now() - began)
  const ms = (value: number): string => `${value.toFixed(1)} ms`
  const ratio = (seen.longestTask / paused.frame).toFixed(1)
  console.log(
    `  ${name.padEnd(24)}${ms(seen.longestTask).padStart(14)}` +
      `${ms(seen.longestTaskCpu).padStart(10)}${ratio.padStart(10)}` +
      `${String(seen.tasksOver50).padStart(9)}${ms(seen.frame).padStart(11)}` +
      `${`${Math.round(speed)}×`.padStart(9)}`,
  )
}

/** To the right edge of the timeline, which lies nearly a day ahead. */
async function jumpAhead(page: Page): Promise<void> {
  const before = await clockOf(page)
  const { width } = (await page.locator('.axis-ruler').boundingBox())!
  await page.locator('.axis-ruler').click({ position: { x: width - 4, y: 8 } })
  while ((await clockOf(page)) === before) await page.waitForTimeout(100)
  await page.waitForTimeout(500)
}

/** The cluster's clock, in milliseconds of its day or beyond. */
async function clockOf(page: Page): Promise<number> {
  const text = (await page.getByLabel('Cluster time').textContent()) ?? ''
  const [, clock = '', day = '', month = ''] =
    /([\d:]{8})\D*[\d.]*\D+(\d+) (\w{3})/.exec(text) ?? []
  return Date.parse(`${day} ${month} 2026 ${clock} UTC`)
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
  await measurePlaying()
} finally {
  await browser.close()
  await server.close()
}
