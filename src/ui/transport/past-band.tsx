// While time is set back, a band says so: the latest moment is a press away, and so is another future.
// What is left that way is named, with the way back to it.
import { GitBranch, Undo2 } from 'lucide-react'
import { useEffect, type ReactElement } from 'react'
import type { PageRun } from '../page-run.ts'
import { clockText, lengthText } from '../shared/time.ts'
import { dismissNotice, notify } from '../store.ts'
import { usePage, useRun } from '../use-run.ts'

/** Nearer to the latest moment than this is now, in ms. */
const PAST_MS = 1_000

export function PastBand(): ReactElement | null {
  const seenTo = usePage((state) => state.seenTo)
  const back = usePage(({ ready, now }) => (ready ? Math.floor((seenTo - now) / 1000) * 1000 : 0))
  const run = useRun()
  const { engine, store } = run
  useEffect(() => tellOfFutures(run), [run])
  if (back < PAST_MS) return null
  return (
    <div className="past-band" role="status">
      <span>
        You are in the past, <strong>{lengthText(back)}</strong> before the latest moment.
      </span>
      <button
        type="button"
        className="button"
        onClick={() => {
          store.setState({ playing: false })
          void engine.seek(seenTo)
        }}
      >
        <Undo2 size={15} aria-hidden /> Return to {clockText(seenTo)}
      </button>
      <button type="button" className="button" onClick={() => void engine.dropFuture()}>
        <GitBranch size={15} aria-hidden /> Start a new future here
      </button>
    </div>
  )
}

/** Tells of each future that is left by doing something in the past. */
function tellOfFutures({ store, engine }: PageRun): () => void {
  return store.subscribe(({ branches, ready }, before) => {
    if (!ready || !before.ready || branches.length <= before.branches.length) return
    const left = branches.find(({ id }) => before.branches.every((known) => known.id !== id))
    if (left === undefined) return
    const note = notify(store, 'A new future has begun. The one you left is kept.', {
      action: {
        label: 'Return to it',
        run: () => {
          dismissNotice(store, note)
          void engine.enterBranch(left.id)
        },
      },
    })
  })
}
