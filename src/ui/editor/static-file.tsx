// The file as it will look in the editor, at a hundredth of its cost. A press or any key but those that
// lead elsewhere makes it the editor, which puts the cursor where the press was and does what was typed
// or pasted meanwhile.
import { useEffect, useRef, type ReactElement } from 'react'
import { Yaml } from '../shared/code-block.tsx'
import { useEditor, useRun } from '../use-run.ts'
import { doEarly, wantToType, type EditorPlace, type EditorStore } from './state.ts'

/** What these keys do in the editor, in Monaco's words. */
const COMMANDS: Readonly<Record<string, string>> = {
  Backspace: 'deleteLeft',
  Delete: 'deleteRight',
  ArrowLeft: 'cursorLeft',
  ArrowRight: 'cursorRight',
  ArrowUp: 'cursorUp',
  ArrowDown: 'cursorDown',
  Home: 'cursorHome',
  End: 'cursorEnd',
}

export function StaticFile({ name, text }: { name: string; text: string }): ReactElement {
  const { editor } = useRun()
  const element = useRef<HTMLPreElement>(null)
  const focusWanted = useEditor((state) => state.focusWanted)
  useEffect(() => {
    if (focusWanted) element.current?.focus()
  }, [focusWanted])
  return (
    <pre
      ref={element}
      className="static-file"
      tabIndex={0}
      role="textbox"
      aria-multiline="true"
      aria-label={`${name}; press Enter to edit`}
      onClick={(event) => {
        editor.setState({ target: placeAt(event) })
        wantToType(editor)
      }}
      onPaste={(event) => {
        event.preventDefault()
        const pasted = event.clipboardData.getData('text/plain')
        doEarly(editor, { command: 'paste', text: pasted.replaceAll('\r\n', '\n') })
      }}
      onKeyDown={(event) => onKey(editor, event)}
    >
      <code className="numbered">
        <Yaml text={text.replace(/\n$/, '')} />
      </code>
    </pre>
  )
}

function onKey(editor: EditorStore, event: React.KeyboardEvent): void {
  const { key, ctrlKey, metaKey, altKey } = event
  if (/^(Tab|Shift|Control|Alt|Meta|Escape|F\d+)$/.test(key)) return
  // Ctrl-V and the like do what they always do: a paste comes as one.
  if (ctrlKey || metaKey || altKey) return wantToType(editor)
  event.preventDefault()
  const command = COMMANDS[key]
  const { focusWanted } = editor.getState()
  if (command !== undefined) doEarly(editor, { command, text: '' })
  else if (key.length === 1) doEarly(editor, { command: 'type', text: key })
  // The first Enter asks for the editor; those after it are typed.
  else if (key === 'Enter' && focusWanted) doEarly(editor, { command: 'type', text: '\n' })
  else wantToType(editor)
}

/** The place in the text that was pressed; the end of the text below its last line. */
function placeAt({ currentTarget, clientX, clientY }: React.MouseEvent): EditorPlace {
  const code = currentTarget.querySelector('code')!
  const caret = document.caretPositionFromPoint(clientX, clientY)
  const before = document.createRange()
  before.selectNodeContents(code)
  if (caret !== null && code.contains(caret.offsetNode))
    before.setEnd(caret.offsetNode, caret.offset)
  const lines = before.toString().split('\n')
  return { line: lines.length, column: lines.at(-1)!.length + 1 }
}
