import { describe, expect, test } from 'vitest'
import type { Node, Taint } from '../../../src/sim/api-types/core.ts'
import type { LabelSelector } from '../../../src/sim/api-types/meta.ts'
import type { NodeSelectorTerm, PodSpec, Toleration } from '../../../src/sim/api-types/pod.ts'
import { scaledValue } from '../../../src/sim/lib/int-or-string.ts'
import { isEmptySelector, selectorMatches } from '../../../src/sim/lib/label-selector.ts'
import { matchesNode, matchesTerm, pinnedNode } from '../../../src/sim/lib/node-affinity.ts'
import { isTolerated, toleratesTaint, untoleratedTaint } from '../../../src/sim/lib/taints.ts'

describe('label selectors', () => {
  const labels = { app: 'web', tier: 'front' }
  const needs = (
    key: string,
    operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist',
    values?: readonly string[],
  ): LabelSelector => ({ matchExpressions: [{ key, operator, ...(values ? { values } : {}) }] })

  test.each<[LabelSelector | undefined, boolean]>([
    [undefined, false],
    [{}, true],
    [{ matchLabels: { app: 'web' } }, true],
    [{ matchLabels: { app: 'web', tier: 'back' } }, false],
    [needs('app', 'In', ['db', 'web']), true],
    [needs('app', 'In', ['db']), false],
    [needs('app', 'NotIn', ['db']), true],
    [needs('none', 'NotIn', ['db']), true],
    [needs('app', 'NotIn', ['web']), false],
    [needs('tier', 'Exists'), true],
    [needs('none', 'Exists'), false],
    [needs('none', 'DoesNotExist'), true],
    [needs('app', 'DoesNotExist'), false],
    [{ matchLabels: { app: 'web' }, ...needs('none', 'Exists') }, false],
  ])('%j matches: %s', (selector, expected) => {
    expect(selectorMatches(selector, labels)).toBe(expected)
  })

  test('a selector without requirements is empty', () => {
    expect(isEmptySelector({ matchLabels: {}, matchExpressions: [] })).toBe(true)
    expect(isEmptySelector(needs('app', 'Exists'))).toBe(false)
  })
})

describe('taints', () => {
  const taint: Taint = { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }

  test.each<[Toleration, boolean]>([
    [{ key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }, true],
    [{ key: 'dedicated', operator: 'Equal', value: 'gpu' }, true],
    [{ key: 'dedicated', effect: 'NoSchedule' }, false],
    [{ key: 'dedicated', operator: 'Exists' }, true],
    [{ key: 'dedicated', operator: 'Exists', effect: 'NoExecute' }, false],
    [{ key: 'other', operator: 'Exists' }, false],
    [{ operator: 'Exists' }, true],
    [{ operator: 'Exists', effect: 'NoExecute' }, false],
  ])('%j tolerates it: %s', (toleration, expected) => {
    expect(toleratesTaint(toleration, taint)).toBe(expected)
  })

  test('a toleration without a value fits a taint without one', () => {
    const bare: Taint = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }
    const tolerations = [{ key: bare.key, effect: 'NoSchedule' as const }]
    expect(isTolerated(bare, tolerations)).toBe(true)
  })

  test('the first hard taint that is not tolerated repels', () => {
    const soft: Taint = { key: 'soft', effect: 'PreferNoSchedule' }
    const hard: Taint = { key: 'hard', effect: 'NoExecute' }
    expect(untoleratedTaint([soft, taint, hard], [])).toBe(taint)
    expect(untoleratedTaint([soft, taint, hard], [{ key: 'dedicated', operator: 'Exists' }])).toBe(
      hard,
    )
    expect(untoleratedTaint([soft], [])).toBeUndefined()
  })
})

describe('node affinity', () => {
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n1', labels: { disk: 'ssd', cores: '8' } },
  } as unknown as Node
  const spec = (terms: readonly NodeSelectorTerm[], nodeSelector = {}): PodSpec => ({
    containers: [],
    nodeSelector,
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms },
      },
    },
  })
  const byName = (...names: string[]): NodeSelectorTerm => ({
    matchFields: [{ key: 'metadata.name', operator: 'In', values: names }],
  })

  test.each<[NodeSelectorTerm, boolean]>([
    [{}, false],
    [byName('n1'), true],
    [byName('n2'), false],
    [{ matchExpressions: [{ key: 'cores', operator: 'Gt', values: ['4'] }] }, true],
    [{ matchExpressions: [{ key: 'cores', operator: 'Lt', values: ['8'] }] }, false],
    [{ matchExpressions: [{ key: 'disk', operator: 'Gt', values: ['4'] }] }, false],
    [{ matchExpressions: [{ key: 'disk', operator: 'NotIn', values: ['hdd'] }] }, true],
    [{ ...byName('n1'), matchExpressions: [{ key: 'gpu', operator: 'Exists' }] }, false],
  ])('term %j: %s', (term, expected) => {
    expect(matchesTerm(term, node)).toBe(expected)
  })

  test('one term is enough, but the node selector must match as well', () => {
    expect(matchesNode(spec([byName('n2'), byName('n1')]), node)).toBe(true)
    expect(matchesNode(spec([byName('n1')], { disk: 'hdd' }), node)).toBe(false)
    expect(matchesNode({ containers: [], nodeSelector: { disk: 'ssd' } }, node)).toBe(true)
    expect(matchesNode(spec([]), node)).toBe(false)
  })

  test('a Pod is pinned when every term names the same one node', () => {
    expect(pinnedNode(spec([byName('n1'), byName('n1')]))).toBe('n1')
    expect(pinnedNode(spec([byName('n1'), byName('n2')]))).toBeUndefined()
    expect(pinnedNode(spec([byName('n1', 'n2')]))).toBeUndefined()
    expect(pinnedNode({ containers: [] })).toBeUndefined()
  })
})

test('a count or a percentage is scaled up or down', () => {
  expect(scaledValue(3, 10, true)).toBe(3)
  expect(scaledValue('25%', 10, true)).toBe(3)
  expect(scaledValue('25%', 10, false)).toBe(2)
  expect(scaledValue('0%', 10, true)).toBe(0)
  expect(scaledValue('150%', 10, true)).toBe(15)
  expect(scaledValue('3', 10, true)).toBeNaN()
})
