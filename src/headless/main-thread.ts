// What the page's main thread does for a while, as the browser itself records it: how long its
// tasks took by the clock and by the processor (the two differ when others use the machine), and
// how long its frames were.
import type { Browser, Page } from '@playwright/test'

/** In milliseconds. */
export interface MainThread {
  longestTask: number
  /** Processor time of the task that needed the most. */
  longestTaskCpu: number
  tasksOver50: number
  /** 95 of 100 frames were no longer. */
  frame: number
}

/** One event of a trace; times in microseconds. */
interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  dur?: number
  tdur?: number
  args: { name?: string }
}

const LONG_TASK_MS = 50
const TRACED = ['toplevel', 'devtools.timeline']

/** As text: the page must not need what the compiler adds to functions here. */
const WATCH_FRAMES = `
  globalThis.frames_ = []
  let before = performance.now()
  globalThis.watching = true
  requestAnimationFrame(function frame(at) {
    globalThis.frames_.push(at - before)
    before = at
    if (globalThis.watching) requestAnimationFrame(frame)
  })
`

/** Watches the page for `ms`; nothing else may run in this browser meanwhile. */
export async function watchMainThread(
  browser: Browser,
  page: Page,
  ms: number,
): Promise<MainThread> {
  const client = await browser.newBrowserCDPSession()
  const events: TraceEvent[] = []
  client.on('Tracing.dataCollected', ({ value }) => events.push(...(value as never[])))
  const traceConfig = { includedCategories: TRACED, excludedCategories: ['*'] }
  await client.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig })
  await page.evaluate(WATCH_FRAMES)
  await page.waitForTimeout(ms)
  const frames = await page.evaluate<number[]>('watching = false, frames_')
  const complete = new Promise((resolve) => client.once('Tracing.tracingComplete', resolve))
  await client.send('Tracing.end')
  await complete
  await client.detach()
  const tasks = tasksOf(events)
  const clock = tasks.map(({ dur = 0 }) => dur / 1000)
  return {
    longestTask: Math.max(0, ...clock),
    longestTaskCpu: Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1000)),
    tasksOver50: clock.filter((length) => length > LONG_TASK_MS).length,
    // The first frame began before it was watched.
    frame: quantile(frames.slice(1), 0.95),
  }
}

/** The tasks of the busiest main thread: a page that was closed may still have one. */
function tasksOf(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const threads = events.filter(
    ({ ph, name, args }) => ph === 'M' && name === 'thread_name' && args.name === 'CrRendererMain',
  )
  const busy = threads.map(({ pid, tid }) =>
    events.filter(
      (event) =>
        event.pid === pid && event.tid === tid && event.name === 'ThreadControllerImpl::RunTask',
    ),
  )
  return busy.sort((a, b) => b.length - a.length)[0] ?? []
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length * part)] ?? 0
}
