// Where the lab is simpler than a real cluster: said openly, where learners look for what it is.
import { useState, type ReactElement } from 'react'
import type { Simplification } from '../story/simplifications.ts'

export function Simplified(): ReactElement {
  const [rules, setRules] = useState<readonly Simplification[]>()
  const load = (): void =>
    void import('../story/simplifications.ts').then(({ SIMPLIFICATIONS }) =>
      setRules(SIMPLIFICATIONS),
    )
  return (
    <details className="simplified" onToggle={load}>
      <summary>Where the lab is simpler than a real cluster</summary>
      {rules === undefined ? (
        <p className="quiet">One moment …</p>
      ) : (
        <dl>
          {rules.map(({ id, section, text }) => (
            <div key={id}>
              <dt>
                {section} <span className="quiet">{id}</span>
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
    </details>
  )
}
