import { describe, expect, it } from 'vitest'
import { DOCS } from '../../../src/sim/schema/docs.generated.ts'
import { decodeStruct } from '../../../src/sim/schema/decode.ts'
import { structOf } from '../../../src/sim/schema/structs.ts'

const jobWith = (spec: unknown): unknown => ({ apiVersion: 'batch/v1', kind: 'Job', spec })
const podWith = (container: unknown): unknown => ({ spec: { containers: [container] } })

describe('[API-4] decoding names the first value of a wrong type', () => {
  const rows: Readonly<Record<string, readonly [unknown, string, string]>> = {
    'text for a number': [
      jobWith({ completions: '3' }),
      'Job',
      'json: cannot unmarshal string into Go struct field JobSpec.spec.completions of type int32',
    ],
    'too large a number': [
      jobWith({ completions: 3e9 }),
      'Job',
      'json: cannot unmarshal number 3000000000 into Go struct field JobSpec.spec.completions of type int32',
    ],
    'a fraction': [
      jobWith({ activeDeadlineSeconds: 1.5 }),
      'Job',
      'json: cannot unmarshal number 1.5 into Go struct field JobSpec.spec.activeDeadlineSeconds of type int64',
    ],
    'a list for an object': [
      jobWith([]),
      'Job',
      'json: cannot unmarshal array into Go struct field Job.spec of type v1.JobSpec',
    ],
    'a number for a named text': [
      jobWith({ completionMode: 1 }),
      'Job',
      'json: cannot unmarshal number into Go struct field JobSpec.spec.completionMode of type v1.CompletionMode',
    ],
    'in the order of names, not of the text': [
      { spec: { suspend: 'x', completions: 'y' } },
      'Job',
      'json: cannot unmarshal string into Go struct field JobSpec.spec.completions of type int32',
    ],
    'a number in a list of texts': [
      podWith({ command: ['sleep', 10] }),
      'Pod',
      'json: cannot unmarshal number into Go struct field Container.spec.containers.command of type string',
    ],
    'an object for a list': [
      { spec: { containers: {} } },
      'Pod',
      'json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container',
    ],
    'a number for a quantity list': [
      podWith({ resources: { limits: 5 } }),
      'Pod',
      'json: cannot unmarshal number into Go struct field ResourceRequirements.spec.containers.resources.limits of type v1.ResourceList',
    ],
    'no quantity': [
      podWith({ resources: { limits: { cpu: '1KM' } } }),
      'Pod',
      "unable to parse quantity's suffix",
    ],
    'neither number nor text': [
      podWith({ livenessProbe: { httpGet: { port: true } } }),
      'Pod',
      'json: cannot unmarshal bool into Go value of type int32',
    ],
    'no time': [
      { metadata: { creationTimestamp: 'yesterday' } },
      'Pod',
      'parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"',
    ],
    'a day that is none': [
      { metadata: { creationTimestamp: '2026-02-30T00:00:00Z' } },
      'Pod',
      'parsing time "2026-02-30T00:00:00Z": day out of range',
    ],
    'no object at all': [[], 'Pod', 'json: cannot unmarshal array into Go value of type v1.Pod'],
  }
  for (const [what, [value, struct, words]] of Object.entries(rows))
    it(what, () => {
      expect(decodeStruct(value, struct).typeError).toBe(words)
    })
})

describe('[API-4] decoding collects unknown fields', () => {
  it('with their paths, in the order of their names', () => {
    const value = { spec: { restartpolicy: 'x', containers: [{ comand: [] }] }, Kind: 'x' }
    expect(decodeStruct(value, 'Pod').unknownFields).toEqual([
      'Kind',
      'spec.containers[0].comand',
      'spec.restartpolicy',
    ])
  })

  it('but not those inside unknown ones, and no more than a hundred', () => {
    const many = Object.fromEntries(
      Array.from({ length: 150 }, (_, index) => [`x${index}`, { a: 1 }]),
    )
    expect(decodeStruct(many, 'Pod').unknownFields).toHaveLength(100)
  })
})

describe('[API-4] what is decoded is written as Go would write it', () => {
  const decoded = (value: unknown, struct: string): unknown => decodeStruct(value, struct).value

  it('zero values go, unless they are pointers', () => {
    const value = { schedulerName: '', hostNetwork: false, terminationGracePeriodSeconds: 0 }
    expect(decoded(value, 'PodSpec')).toEqual({
      containers: null,
      terminationGracePeriodSeconds: 0,
    })
  })

  it('nulls and empty lists and maps go', () => {
    const value = { labels: {}, finalizers: [], annotations: null, ownerReferences: null }
    expect(decoded(value, 'ObjectMeta')).toEqual({})
  })

  it('required fields come, and structs that are not pointers', () => {
    expect(decoded({}, 'Container')).toEqual({ name: '', resources: {} })
    expect(decoded({ projected: {} }, 'Volume')).toEqual({ name: '', projected: { sources: null } })
  })

  it('a null in a list or map is a zero value', () => {
    expect(decoded({ command: ['a', null] }, 'Container')).toMatchObject({ command: ['a', ''] })
    expect(decoded({ labels: { a: null } }, 'ObjectMeta')).toEqual({ labels: { a: '' } })
  })

  it('times are written in UTC and to the second', () => {
    const value = { creationTimestamp: '2026-03-02T10:00:00.5+01:00' }
    expect(decoded(value, 'ObjectMeta')).toEqual({ creationTimestamp: '2026-03-02T09:00:00Z' })
  })

  it('`__proto__` stays a label', () => {
    const labels = JSON.parse('{"__proto__": "x"}') as object
    const { labels: kept } = decoded({ labels }, 'ObjectMeta') as { labels: object }
    expect(Object.entries(kept)).toEqual([['__proto__', 'x']])
  })
})

describe('the generated schema', () => {
  it('documents every field it knows', () => {
    for (const struct of ['Pod', 'PodSpec', 'Container', 'JobSpec', 'CronJobSpec', 'DaemonSetSpec'])
      expect(Object.keys(DOCS[struct]!.fields)).toEqual([...structOf(struct).fields.keys()])
  })

  it('knows what a field must be one of', () => {
    expect(DOCS['CronJobSpec']!.fields['concurrencyPolicy']!.enum).toEqual([
      'Allow',
      'Forbid',
      'Replace',
    ])
  })

  it('tells integers apart as Go does', () => {
    const types = ['completions', 'activeDeadlineSeconds'].map(
      (name) => structOf('JobSpec').fields.get(name)!.type.goName,
    )
    expect(types).toEqual(['int32', 'int64'])
  })
})
