// The timeline as a table: the same facts for whoever cannot see the picture, or wants to read.
import { memo, type ReactElement } from 'react'
import { momentText } from '../shared/time.ts'
import { select } from '../store.ts'
import { tableRows } from './describe.ts'
import type { Lane } from './model.ts'

const ROWS_MAX = 200

interface TableProps {
  lanes: readonly Lane[]
  /** To the second: the table is made anew no more often. */
  second: number
  /** Counts the changes of the lanes, which are changed in place. */
  revision: number
}

export const TimelineTable = memo(function TimelineTable(props: TableProps): ReactElement {
  const rows = tableRows(props.lanes, props.second, ROWS_MAX)
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
            <tr key={row.key} data-future={row.future}>
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
          ))}
          {rows.length === 0 && (
            <tr>
              <td colSpan={5}>Nothing has happened yet.</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  )
})
