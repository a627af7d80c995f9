// Going from problem to problem (F8, Shift-F8) and to one of the list.
import type { ManifestMarker } from '../../worker/protocol.ts'
import type { PageRun } from '../page-run.ts'
import { problemsOf, type EditorPlace, type EditorStore } from './state.ts'

/** The problem after (1) or before (-1) a place, around the end; undefined when there is none. */
function problemFrom(
  problems: readonly ManifestMarker[],
  { line, column }: EditorPlace,
  step: 1 | -1,
): number | undefined {
  if (problems.length === 0) return undefined
  const order = (problem: ManifestMarker): number =>
    problem.line === line ? problem.column - column : problem.line - line
  const index =
    step === 1
      ? problems.findIndex((problem) => order(problem) > 0)
      : problems.findLastIndex((problem) => order(problem) < 0)
  return index >= 0 ? index : step === 1 ? 0 : problems.length - 1
}

/** Puts the cursor on the next problem, or the one before, and says which it is. */
export function goToProblem({ store, editor }: PageRun, step: 1 | -1): void {
  const { activeFile = '' } = store.getState()
  const { checked, cursor } = editor.getState()
  const problems = problemsOf(checked, activeFile)
  const index = problemFrom(problems, cursor, step)
  if (index === undefined) editor.setState({ spoken: 'No problems.' })
  else showProblem(editor, problems, index)
}

/** Puts the cursor on a problem and says which it is. */
export function showProblem(
  editor: EditorStore,
  problems: readonly ManifestMarker[],
  index: number,
): void {
  const { line, column, message } = problems[index]!
  editor.setState({
    monacoWanted: true,
    target: { line, column },
    spoken: `Problem ${index + 1} of ${problems.length}, line ${line}: ${message}`,
  })
}
