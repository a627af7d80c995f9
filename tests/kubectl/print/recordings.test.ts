// Everything printed about objects, against what a real kubectl printed about the same objects.
import { describe, expect, it } from 'vitest'
import { normal } from '../../reference/compare.ts'
import { momentsOf, printStep, recordings, type Recording } from './recordings.ts'
import type { Step } from '../../reference/compare.ts'

type Verdict = 'equal' | 'different' | 'not modelled'

function verdict(recording: Recording, step: Step): Verdict {
  const ordered = /describe|-o yaml|-o json/.test(step.run)
  const shape = (text: string): string[] => {
    const lines = normal(text, true)
    return ordered ? lines : lines.toSorted()
  }
  const wanted = shape(step.stdout).join('\n')
  let modelled = false
  for (const at of momentsOf(recording, step)) {
    const printed = printStep(recording, step, at)
    if (printed === undefined) continue
    modelled = true
    if (shape(printed).join('\n') === wanted) return 'equal'
  }
  return modelled ? 'different' : 'not modelled'
}

/** Steps whose output depends on the print functions alone. */
function printingSteps(recording: Recording): Step[] {
  return recording.steps.filter(
    ({ run, exit, stable, stdout }) =>
      /^kubectl (get|describe) /.test(run) && exit === 0 && stable !== false && stdout !== '',
  )
}

describe('what kubectl prints of recorded objects', () => {
  for (const recording of recordings().filter(({ objects }) => objects?.length > 0))
    it(`is as recorded in ${recording.name}`, () => {
      const results = printingSteps(recording).map((step) => ({
        run: `${step.at} ${step.run}`,
        verdict: verdict(recording, step),
      }))
      expect(results.filter((result) => result.verdict === 'different')).toEqual([])
    })
})
