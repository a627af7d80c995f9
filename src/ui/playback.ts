// The only animation loop of a run. While time plays it turns real time into virtual time and
// asks the worker to advance, one request at a time. When the worker cannot keep the speed, the
// clock waits for it: what is shown is always what has really been computed.
import type { Engine } from './engine.ts'
import type { PageStore } from './store.ts'

/** Computing asked for at once; the answer is back well within a frame or two. */
const BUDGET_MS = 10
const BUDGET_BEHIND_MS = 24
/** Requests come no closer together than this while the worker keeps up. */
const REQUEST_MS = 30
/** A frame longer than this was a pause of the page (another tab, a sleeping machine). */
const FRAME_MAX_MS = 250

/** Starts the loop; it runs as long as the page does. Returns a function that ends it. */
export function startPlayback(engine: Engine, store: PageStore): () => void {
  const onFrame = playback(engine, store)
  let handle = requestAnimationFrame(function frame(at: number) {
    handle = requestAnimationFrame(frame)
    onFrame(at)
  })
  return () => cancelAnimationFrame(handle)
}

/** What is to be done at each frame, given its time in ms. */
function playback(engine: Engine, store: PageStore): (at: number) => void {
  let lastFrame = 0
  let lastRequest = 0
  let inFlight = false
  /** Virtual ms that real time has earned and no request has asked for yet. */
  let owed = 0
  const ask = async (speed: number, behind: boolean): Promise<void> => {
    inFlight = true
    const until = engine.clockNow() + owed
    owed = 0
    const update = await engine.advance(until, behind ? BUDGET_BEHIND_MS : BUDGET_MS)
    inFlight = false
    // What could not be computed in time is not owed twice: the clock is late, not wrong.
    if (update?.behind === true) owed = Math.min(until - update.now, FRAME_MAX_MS * speed)
  }
  return (at) => {
    const elapsed = Math.min(at - lastFrame, FRAME_MAX_MS)
    lastFrame = at
    const { playing, speed, behind, ready, fault } = store.getState()
    const still = !playing || !ready || fault !== undefined
    if (still || document.hidden || engine.isNavigating()) {
      owed = 0
      return engine.flush()
    }
    engine.flushIfDue(elapsed)
    owed += elapsed * speed
    if (inFlight) return
    if (at - lastRequest < REQUEST_MS && !behind) return
    lastRequest = at
    void ask(speed, behind)
  }
}

/** Starts or stops time. */
export function togglePlaying(store: PageStore): void {
  const { playing, ready } = store.getState()
  if (ready) store.setState({ playing: !playing })
}
