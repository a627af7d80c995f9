// Monaco as a component. One editor lives as long as the panel; each file is a model of its own, so
// that undo and the cursor stay with the file.
import { useEffect, useRef, type ReactElement, type RefObject } from 'react'
import type { ManifestMarker } from '../../worker/protocol.ts'
import { useLatest } from '../shared/latest.ts'
import type { PageRun } from '../page-run.ts'
import { useEditor, usePage, useRun } from '../use-run.ts'
import { registerAssist } from './assist.ts'
import { modelFor, openModel, ownerOf, setText } from './models.ts'
import { monaco } from './monaco.ts'
import { goToProblem } from './problems.ts'
import { problemsOf, type EditorStore } from './state.ts'
import { themeId } from './themes.ts'

interface MonacoEditorProps {
  name: string
  text: string
  onEdit: (name: string, text: string) => void
  onApply: () => void
  onSave: () => void
}

type Editor = ReturnType<typeof monaco.editor.create>

registerAssist()

export function MonacoEditor(props: MonacoEditorProps): ReactElement {
  const { name, text } = props
  const element = useRef<HTMLDivElement>(null)
  const editor = useRef<Editor>(undefined)
  const latest = useLatest(props)
  const run = useRun()
  const theme = usePage((state) => state.themeName)
  const session = usePage((state) => state.session)
  const problems = useEditor(({ checked }) => problemsOf(checked, name))

  useEffect(() => {
    if (element.current === null) return
    const created = monaco.editor.create(element.current, editorOptions())
    editor.current = created
    created.onDidChangeModelContent(() => {
      const model = created.getModel()
      const owner = model === null ? undefined : ownerOf(model)
      if (owner !== undefined) latest.current.onEdit(owner.name, model!.getValue())
    })
    created.onDidChangeCursorPosition(({ position: { lineNumber, column } }) =>
      run.editor.setState({ cursor: { line: lineNumber, column } }),
    )
    addActions(created, run, {
      apply: () => latest.current.onApply(),
      save: () => latest.current.onSave(),
    })
    const { focusWanted } = run.editor.getState()
    letTabPass(created, run.editor, focusWanted)
    // Loaded ahead of its use, it keeps out of the way.
    if (focusWanted && isFocusFree()) created.focus()
    run.editor.setState({ focusWanted: false })
    return () => created.dispose()
  }, [latest, run])

  useEffect(() => {
    const model = openModel(run, name, text, session)
    if (editor.current?.getModel() !== model) editor.current?.setModel(model)
    editor.current?.updateOptions({ ariaLabel: `${name}, manifest editor` })
    // A change from outside: the terminal wrote the file, a repair, or the chapter was reset.
    if (model.getValue() !== text) setText(model, text)
  }, [run, name, text, session])

  useFocusWhenWanted(editor)

  useEffect(() => {
    const projector = theme === 'projector'
    monaco.editor.setTheme(themeId(theme))
    editor.current?.updateOptions({
      fontSize: projector ? 19 : 13,
      lineHeight: projector ? 28 : 20,
    })
  }, [theme])

  useEffect(() => {
    const model = modelFor(run, name)
    if (model) monaco.editor.setModelMarkers(model, 'api-server', problems.map(markerOf))
  }, [run, name, problems])

  useTarget(editor)
  useEarlyEdits(editor)

  return <div className="monaco" ref={element} />
}

/** Whoever has gone to another pane while the editor was loading types there. */
function isFocusFree(): boolean {
  const { activeElement, body } = document
  return activeElement === null || activeElement === body || isInEditor(activeElement)
}

function isInEditor(element: Element): boolean {
  return element.closest('[data-pane="editor"], [role="dialog"]') !== null
}

/** Focus may be asked for while the editor is there already: after a file got its name. */
function useFocusWhenWanted(editor: RefObject<Editor | undefined>): void {
  const focusWanted = useEditor((state) => state.focusWanted)
  const run = useRun()
  useEffect(() => {
    if (!focusWanted) return
    if (isFocusFree()) editor.current?.focus()
    run.editor.setState({ focusWanted: false })
  }, [run, editor, focusWanted])
}

/** Goes where a problem or the first press wants the cursor. */
function useTarget(editor: RefObject<Editor | undefined>): void {
  const target = useEditor((state) => state.target)
  const run = useRun()
  useEffect(() => {
    if (target === undefined || editor.current === undefined) return
    const place = { lineNumber: target.line, column: target.column }
    editor.current.setPosition(place)
    editor.current.revealPositionInCenterIfOutsideViewport(place)
    editor.current.focus()
    run.editor.setState({ target: undefined })
  }, [run, editor, target])
}

/** Does what was typed, pasted and asked for before the editor was there. */
function useEarlyEdits(editor: RefObject<Editor | undefined>): void {
  const early = useEditor((state) => state.early)
  const run = useRun()
  useEffect(() => {
    if (early.length === 0 || editor.current === undefined) return
    run.editor.setState({ early: [] })
    for (const { command, text } of early) editor.current.trigger('early', command, { text })
  }, [run, editor, early])
}

/** The keys of the editor. Monaco's own for the same keys give way. */
function addActions(
  editor: Editor,
  run: PageRun,
  { apply, save }: { apply: () => void; save: () => void },
) {
  const { KeyMod, KeyCode } = monaco
  const actions: readonly [id: string, label: string, key: number, run: () => void][] = [
    ['apply', 'Apply this file', KeyMod.CtrlCmd | KeyCode.Enter, apply],
    ['save', 'Save this file', KeyMod.CtrlCmd | KeyCode.KeyS, save],
    ['next-problem', 'Next problem', KeyCode.F8, () => goToProblem(run, 1)],
    ['previous-problem', 'Previous problem', KeyMod.Shift | KeyCode.F8, () => goToProblem(run, -1)],
  ]
  for (const [id, label, key, run] of actions)
    editor.addAction({ id, label, keybindings: [key], contextMenuGroupId: '1_manifest', run })
}

/** Widgets that Escape closes first. */
const NOTHING_OPEN =
  'editorTextFocus && !suggestWidgetVisible && !findWidgetVisible && !editorHoverVisible' +
  ' && !editorHasSelection && !editorHasMultipleSelections'

/**
 * Tab indents while one is writing. Whoever has only tabbed into the editor, or pressed Escape, is
 * on the way through: then Tab moves on, so that no keyboard is trapped.
 */
function letTabPass(editor: Editor, state: EditorStore, writing: boolean): void {
  const { Escape, Tab, Shift } = monaco.KeyCode
  const pass = (tabFocusMode: boolean): void => editor.updateOptions({ tabFocusMode })
  const leave = (): void => {
    pass(true)
    state.setState({ spoken: 'Tab leaves the editor now.' })
  }
  pass(!writing)
  editor.onDidBlurEditorText(() => pass(true))
  editor.onMouseDown(() => pass(false))
  editor.onKeyDown(({ keyCode }) => {
    if (keyCode !== Escape && keyCode !== Tab && keyCode !== Shift) pass(false)
  })
  editor.addCommand(Escape, leave, NOTHING_OPEN)
}

function editorOptions(): Parameters<typeof monaco.editor.create>[1] {
  return {
    automaticLayout: true,
    fontFamily: 'var(--font-code)',
    fontSize: 13,
    lineHeight: 20,
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 8,
    glyphMargin: false,
    folding: true,
    minimap: { enabled: false },
    overviewRulerLanes: 0,
    padding: { top: 8, bottom: 8 },
    renderFinalNewline: 'off',
    renderLineHighlight: 'line',
    scrollBeyondLastLine: false,
    stickyScroll: { enabled: false },
    tabSize: 2,
    insertSpaces: true,
    detectIndentation: false,
    wordBasedSuggestions: 'off',
    // Values are strings to Monaco's YAML: they too want suggestions.
    quickSuggestions: { other: true, strings: true, comments: false },
    acceptSuggestionOnCommitCharacter: false,
    suggest: { showStatusBar: false, preview: false, showWords: false },
    hover: { delay: 400, above: false },
    fixedOverflowWidgets: true,
    scrollbar: {
      alwaysConsumeMouseWheel: false,
      horizontalScrollbarSize: 8,
      verticalScrollbarSize: 8,
    },
    // The panel is narrow, and half a command tells nothing.
    wordWrap: 'on',
    wrappingIndent: 'deepIndent',
    unicodeHighlight: { ambiguousCharacters: false },
  }
}

function markerOf({ line, column, endColumn, severity, message }: ManifestMarker) {
  const { Error, Warning } = monaco.MarkerSeverity
  return {
    startLineNumber: line,
    endLineNumber: line,
    startColumn: column,
    endColumn: Math.max(endColumn, column + 1),
    message,
    severity: severity === 'error' ? Error : Warning,
  }
}
