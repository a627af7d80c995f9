// The API server's opinion below the text: a count, and the problems as a list to go through.
import { ChevronDown, CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import type { ManifestMarker } from '../../worker/protocol.ts'
import { showProblem } from './problems.ts'
import { useEditor, useRun } from '../use-run.ts'
import { problemsOf } from './state.ts'

export function ProblemList({ name }: { name: string }): ReactElement | null {
  const checked = useEditor((state) => state.checked)
  const { editor } = useRun()
  const [open, setOpen] = useState(true)
  if (checked?.name !== name || checked.text.trim() === '') return null
  const problems = problemsOf(checked, name)
  const summary = summaryOf(problems)
  return (
    <section className="problems" aria-label="Problems" data-some={problems.length > 0}>
      <div className="problems-head">
        {problems.length === 0 ? (
          <span className="problems-count" data-severity="none">
            <CircleCheck size={14} aria-hidden /> {summary}
          </span>
        ) : (
          <button
            type="button"
            className="problems-count"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            <SeverityIcon severity={worst(problems)} /> {summary}
            <ChevronDown className="problems-fold" size={14} aria-hidden />
          </button>
        )}
        {problems.length > 0 && (
          <span className="problems-keys">
            <kbd>F8</kbd> next
          </span>
        )}
      </div>
      {open && problems.length > 0 && (
        <ul className="problems-list">
          {problems.map((problem, index) => (
            <li key={`${problem.line}:${problem.column}:${problem.message}`}>
              <button type="button" onClick={() => showProblem(editor, problems, index)}>
                <SeverityIcon severity={problem.severity} />
                <span className="problem-line">line {problem.line}</span>
                <span className="problem-text" title={problem.message}>
                  <span className="visually-hidden">{problem.severity}: </span>
                  {problem.message}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className="visually-hidden" role="status">
        {summary}
      </p>
    </section>
  )
}

function SeverityIcon({ severity }: { severity: ManifestMarker['severity'] }): ReactElement {
  const Icon = severity === 'error' ? CircleX : TriangleAlert
  return <Icon className="problem-icon" data-severity={severity} size={14} aria-hidden />
}

function worst(problems: readonly ManifestMarker[]): ManifestMarker['severity'] {
  return problems.some(({ severity }) => severity === 'error') ? 'error' : 'warning'
}

function summaryOf(problems: readonly ManifestMarker[]): string {
  if (problems.length === 0) return 'The API server would take this'
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  const parts = [
    ...(errors > 0 ? [`${errors} ${errors === 1 ? 'problem' : 'problems'}`] : []),
    ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`] : []),
  ]
  return parts.join(', ')
}
