// What can be done with the open file: apply it, keep it, take its repair.
import { messageOf } from '../engine.ts'
import { editFile } from '../files.ts'
import { saveNow } from '../sessions.ts'
import { dismissNotice, notify, openDialog } from '../store.ts'
import type { PageRun } from '../page-run.ts'

/**
 * Types `kubectl apply`. When that would change something that is already there, what would change
 * is shown first. What the server refuses is typed all the same: its words are worth reading.
 */
export async function applyFile(run: PageRun, name: string): Promise<void> {
  const { engine, store, editor } = run
  const text = store.getState().files[name]
  if (text === undefined || editor.getState().asking) return
  editor.setState({ asking: true })
  try {
    const previews = await engine.host.preview(text)
    if (previews.some(({ isNew }) => !isNew)) return openDialog(store, 'preview')
  } catch (error) {
    notify(store, `What would change could not be told: ${messageOf(error)}`, { tone: 'problem' })
  } finally {
    editor.setState({ asking: false })
  }
  applyNow(run, name)
}

/** Types `kubectl apply` without asking. */
export function applyNow(run: PageRun, name: string): void {
  void run.console.run(`kubectl apply -f ${name}`)
}

/** Every change is kept anyway; whoever presses Ctrl-S wants to hear it. */
export async function saveFile(run: PageRun, name: string): Promise<void> {
  try {
    await saveNow(run)
    notify(run.store, `${name} is saved in this browser, as is every change you make.`)
  } catch (error) {
    notify(run.store, `${name} could not be saved: ${messageOf(error)}`, { tone: 'problem' })
  }
}

/** Puts the repaired text in place; undo takes it back, in the editor or from the notice. */
export function takeRepair(run: PageRun, name: string, text: string, repaired: string): void {
  const { store } = run
  editFile(store, name, repaired)
  const id = notify(store, `${name} has its indentation again.`, {
    action: {
      label: 'Undo',
      run: () => {
        leaveRepair(run, name)
        editFile(store, name, text)
        dismissNotice(store, id)
      },
    },
  })
}

/** Declines the repair of a file for as long as it needs one. */
export function leaveRepair({ editor }: PageRun, name: string): void {
  editor.setState(({ left }) => ({ left: [...left, name] }))
}
