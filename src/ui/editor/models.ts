// Monaco's models: one a file, for as long as the session lasts.
import type { SessionStart } from '../../worker/protocol.ts'
import type { PageRun } from '../page-run.ts'
import { monaco } from './monaco.ts'

export type Model = ReturnType<typeof monaco.editor.createModel>

interface Models {
  byName: Map<string, Model>
  session: SessionStart | undefined
}

/** Of each run; Monaco itself is one for the page. */
const modelsOf = new WeakMap<PageRun, Models>()
const owners = new WeakMap<Model, { run: PageRun; name: string }>()

/** The model of a file that is open. */
export function modelFor(run: PageRun, name: string): Model | undefined {
  return modelsOf.get(run)?.byName.get(name)
}

/**
 * The model of a file, made if need be. Another session's files are others, though they have the
 * same names.
 */
export function openModel(
  run: PageRun,
  name: string,
  text: string,
  session: SessionStart | undefined,
): Model {
  const models = modelsOf.get(run) ?? { byName: new Map<string, Model>(), session }
  modelsOf.set(run, models)
  if (session !== models.session) {
    for (const model of models.byName.values()) model.dispose()
    models.byName.clear()
    models.session = session
  }
  const known = models.byName.get(name)
  if (known !== undefined) return known
  const language = /\.ya?ml$/.test(name) ? 'yaml' : 'plaintext'
  const model = monaco.editor.createModel(text, language)
  owners.set(model, { run, name })
  models.byName.set(name, model)
  return model
}

/** The file a model is of, and the run that the file belongs to. */
export function ownerOf(model: Model): { run: PageRun; name: string } | undefined {
  return owners.get(model)
}

/** Replaces the whole text; one undo takes it back. */
export function setText(model: Model, text: string): void {
  model.pushStackElement()
  model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null)
  model.pushStackElement()
}
