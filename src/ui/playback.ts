// The only animation loop of the page. While time plays it turns real time into virtual time and
// asks the worker to advance, one request at a time. When the worker cannot keep the speed, the
// clock waits for it: what is shown is always what has really been computed.
import { advance, clockNow, flush, flushIfDue, isNavigating } from './engine.ts'
import { usePage } from './store.ts'

/** Computing asked for at once; the answer is back well within a frame or two. */
const BUDGET_MS = 10
const BUDGET_BEHIND_MS = 24
/** Requests come no closer together than this while the worker keeps up. */
const REQUEST_MS = 30
/** A frame longer than this was a pause of the page (another tab, a sleeping machine). */
const FRAME_MAX_MS = 250

let lastFrame = 0
let lastRequest = 0
let inFlight = false
/** Virtual ms that real time has earned and no request has asked for yet. */
let owed = 0

/** Starts the loop; it runs as long as the page does. Returns a function that ends it. */
export function startPlayback(): () => void {
  let handle = requestAnimationFrame(function frame(at: number) {
    handle = requestAnimationFrame(frame)
    onFrame(at)
  })
  return () => cancelAnimationFrame(handle)
}

function onFrame(at: number): void {
  const elapsed = Math.min(at - lastFrame, FRAME_MAX_MS)
  lastFrame = at
  const { playing, speed, behind, ready, fault } = usePage.getState()
  if (!playing || !ready || document.hidden || isNavigating() || fault !== undefined) {
    owed = 0
    flush()
    return
  }
  flushIfDue(elapsed)
  owed += elapsed * speed
  if (inFlight) return
  if (at - lastRequest < REQUEST_MS && !behind) return
  lastRequest = at
  inFlight = true
  const until = clockNow() + owed
  owed = 0
  void advance(until, behind ? BUDGET_BEHIND_MS : BUDGET_MS).then((update) => {
    inFlight = false
    // What could not be computed in time is not owed twice: the clock is late, not wrong.
    if (update?.behind === true) owed = Math.min(until - update.now, FRAME_MAX_MS * speed)
  })
}

/** Starts or stops time. */
export function togglePlaying(): void {
  const { playing, ready } = usePage.getState()
  if (ready) usePage.setState({ playing: !playing })
}
