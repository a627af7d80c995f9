// The timeline: what has been, now, and what is to come. This file is its frame: the controls, the
// picture or the table; the picture itself is `chart.tsx`.
import { ChartGantt, LocateFixed, Maximize2, Table2, ZoomIn, ZoomOut } from 'lucide-react'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import { MaximiseButton } from '../pane.tsx'
import { EmptyState, IconButton, PanelHead } from '../shared/controls.tsx'
import { usePage, useRun } from '../use-run.ts'
import { Chart } from './chart.tsx'
import { Legend } from './legend.tsx'
import type { TimelineModel } from './model.ts'
import { TimelineTable } from './table.tsx'
import { useViewport, type TimelineView } from './viewport.ts'

/** Room for the lanes' names. */
const HEAD_WIDTH = 148
const HEAD_WIDTH_NARROW = 96
const ZOOM_STEP = 1.6

export function TimelinePanel(): ReactElement {
  const table = usePage((state) => state.timelineTable)
  const ready = usePage((state) => state.ready)
  const { engine, store } = useRun()
  const quiet = usePage((state) => state.ready && isQuiet(engine.timeline))
  const { ref, width } = useWidth()
  const headWidth = width < 480 ? HEAD_WIDTH_NARROW : HEAD_WIDTH
  const viewport = useViewport(Math.max(1, width - headWidth))
  return (
    <section className="panel timeline" aria-label="Timeline">
      <PanelHead title="Timeline">
        <Legend />
        <div className="head-tools">
          {!table && <ViewTools viewport={viewport} />}
          <IconButton
            label={table ? 'Show as a picture' : 'Show as a table'}
            onClick={() => store.setState({ timelineTable: !table })}
          >
            {table ? <ChartGantt size={16} aria-hidden /> : <Table2 size={16} aria-hidden />}
          </IconButton>
          <MaximiseButton pane="timeline" />
        </div>
      </PanelHead>
      <div className="timeline-body" ref={ref}>
        {table ? (
          <TimelineTable />
        ) : (
          width > 0 && ready && <Chart viewport={viewport} headWidth={headWidth} />
        )}
        {quiet && !table && (
          <div className="timeline-empty">
            <EmptyState title="Time has been quiet.">
              Jobs, CronJobs and their pods appear here as bars, with what is still to come as
              ghosts.
            </EmptyState>
          </div>
        )}
      </div>
    </section>
  )
}

function ViewTools({ viewport }: { viewport: TimelineView }): ReactElement {
  return (
    <>
      <IconButton label="Zoom out" shortcut="-" onClick={() => viewport.zoom(ZOOM_STEP)}>
        <ZoomOut size={16} aria-hidden />
      </IconButton>
      <IconButton label="Zoom in" shortcut="+" onClick={() => viewport.zoom(1 / ZOOM_STEP)}>
        <ZoomIn size={16} aria-hidden />
      </IconButton>
      <IconButton label="Show the whole run" shortcut="F" onClick={viewport.fit}>
        <Maximize2 size={15} aria-hidden />
      </IconButton>
      <IconButton
        label="Follow now"
        pressed={viewport.follow}
        onClick={() => viewport.setFollow(!viewport.follow)}
      >
        <LocateFixed size={16} aria-hidden />
      </IconButton>
    </>
  )
}

/** Nothing but nodes has been yet. */
function isQuiet(timeline: TimelineModel): boolean {
  return timeline.lanes().every((lane) => lane.rules.span === 'band')
}

/** The width of an element, kept up to date. */
function useWidth(): { ref: React.RefObject<HTMLDivElement | null>; width: number } {
  const ref = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = ref.current
    if (element === null) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, width }
}
