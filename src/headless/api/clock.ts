// How fast the cluster's time runs by itself: not at all, so many simulated seconds a second, or as
// fast as the machine can.
import { advanceBy, type Host } from './host.ts'

export type Speed = number | 'max'

const TICK_MS = 20
/** At full speed so much simulated time is asked for at once; requests come in between. */
const STRIDE_MS = 60_000
/** Time that a busy machine did not keep up with is not made up for beyond this. */
const LAG_MAX_MS = 250

/** Starts the clock; it runs until the program ends. */
export function startClock(host: Host, speed: Speed): void {
  if (speed === 'max') void runAtFullSpeed(host)
  else if (speed > 0) void runAtSpeed(host, speed)
}

async function runAtFullSpeed(host: Host): Promise<never> {
  for (;;) {
    await advanceBy(host, STRIDE_MS)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function runAtSpeed(host: Host, speed: number): Promise<never> {
  let before = Date.now()
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, TICK_MS))
    const now = Date.now()
    await advanceBy(host, Math.min(now - before, LAG_MAX_MS) * speed)
    before = now
  }
}
