// The timeline as a table: the same facts for whoever cannot see the picture, or wants to read.
import { memo, useState, type ReactElement } from 'react'
import { useThrottled } from '../shared/use-throttled.ts'
import { momentText } from '../shared/time.ts'
import { usePage, useRun, useSelect } from '../use-run.ts'
import { tableRows, type TableRow } from './describe.ts'

/** Rows shown at first, and added when older ones are asked for. */
const ROWS_SHOWN = 25
const REFRESH_MS = 400

export function TimelineTable(): ReactElement {
  const now = usePage((state) => state.now)
  const revision = usePage((state) => state.traceRevision)
  const calm = useThrottled(`${revision}/${Math.floor(now / 1000)}`, REFRESH_MS)
  return <Rows moment={calm} />
}

/** `moment` changes when the table is to be made again: the lanes are changed in place. */
const Rows = memo(function Rows({ moment }: { moment: string }): ReactElement {
  const [limit, setLimit] = useState(ROWS_SHOWN)
  const { timeline } = useRun().engine
  const second = Number(moment.split('/')[1]) * 1000
  const rows = tableRows(timeline.lanes(), second, limit)
  return (
    <div className="timeline-table" role="region" aria-label="Timeline as a table" tabIndex={0}>
      <table>
        <caption className="visually-hidden">
          What happened, newest first, with the coming firings on top
        </caption>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Lane</th>
            <th scope="col">What</th>
            <th scope="col">State</th>
            <th scope="col">Note</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <RowView key={row.key} row={row} />
          ))}
          {rows.length === 0 && (
            <tr>
              <td colSpan={5}>Nothing has happened yet.</td>
            </tr>
          )}
        </tbody>
      </table>
      {rows.length === limit && (
        <button type="button" className="button" onClick={() => setLimit(limit + 4 * ROWS_SHOWN)}>
          Show older
        </button>
      )}
    </div>
  )
})

const RowView = memo(
  function RowView({ row }: { row: TableRow }): ReactElement {
    const select = useSelect()
    return (
      <tr data-future={row.future}>
        <td className="num">{momentText(row.at)}</td>
        <td>{row.lane}</td>
        <td>
          {row.pick === undefined ? (
            row.what
          ) : (
            <button type="button" className="link-button" onClick={() => select(row.pick)}>
              {row.what}
            </button>
          )}
        </td>
        <td>{row.state}</td>
        <td>{row.note}</td>
      </tr>
    )
  },
  // The key tells rows apart; only these change while a row stays.
  ({ row: a }, { row: b }) =>
    a.state === b.state && a.note === b.note && a.pick?.uid === b.pick?.uid,
)
