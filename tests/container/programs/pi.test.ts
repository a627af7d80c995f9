import { describe, expect, it } from 'vitest'
import { piText } from '../../../src/container/programs/pi.ts'

describe('the digits of π', () => {
  it('are rounded to the number asked for', () => {
    expect(piText(1)).toBe('3')
    expect(piText(5)).toBe('3.1416')
    expect(piText(50)).toBe('3.1415926535897932384626433832795028841971693993751')
  })

  it('are 2000 when 2000 are asked for, and end as they should', () => {
    const text = piText(2000)
    expect(text).toHaveLength(2001)
    expect(text.endsWith('33904780275901')).toBe(true)
  })
})
