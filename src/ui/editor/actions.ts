// What can be done with the open file: apply it, keep it, take its repair.
import { host, messageOf } from '../engine.ts'
import { editFile } from '../files.ts'
import { saveNow } from '../sessions.ts'
import { dismissNotice, notify, openDialog, usePage } from '../store.ts'
import { runInTerminal } from '../terminal/console.ts'
import { useEditor } from './state.ts'

/** Whether what an Apply would change is being worked out: asking again then asks nothing new. */
let asking = false

/**
 * Types `kubectl apply`. When that would change something that is already there, what would change
 * is shown first. What the server refuses is typed all the same: its words are worth reading.
 */
export async function applyFile(name: string): Promise<void> {
  const text = usePage.getState().files[name]
  if (text === undefined || asking) return
  asking = true
  try {
    const previews = await host().preview(text)
    if (previews.some(({ isNew }) => !isNew)) return openDialog('preview')
  } catch (error) {
    notify(`What would change could not be told: ${messageOf(error)}`, { tone: 'problem' })
  } finally {
    asking = false
  }
  applyNow(name)
}

/** Types `kubectl apply` without asking; where one panel hides the others, the answer is shown. */
export function applyNow(name: string): void {
  usePage.setState({ tab: 'terminal' })
  void runInTerminal(`kubectl apply -f ${name}`)
}

/** Every change is kept anyway; whoever presses Ctrl-S wants to be told so. */
export async function saveFile(name: string): Promise<void> {
  try {
    await saveNow()
    notify(`${name} is saved in this browser, as is every change you make.`)
  } catch (error) {
    notify(`${name} could not be saved: ${messageOf(error)}`, { tone: 'problem' })
  }
}

/** Puts the repaired text in place; undo takes it back, in the editor or from the notice. */
export function takeRepair(name: string, text: string, repaired: string): void {
  editFile(name, repaired)
  const id = notify(`${name} has its indentation again.`, {
    action: {
      label: 'Undo',
      run: () => {
        leaveRepair(name)
        editFile(name, text)
        dismissNotice(id)
      },
    },
  })
}

/** Declines the repair of a file for as long as it needs one. */
export function leaveRepair(name: string): void {
  useEditor.setState(({ left }) => ({ left: [...left, name] }))
}
