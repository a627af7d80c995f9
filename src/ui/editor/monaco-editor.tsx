// Monaco as a component. One editor lives as long as the panel; each file is a model of its own, so
// that undo and the cursor stay with the file.
import { useEffect, useRef, type ReactElement } from 'react'
import { host } from '../engine.ts'
import { useLatest } from '../shared/latest.ts'
import { usePage } from '../store.ts'
import { registerAssist } from './assist.ts'
import { monaco, themeId } from './monaco.ts'

interface MonacoEditorProps {
  name: string
  text: string
  onEdit: (name: string, text: string) => void
  onApply: () => void
}

type Editor = ReturnType<typeof monaco.editor.create>
type Model = ReturnType<typeof monaco.editor.createModel>

/** How long the learner must rest before the API server is asked for its opinion. */
const CHECK_MS = 250

const models = new Map<string, Model>()

registerAssist()

export function MonacoEditor(props: MonacoEditorProps): ReactElement {
  const { name, text } = props
  const element = useRef<HTMLDivElement>(null)
  const editor = useRef<Editor>(undefined)
  const latest = useLatest(props)
  const theme = usePage((state) => state.themeName)

  useEffect(() => {
    if (element.current === null) return
    const created = monaco.editor.create(element.current, editorOptions())
    editor.current = created
    created.onDidChangeModelContent(() => {
      const model = created.getModel()
      if (model !== null) latest.current.onEdit(nameOf(model), model.getValue())
    })
    created.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS, () => latest.current.onApply())
    created.focus()
    return () => created.dispose()
  }, [latest])

  useEffect(() => {
    const model = modelFor(name, text)
    if (editor.current?.getModel() !== model) editor.current?.setModel(model)
    // A change from outside: the terminal wrote the file, or the chapter was reset.
    if (model.getValue() !== text)
      model.pushEditOperations([], [replaceAll(model, text)], () => null)
  }, [name, text])

  useEffect(() => {
    const projector = theme === 'projector'
    monaco.editor.setTheme(themeId(theme))
    editor.current?.updateOptions({
      fontSize: projector ? 19 : 13,
      lineHeight: projector ? 28 : 20,
    })
  }, [theme])

  useEffect(() => {
    const timer = setTimeout(() => void check(name, text), CHECK_MS)
    return () => clearTimeout(timer)
  }, [name, text])

  return <div className="monaco" ref={element} />
}

function editorOptions(): Parameters<typeof monaco.editor.create>[1] {
  return {
    automaticLayout: true,
    ariaLabel: 'Manifest editor',
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
    wordBasedSuggestions: 'off',
    fixedOverflowWidgets: true,
    scrollbar: {
      alwaysConsumeMouseWheel: false,
      horizontalScrollbarSize: 8,
      verticalScrollbarSize: 8,
    },
    unicodeHighlight: { ambiguousCharacters: false },
  }
}

function modelFor(name: string, text: string): Model {
  const known = models.get(name)
  if (known !== undefined && !known.isDisposed()) return known
  const language = /\.ya?ml$/.test(name) ? 'yaml' : 'plaintext'
  const model = monaco.editor.createModel(text, language, monaco.Uri.parse(`file:///${name}`))
  models.set(name, model)
  return model
}

function nameOf(model: Model): string {
  return model.uri.path.slice(1)
}

function replaceAll(model: Model, text: string) {
  return { range: model.getFullModelRange(), text }
}

/** Underlines what the API server would refuse. */
async function check(name: string, text: string): Promise<void> {
  const model = models.get(name)
  if (model === undefined || model.getValue() !== text) return
  const found = /\.ya?ml$/.test(name) && text.trim() !== '' ? await host().check(text) : []
  if (model.isDisposed() || model.getValue() !== text) return
  const markers = found.map(({ line, column, endColumn, severity, message }) => ({
    startLineNumber: line,
    endLineNumber: line,
    startColumn: column,
    endColumn: Math.max(endColumn, column + 1),
    message,
    severity: severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
  }))
  monaco.editor.setModelMarkers(model, 'api-server', markers)
}
