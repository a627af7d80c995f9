// What the editor knows of manifests: documentation on hover and completions, both asked of the
// worker, which has the schema and the API server. The editor itself knows no Kubernetes.
import type { Completion } from '../../worker/protocol.ts'
import { ownerOf, type Model } from './models.ts'
import { monaco } from './monaco.ts'

interface Place {
  lineNumber: number
  column: number
}

/** Registers both for every YAML file; called once. */
export function registerAssist(): void {
  monaco.languages.registerHoverProvider('yaml', { provideHover })
  monaco.languages.registerCompletionItemProvider('yaml', {
    triggerCharacters: [' '],
    provideCompletionItems,
  })
}

async function provideHover(model: Model, place: Place) {
  const owner = ownerOf(model)
  const help = await owner?.run.engine.host.fieldHelp(
    model.getValue(),
    place.lineNumber,
    place.column,
  )
  if (help === undefined) return null
  const facts = `${help.type}${help.required ? ', required' : ''}`
  return { contents: [{ value: `**${plain(help.path)}** ${plain(facts)}` }, textOf(help.text)] }
}

async function provideCompletionItems(
  model: Model,
  place: Place,
  { triggerCharacter }: { triggerCharacter?: string | undefined },
) {
  const { lineNumber, column } = place
  const line = model.getLineContent(lineNumber)
  const before = line.slice(0, column - 1)
  // A blank asks for something only where a value or a list item begins.
  if (triggerCharacter === ' ' && !/(?:[\w"']:|-) $/.test(before)) return { suggestions: [] }
  const owner = ownerOf(model)
  if (owner === undefined) return { suggestions: [] }
  const { host } = owner.run.engine
  const found = await host.completionsAt(model.getValue(), lineNumber, column)
  const begin = wordBegin(before)
  const rest = /^[\w./-]*/.exec(line.slice(column - 1))![0]
  const range = {
    startLineNumber: lineNumber,
    endLineNumber: lineNumber,
    startColumn: begin + 1,
    endColumn: column + rest.length,
  }
  const hasColon = line[column - 1 + rest.length] === ':'
  const suggestions = found.map((completion, i) => ({
    label: completion.label,
    detail: detailOf(completion),
    documentation: completion.text,
    // The worker's order is the order of use.
    sortText: String(i).padStart(3, '0'),
    kind: kindOf(completion),
    range,
    ...insertionOf(completion, begin, hasColon),
  }))
  return { suggestions }
}

/** How many characters of a line stand before the key or value that is being typed. */
function wordBegin(before: string): number {
  const key = /^(\s*(?:- +)*)[\w./-]*$/.exec(before)
  if (key !== null) return key[1]!.length
  return before.length - /[^\s:]?[^\s]*$/.exec(before)![0].length
}

/** The text to insert, its lines indented from where the word begins, and what comes after. */
function insertionOf({ label, insert }: Completion, begin: number, hasColon: boolean) {
  if (hasColon) return { insertText: label }
  const again = { id: 'editor.action.triggerSuggest', title: '', arguments: [{ auto: true }] }
  return {
    insertText: insert.replaceAll('\n', `\n${' '.repeat(begin)}`),
    insertTextRules: monaco.languages.CompletionItemInsertTextRule.KeepWhitespace,
    // Whoever has chosen a field wants to know what may stand in it.
    ...(/[\s]$/.test(insert) && !insert.endsWith('\n') ? { command: again } : {}),
  }
}

function detailOf({ detail, required }: Completion): string {
  return required ? `${detail}, required` : detail
}

function kindOf({ insert, label }: Completion): monaco.languages.CompletionItemKind {
  const { Property, Snippet, Value } = monaco.languages.CompletionItemKind
  if (insert === label) return Value
  return insert.startsWith(label) ? Property : Snippet
}

function textOf(text: string): { value: string } {
  return { value: plain(text).replaceAll(/(?<!\n)\n(?!\n)/g, '  \n') }
}

/** Text as it is: all that Markdown could take for markup or a link is escaped. */
function plain(text: string): string {
  return text.replaceAll(/[!-/:-@[-`{-~]/g, '\\$&')
}
