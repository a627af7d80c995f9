import { describe, expect, it } from 'vitest'
import { KINDS, kindByResource, kindByVersion, kindOf } from '../../../src/sim/kinds/index.ts'
import { hasStruct } from '../../../src/sim/schema/structs.ts'

describe('the registry of kinds', () => {
  it('[API-1] finds a kind by any of its words', () => {
    const words = ['po', 'pods', 'Pod', 'jobs.batch', 'jobs.v1.batch', 'cj', 'ds', 'no', 'events']
    expect(words.map((word) => kindByResource(word)?.kind)).toEqual(
      'Pod Pod Pod Job Job CronJob DaemonSet Node Event'.split(' '),
    )
  })

  it('[API-1] finds none where the group is another', () => {
    expect([kindByResource('jobs.apps'), kindByVersion('batch/v1beta1', 'Job')]).toEqual([
      undefined,
      undefined,
    ])
    expect(kindByVersion('batch/v1', 'Job')).toBe(kindOf('Job'))
  })

  it('[API-1] has a schema for every kind', () => {
    expect(KINDS.filter(({ kind }) => !hasStruct(kind))).toEqual([])
  })

  it('[API-1] gives every kind columns for kubectl get', () => {
    expect(KINDS.filter(({ columns }) => columns.length === 0)).toEqual([])
  })
})
