// `npm run bench:browser`: the built page in a real browser. How many bytes the first screen needs,
// and whether the page stays smooth while days of a CronJob pass at full speed. Run a build first.
// With `--json` the figures are printed as one object.
import { gzipSync } from 'node:zlib'
import { chromium, type Page } from '@playwright/test'
import { preview } from 'vite'
import { findBrowser } from './browser.mjs'
import { watchMainThread, type MainThread } from './main-thread.ts'

const PAUSED_MS = 3_000
const PLAY_MS = 9_000
/** Each is nearly a day. */
const WEEK_JUMPS = 7

interface FirstScreen {
  /** Named by the page itself, compressed. */
  bytes: number
  /** And what is loaded soon afterwards by itself. */
  bytesInAll: number
  files: Record<string, number>
}

/** What the main thread did while the page played in one of its views. */
interface View {
  name: string
  longestTaskMs: number
  longestTaskProcessorMs: number
  /** To the frame of the paused page. */
  longestTaskToPausedFrame: number
  tasksOver50Ms: number
  frameP95Ms: number
  /** Times real time. */
  speed: number
}

interface Playing {
  pausedFrameP95Ms: number
  views: View[]
}

/** Script and style until the story can be read, compressed as a static host would. */
async function measureFirstScreen(): Promise<FirstScreen> {
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
  await page.close()
  const files = Object.fromEntries([...bytes].sort((a, b) => b[1] - a[1]))
  return { bytes: first, bytesInAll: all, files }
}

/** The tutorial's CronJob at full speed: its first day, then after a week, in each view. */
async function measurePlaying(): Promise<Playing> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(`${address}#05-scheduled-report`)
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
  const views = [await measureView(page, 'the first day', paused)]
  for (let day = 0; day < WEEK_JUMPS; day++) await jumpAhead(page)
  views.push(await measureView(page, 'after a week', paused))
  await page.getByRole('button', { name: 'Show the whole run' }).click()
  views.push(await measureView(page, 'the whole run in sight', paused))
  await page.getByRole('button', { name: 'CronJob daily-report' }).first().click()
  for (const tab of ['Why', 'YAML', 'Events', 'Describe']) {
    await page.getByRole('tab', { name: tab, exact: true }).click()
    views.push(await measureView(page, `with its ${tab}`, paused))
  }
  await page.getByRole('button', { name: 'Show as a table' }).click()
  views.push(await measureView(page, 'and the table', paused))
  await page.close()
  return { pausedFrameP95Ms: paused.frame, views }
}

/** Plays for a while. */
async function measureView(page: Page, name: string, paused: MainThread): Promise<View> {
  const before = await clockOf(page)
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  const began = Date.now()
  const seen = await watchMainThread(browser, page, PLAY_MS)
  await page.getByRole('button', { name: 'Pause' }).click()
  const speed = ((await clockOf(page)) - before) / (Date.now() - began)
  return {
    name,
    longestTaskMs: seen.longestTask,
    longestTaskProcessorMs: seen.longestTaskCpu,
    longestTaskToPausedFrame: seen.longestTask / paused.frame,
    tasksOver50Ms: seen.tasksOver50,
    frameP95Ms: seen.frame,
    speed,
  }
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

const HEADINGS = `${'longest task'.padStart(40)}${'by CPU'.padStart(10)}${'/ paused'.padStart(10)}\
${'> 50 ms'.padStart(9)}${'p95 frame'.padStart(11)}${'speed'.padStart(9)}`

function print({ bytes, bytesInAll, files }: FirstScreen, playing: Playing): void {
  console.log(`first screen, script and style    ${kilobytes(bytes)} gzip`)
  console.log(`  everything loaded by itself     ${kilobytes(bytesInAll)} gzip`)
  for (const [name, size] of Object.entries(files))
    console.log(`    ${name.padEnd(32)}${kilobytes(size)}`)
  const paused = playing.pausedFrameP95Ms.toFixed(1)
  console.log(`\nplaying at 10,000×; p95 frame of the paused page ${paused} ms`)
  console.log(HEADINGS)
  for (const view of playing.views) printView(view)
}

function printView(view: View): void {
  const ms = (value: number): string => `${value.toFixed(1)} ms`
  console.log(
    `  ${view.name.padEnd(24)}${ms(view.longestTaskMs).padStart(14)}` +
      `${ms(view.longestTaskProcessorMs).padStart(10)}` +
      `${view.longestTaskToPausedFrame.toFixed(1).padStart(10)}` +
      `${String(view.tasksOver50Ms).padStart(9)}${ms(view.frameP95Ms).padStart(11)}` +
      `${`${Math.round(view.speed)}×`.padStart(9)}`,
  )
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
  const firstScreen = await measureFirstScreen()
  const playing = await measurePlaying()
  if (process.argv.includes('--json'))
    console.log(JSON.stringify({ firstScreen, playing }, undefined, 2))
  else print(firstScreen, playing)
} finally {
  await browser.close()
  await server.close()
}
