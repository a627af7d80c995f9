// -o custom-columns and --sort-by.
import { describe, expect, it } from 'vitest'
import {
  parseCustomColumns,
  parseCustomColumnsFile,
  printCustomColumns,
} from '../../../src/kubectl/print/custom-columns.ts'
import { sortObjects } from '../../../src/kubectl/print/sort-by.ts'

const A = { metadata: { name: 'a', labels: { x: 'y' } }, list: [1, 2], memory: '1Gi', done: 2 }
const B = { metadata: { name: 'b' }, memory: '200Mi' }

describe('custom columns', () => {
  it('prints headers, values and <none>', () => {
    const columns = parseCustomColumns('NAME:.metadata.name,DONE:.done')
    expect(printCustomColumns([A, B], columns, false)).toBe(
      'NAME   DONE\na      2\nb      <none>\n',
    )
  })

  it('joins several values and prints maps as Go does', () => {
    const columns = parseCustomColumns('L:.list[*],M:{metadata.labels},N:list')
    expect(printCustomColumns([A], columns, true)).toBe('1,2   map[x:y]   [1 2]\n')
  })

  it('prints the header even without objects', () => {
    expect(printCustomColumns([], parseCustomColumns('NAME:.metadata.name'), false)).toBe('NAME\n')
  })

  it('reads a file of headers and paths', () => {
    const columns = parseCustomColumnsFile('NAME   N\nmetadata.name {.done}\n')
    expect(printCustomColumns([A], columns, false)).toBe('NAME   N\na      2\n')
  })

  const refused: Record<string, [spec: string, message: string]> = {
    nothing: ['', 'custom-columns format specified but no custom columns given'],
    'a header alone': [
      'NAME',
      'unexpected custom-columns spec: NAME, expected <header>:<json-path-expr>',
    ],
    'a path in broken braces': ['A:{x', "unexpected path string, expected a 'name1.name2'"],
  }
  it.each(Object.entries(refused))('refuses %s', (_name, [spec, message]) => {
    expect(() => parseCustomColumns(spec)).toThrow(message)
  })
})

describe('sortObjects', () => {
  it('orders quantities by amount', () => {
    expect(sortObjects([A, B], '.memory')).toEqual([B, A])
  })

  it('orders text as text and missing fields first', () => {
    expect(sortObjects([B, A], 'metadata.name')).toEqual([A, B])
    expect(sortObjects([A, B], '{.done}')).toEqual([B, A])
  })

  it('refuses a path that no object has', () => {
    expect(() => sortObjects([A, B], '.nope')).toThrow(
      'couldn\'t find any field with path "{.nope}" in the list of objects',
    )
  })
})
