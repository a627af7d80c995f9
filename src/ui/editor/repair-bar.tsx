// A manifest copied from a web page has often lost its indentation. When a file looks like that,
// the editor says so and offers to show it repaired.
import { WandSparkles } from 'lucide-react'
import type { ReactElement } from 'react'
import { openDialog } from '../store.ts'
import { leaveRepair } from './actions.ts'
import { useEditor, useRun } from '../use-run.ts'

export function RepairBar({ name, text }: { name: string; text: string }): ReactElement {
  const wanted = useEditor(
    ({ checked, left }) =>
      checked?.name === name &&
      checked.text === text &&
      checked.repaired !== undefined &&
      !left.includes(name),
  )
  const run = useRun()
  return (
    <div className="repair-bar" role="status" data-shown={wanted}>
      {wanted && (
        <>
          <WandSparkles size={15} aria-hidden />
          <p>
            This manifest has lost its indentation, as copies from web pages do. The schema of the
            API tells where each line belongs.
          </p>
          <span className="repair-actions">
            <button
              type="button"
              className="button"
              onClick={() => openDialog(run.store, 'repair')}
            >
              Show the repair
            </button>
            <button type="button" className="link-button" onClick={() => leaveRepair(run, name)}>
              Leave it
            </button>
          </span>
        </>
      )}
    </div>
  )
}
