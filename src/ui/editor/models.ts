// Monaco's models: one a file, for as long as the session lasts.
import type { SessionStart } from '../../worker/protocol.ts'
import { monaco } from './monaco.ts'

export type Model = ReturnType<typeof monaco.editor.createModel>

const models = new Map<string, Model>()
let session: SessionStart | undefined

/** The model of a file that is open. */
export function modelFor(name: string): Model | undefined {
  return models.get(name)
}

/**
 * The model of a file, made if need be. Another session's files are others, though they have the
 * same names.
 */
export function openModel(name: string, text: string, current: SessionStart | undefined): Model {
  if (current !== session) {
    for (const model of models.values()) model.dispose()
    models.clear()
    session = current
  }
  const known = models.get(name)
  if (known !== undefined) return known
  const language = /\.ya?ml$/.test(name) ? 'yaml' : 'plaintext'
  const model = monaco.editor.createModel(text, language, monaco.Uri.parse(`file:///${name}`))
  models.set(name, model)
  return model
}

/** The file a model is of. */
export function nameOf(model: Model): string {
  return model.uri.path.slice(1)
}

/** Replaces the whole text; one undo takes it back. */
export function setText(model: Model, text: string): void {
  model.pushStackElement()
  model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null)
  model.pushStackElement()
}
