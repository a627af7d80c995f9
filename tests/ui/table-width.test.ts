// How wide a terminal must be for what it shows.
import { describe, expect, it } from 'vitest'
import { tableWidth } from '../../src/ui/terminal/table-width.ts'

describe('the width of output', () => {
  it('is that of its widest table row, without colours', () => {
    expect(tableWidth('NAME   READY\n\u001b[32mpi-x7k   1/1\u001b[0m   \n')).toBe(12)
  })
  it('is none for prose and long values, which may wrap', () => {
    expect(tableWidth(`error: the path does not exist\n${'3'.repeat(2_000)}`)).toBe(0)
  })
  it('is none for a row beyond all reason', () => {
    expect(tableWidth(`a   ${'b'.repeat(500)}`)).toBe(0)
  })
})
