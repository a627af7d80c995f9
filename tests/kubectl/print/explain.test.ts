// kubectl explain: layout, types, and what it says of fields that do not exist.
import { describe, expect, it } from 'vitest'
import {
  explainBody,
  explainHeader,
  type ExplainDocs,
  type ExplainRequest,
} from '../../../src/kubectl/print/explain.ts'
import { wordWrap } from '../../../src/kubectl/print/word-wrap.ts'

const DOCS: ExplainDocs = {
  Job: { description: 'A job.', fields: { spec: { type: 'JobSpec', description: 'What.' } } },
  JobSpec: {
    description: 'The spec.',
    fields: {
      mode: { type: '*Mode', description: 'How.', enum: ['A', 'B', 'C', 'D', 'E'] },
      parts: { type: '![]Part', description: 'Parts.', required: true },
      limits: { type: 'ResourceList', description: '' },
    },
  },
  Part: { description: 'A part.', fields: { size: { type: '!int32', description: 'Big?' } } },
}

function explain(fieldPath: string[], recursive = false): string {
  const request: ExplainRequest = {
    group: 'batch',
    version: 'v1',
    kind: 'Job',
    fieldPath,
    recursive,
  }
  return explainHeader(request) + explainBody(request, DOCS)
}

describe('explain', () => {
  it('names the field, joins its description with its type’s, and lists fields', () => {
    expect(explain(['spec'])).toBe(`GROUP:      batch
KIND:       Job
VERSION:    v1

FIELD: spec <JobSpec>


DESCRIPTION:
    What.
    The spec.
${'    '}
FIELDS:
  limits\t<map[string]Quantity>
    <no description>

  mode\t<string>
  enum: A, B, C, D, ....
    How.

  parts\t<[]Part> -required-
    Parts.


`)
  })

  it('[PRINT-10] walks through lists and shows scalars by their JSON type', () => {
    expect(explain(['spec', 'parts', 'size'])).toContain('FIELD: size <integer>\n\n\nDESCRIPTION:')
  })

  it('lists the values of an enumeration', () => {
    expect(explain(['spec', 'mode'])).toContain('FIELD: mode <string>\nENUM:\n    A\n    B\n')
  })

  it('prints only names when recursive', () => {
    expect(explain([], true)).toContain('  spec\t<JobSpec>\n    limits\t<map[string]Quantity>\n')
  })

  it('leaves the group out for the core group', () => {
    const pod = { group: '', version: 'v1', kind: 'Pod', fieldPath: [], recursive: false }
    expect(explainHeader(pod)).toBe('KIND:       Pod\nVERSION:    v1\n\n')
  })

  it('refuses a field that does not exist', () => {
    expect(() => explain(['nope'])).toThrow('field "nope" does not exist')
    expect(() => explain(['spec', 'mode', 'x'])).toThrow('field "x" does not exist')
  })
})

describe('wordWrap', () => {
  it('breaks at spaces and keeps line ends', () => {
    expect(wordWrap('one two three\n four', 8)).toBe('one two\nthree\n four')
  })

  it('gives a word longer than the limit its own line', () => {
    expect(wordWrap('see https://example.org/long ok', 10)).toBe(
      'see\nhttps://example.org/long\nok',
    )
  })
})
