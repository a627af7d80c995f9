// successPolicy: when some indexes are enough (pkg/controller/job/success_policy.go). Pure.
import type { JobSpec } from '../../api-types/batch.ts'
import { overlapOf, parseIntervals, totalOf, type Intervals } from './intervals.ts'

/** `Matched rules at index N` of the first rule that is met; undefined while none is. */
export function matchSuccessPolicy(
  policy: JobSpec['successPolicy'],
  completions: number,
  succeeded: Intervals,
): string | undefined {
  // A rule that asks for nothing still needs one success.
  if (policy === undefined || succeeded.length === 0) return undefined
  const index = policy.rules.findIndex(({ succeededIndexes, succeededCount }) => {
    if (succeededIndexes === undefined) {
      return succeededCount !== undefined && totalOf(succeeded) >= succeededCount
    }
    const required = parseIntervals(succeededIndexes, completions)
    if (required.length === 0) return false
    const done = overlapOf(required, succeeded)
    return done === totalOf(required) || (succeededCount !== undefined && done >= succeededCount)
  })
  return index < 0 ? undefined : `Matched rules at index ${index}`
}
