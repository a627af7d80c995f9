import { describe, expect, it } from 'vitest'
import { fieldAt } from '../../../src/sim/schema/field-at.ts'

const TEXT = `apiVersion: batch/v1
kind: Job
metadata:
  name: pi
  labels:
    app: pi
spec:
  template:
    spec:
      containers:
      - name: one
        image: perl
        resources:
          limits:
            cpu: 100m
      - name: two
        
      restartPolicy: Never
  backoff
---
kind: Nonsense
spec:
  x: 1`

function at(line: number, column = 99) {
  const found = fieldAt(TEXT, line, column)
  if (found === undefined) return undefined
  const { parent } = found
  return `${found.path.join('.')}|${found.key ?? ''}|${parent.goName}|${found.siblings.join(',')}`
}

describe('the field at a place of a manifest', () => {
  it('is found at the root', () =>
    expect(at(2)).toBe('|kind|Job|apiVersion,metadata,spec,backoff'.replace(',backoff', '')))
  it('is found in metadata', () => expect(at(4)).toBe('metadata|name|v1.ObjectMeta|labels'))
  it('is found in a map', () => expect(at(6)).toBe('metadata.labels|app|map[string]string|'))
  it('is found in the first line of a list item', () =>
    expect(at(11)).toBe('spec.template.spec.containers|name|v1.Container|image,resources'))
  it('is found in a later line of a list item', () =>
    expect(at(12)).toBe('spec.template.spec.containers|image|v1.Container|name,resources'))
  it('is found deep inside an item', () =>
    expect(at(15)).toBe('spec.template.spec.containers.resources.limits|cpu|v1.ResourceList|'))
  it('is found on an empty line by the column of the cursor', () =>
    expect(at(17, 9)).toBe('spec.template.spec.containers||v1.Container|name'))
  it('is found after a list in the same column', () =>
    expect(at(18)).toBe('spec.template.spec|restartPolicy|v1.PodSpec|containers'))
  it('is found for a word that is being typed', () =>
    expect(at(19)).toBe('spec|backoff|v1.JobSpec|template'))
  it('tells a value from a name', () => {
    expect(fieldAt(TEXT, 12, 12)?.inValue).toBe(false)
    expect(fieldAt(TEXT, 12, 17)?.inValue).toBe(true)
  })
  it('is unknown in a kind the API does not have', () => expect(at(23)).toBeUndefined())
})
