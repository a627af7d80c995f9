import { describe, expect, test } from 'vitest'
import type {
  PodFailurePolicyRule,
  SuccessPolicyRule,
} from '../../../../src/sim/api-types/batch.ts'
import { matchFailurePolicy } from '../../../../src/sim/actors/job/failure-policy.ts'
import { parseIntervals } from '../../../../src/sim/actors/job/intervals.ts'
import { matchSuccessPolicy } from '../../../../src/sim/actors/job/success-policy.ts'
import { pod } from './objects.ts'

const disruption = { type: 'DisruptionTarget', status: 'True' as const }

function onCodes(
  action: PodFailurePolicyRule['action'],
  operator: 'In' | 'NotIn',
  values: readonly number[],
  containerName?: string,
): PodFailurePolicyRule {
  const container = containerName === undefined ? {} : { containerName }
  return { action, onExitCodes: { operator, values, ...container } }
}

describe('[JOB-14] podFailurePolicy', () => {
  const failed = pod('p', 'Failed', { exitCode: 5 })

  test.each<
    [name: string, rules: PodFailurePolicyRule[], action: string | undefined, counts: boolean]
  >([
    ['no rule matches: it counts', [onCodes('Ignore', 'In', [1, 2])], undefined, true],
    ['In matches a listed code', [onCodes('Ignore', 'In', [2, 5])], 'Ignore', false],
    ['NotIn matches other codes', [onCodes('Count', 'NotIn', [1])], 'Count', true],
    ['NotIn spares listed codes', [onCodes('FailJob', 'NotIn', [5])], undefined, true],
    ['another container does not matter', [onCodes('FailJob', 'In', [5], 'x')], undefined, true],
    ['a named container does', [onCodes('FailIndex', 'In', [5], 'main')], 'FailIndex', true],
    [
      'the first match decides',
      [onCodes('Count', 'In', [5]), onCodes('FailJob', 'In', [5])],
      'Count',
      true,
    ],
  ])('%s', (_name, rules, action, counts) => {
    expect(matchFailurePolicy({ rules }, failed)).toMatchObject({ action, counts })
  })

  test('exit code 0 never matches, not even NotIn', () => {
    const ended = pod('p', 'Failed', { exitCode: 0 })
    const rules = [onCodes('FailJob', 'NotIn', [1])]
    expect(matchFailurePolicy({ rules }, ended).action).toBeUndefined()
  })

  test('FailJob tells the container, the code and the rule', () => {
    const rules = [onCodes('Ignore', 'In', [3]), onCodes('FailJob', 'In', [5])]
    expect(matchFailurePolicy({ rules }, failed).message).toBe(
      'Container main for pod default/p failed with exit code 5 matching FailJob rule at index 1',
    )
  })

  test('FailJob by a condition tells the condition', () => {
    const evicted = pod('p', 'Failed', { conditions: [disruption] })
    const rules: PodFailurePolicyRule[] = [{ action: 'FailJob', onPodConditions: [disruption] }]
    expect(matchFailurePolicy({ rules }, evicted).message).toBe(
      'Pod default/p has condition DisruptionTarget matching FailJob rule at index 0',
    )
  })

  test('a condition must have the status too', () => {
    const pattern = { type: 'DisruptionTarget', status: 'False' }
    const rules: PodFailurePolicyRule[] = [{ action: 'Ignore', onPodConditions: [pattern] }]
    const evicted = pod('p', 'Failed', { conditions: [disruption] })
    expect(matchFailurePolicy({ rules }, evicted).counts).toBe(true)
  })
})

describe('[JOB-15] successPolicy', () => {
  test.each<[name: string, rules: SuccessPolicyRule[], done: string, index: number | undefined]>([
    ['all listed indexes', [{ succeededIndexes: '0-2' }], '0-3', 0],
    ['not yet all of them', [{ succeededIndexes: '0-2' }], '0,2,5', undefined],
    ['enough of the listed', [{ succeededIndexes: '0-4', succeededCount: 2 }], '3,4', 0],
    [
      'not enough of the listed',
      [{ succeededIndexes: '0-4', succeededCount: 2 }],
      '4,5,6',
      undefined,
    ],
    ['enough in all', [{ succeededCount: 3 }], '1,4,6', 0],
    ['a later rule', [{ succeededCount: 9 }, { succeededIndexes: '6' }], '6', 1],
    ['a count of 0 needs a success', [{ succeededCount: 0 }], '', undefined],
    ['a count of 0 after one', [{ succeededCount: 0 }], '7', 0],
    ['indexes out of range', [{ succeededIndexes: '20' }], '1', undefined],
  ])('%s', (_name, rules, done, index) => {
    const message = index === undefined ? undefined : `Matched rules at index ${index}`
    expect(matchSuccessPolicy({ rules }, 10, parseIntervals(done, 10))).toBe(message)
  })

  test('without a policy nothing is met', () => {
    expect(matchSuccessPolicy(undefined, 10, parseIntervals('0-9', 10))).toBeUndefined()
  })
})
