// What the editor knows of manifests: documentation on hover and completions, both asked of the
// worker, which has the schema and the API server. The editor itself knows no Kubernetes.
import { host } from '../engine.ts'
import { monaco } from './monaco.ts'

type Model = ReturnType<typeof monaco.editor.createModel>

interface Place {
  lineNumber: number
  column: number
}

/** Registers both for every YAML file; called once. */
export function registerAssist(): void {
  monaco.languages.registerHoverProvider('yaml', { provideHover })
  monaco.languages.registerCompletionItemProvider('yaml', {
    triggerCharacters: [' ', ':', '-'],
    provideCompletionItems,
  })
}

async function provideHover(model: Model, place: Place) {
  const help = await host().fieldHelp(model.getValue(), place.lineNumber, place.column)
  if (help === undefined) return null
  const title = `**${help.path}** \`${help.type}\`${help.required ? ' (required)' : ''}`
  return { contents: [{ value: title }, { value: plain(help.text) }] }
}

async function provideCompletionItems(model: Model, place: Place) {
  const { lineNumber, column } = place
  const found = await host().completionsAt(model.getValue(), lineNumber, column)
  const word = model.getWordUntilPosition(place)
  const range = {
    startLineNumber: lineNumber,
    endLineNumber: lineNumber,
    startColumn: word.startColumn,
    endColumn: word.endColumn,
  }
  const suggestions = found.map(({ label, insert, detail, text, required }) => ({
    label,
    insertText: insert,
    detail,
    documentation: { value: plain(text) },
    // What must be there comes first; the rest by name.
    sortText: `${required ? 0 : 1}${label}`,
    kind: monaco.languages.CompletionItemKind.Field,
    range,
  }))
  return { suggestions }
}

/** Documentation is text: what would be markup in Monaco's Markdown is shown as it is. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|~]/g, '\\$&')
}
