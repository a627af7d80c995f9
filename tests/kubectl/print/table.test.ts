// Tables of kubectl get, their decorations, and the widths a watch remembers.
import { describe, expect, it } from 'vitest'
import { parseTime } from '../../../src/base/time.ts'
import {
  createTableMemory,
  printObjects,
  printTable,
  tableOf,
} from '../../../src/kubectl/print/table.ts'
import { alignTabs, DESCRIBE_STYLE } from '../../../src/kubectl/print/tabwriter.ts'
import type { KubeObject } from '../../../src/sim/api-types/meta.ts'
import type { Column } from '../../../src/sim/kinds/kind.ts'

const NOW = parseTime('2026-11-23T09:00:00Z')

function object(name: string, labels: Record<string, string> = {}): KubeObject {
  const creationTimestamp = '2026-11-23T08:59:00Z'
  const metadata = { name, namespace: 'lab', uid: name, resourceVersion: '1', creationTimestamp }
  return { apiVersion: 'v1', kind: 'Thing', metadata: { ...metadata, labels } }
}

const COLUMNS: readonly Column[] = [
  { name: 'Name', cell: ({ metadata }) => metadata.name },
  { name: 'Note', cell: ({ metadata }) => metadata.labels?.note ?? '' },
  { name: 'Uid', wide: true, cell: ({ metadata }) => metadata.uid },
]

describe('printObjects', () => {
  it('[PRINT-1] pads by three, keeps six at least, and never pads the last column', () => {
    expect(printObjects([object('a', { note: 'x' })], COLUMNS, NOW)).toBe('NAME   NOTE\na      x\n')
  })

  it('prints nothing without rows', () => {
    expect(printObjects([], COLUMNS, NOW)).toBe('')
  })

  it('shows wide columns when asked', () => {
    const text = printObjects([object('alpha')], COLUMNS, NOW, { wide: true })
    expect(text).toBe('NAME    NOTE   UID\nalpha          alpha\n')
  })

  it('leaves headers out and then sizes columns by rows alone', () => {
    const text = printObjects([object('abcdef', { note: 'x' })], COLUMNS, NOW, { noHeaders: true })
    expect(text).toBe('abcdef   x\n')
  })

  it('prepends namespaces and appends labels', () => {
    const options = { withNamespace: true, labelColumns: ['x/app'], showLabels: true }
    const text = printObjects([object('a', { 'x/app': 'web' })], COLUMNS, NOW, options)
    expect(text).toBe(
      'NAMESPACE   NAME   NOTE   APP   LABELS\nlab         a             web   x/app=web\n',
    )
  })

  it('prefixes names with the kind', () => {
    const text = printObjects([object('a')], COLUMNS, NOW, { kindPrefix: 'job.batch' })
    expect(text.split('\n')[1]).toBe('job.batch/a   ')
  })

  it('[PRINT-2] cuts a cell at its first line', () => {
    const text = printObjects([object('a', { note: 'one\ntwo' })], COLUMNS, NOW)
    expect(text).toContain('one...\n')
  })

  it('prints a line for each of a thousand objects', () => {
    const many = Array.from({ length: 1000 }, (_, index) => object(`thing-${index}`))
    expect(printObjects(many, COLUMNS, NOW).split('\n')).toHaveLength(1002)
  })
})

describe('printTable with memory', () => {
  it('prints the header once and keeps columns as wide as they were', () => {
    const memory = createTableMemory()
    const print = (name: string): string =>
      printTable(tableOf([object(name, { note: 'x' })], COLUMNS, NOW, {}), memory)
    expect(print('a-long-name')).toBe('NAME          NOTE\na-long-name   x\n')
    expect(print('b')).toBe('b             x\n')
    expect(print('a-still-longer-name')).toBe('a-still-longer-name   x\n')
    expect(print('b')).toBe('b                     x\n')
  })
})

describe('alignTabs', () => {
  it('[PRINT-3] aligns runs of lines and starts anew after a line without a tab', () => {
    const text = 'a:\tb\nlonger:\tc\nplain\nx:\ty'
    expect(alignTabs(text, DESCRIBE_STYLE)).toBe('a:       b\nlonger:  c\nplain\nx:  y')
  })

  it('gives an empty column the padding alone', () => {
    expect(alignTabs('a\t\tb', DESCRIBE_STYLE)).toBe('a    b')
  })

  it('counts characters, not code units', () => {
    expect(alignTabs('🚀\tb\nab\tc', DESCRIBE_STYLE)).toBe('🚀   b\nab  c')
  })
})
