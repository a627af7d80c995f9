import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addQuantities,
  canonicalQuantity,
  compareQuantities,
  formatQuantity,
  milliValue,
  parseQuantity,
  roundedUpToMilli,
  unitValue,
} from '../../../src/sim/lib/quantity.ts'

describe('the server prints one spelling', () => {
  test.each([
    ['0', '0'],
    ['0Ki', '0'],
    ['-', '0'],
    ['m', '0'],
    ['100m', '100m'],
    ['0.1', '100m'],
    ['0.5', '500m'],
    ['1.5', '1500m'],
    ['1500m', '1500m'],
    ['2000m', '2'],
    ['1000', '1k'],
    ['12345', '12345'],
    ['+1', '+1'],
    ['01', '01'],
    ['.5', '500m'],
    ['1.', '1.'],
    ['1e3', '1e3'],
    ['1E3', '1E3'],
    ['12e4', '120e3'],
    ['1E', '1E'],
    ['200Mi', '200Mi'],
    ['1024Mi', '1Gi'],
    ['1024Ki', '1Mi'],
    ['1000Ki', '1000Ki'],
    ['0.5Gi', '512Mi'],
    ['1.5Gi', '1536Mi'],
    ['512Mi', '512Mi'],
    ['1023', '1023'],
    ['-1.5Gi', '-1536Mi'],
    ['0.1Ki', '102400m'],
    ['0.0001Ki', '102400u'],
    ['1n', '1n'],
    ['0.1n', '1n'],
    ['4Ei', '4Ei'],
    ['100Ei', '9223372036854775807'],
  ])('%s as %s', (text, printed) => {
    expect(canonicalQuantity(text)).toBe(printed)
  })

  test('what is printed means the same and prints the same', () => {
    const suffix = fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'Ki', 'Mi', 'Gi', 'e3', 'E-2')
    const number = fc.tuple(fc.integer({ min: -99999, max: 99999 }), fc.nat(999))
    fc.assert(
      fc.property(number, suffix, ([whole, part], unit) => {
        const quantity = parseQuantity(`${whole}.${part}${unit}`)
        const printed = formatQuantity(quantity)
        expect(parseQuantity(printed).nano).toBe(quantity.nano)
        expect(canonicalQuantity(printed)).toBe(printed)
      }),
      { seed: 7, numRuns: 500 },
    )
  })
})

describe('what is no quantity', () => {
  const FORMAT =
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
  test.each(['', '1.1.M', '1 Gi', '1GB', 'abc', '1e5.5', '1KI', '1Gi '])('%j: the form', (text) => {
    expect(() => parseQuantity(text)).toThrow(FORMAT)
    expect(milliValue(text)).toBeUndefined()
  })

  test.each(['1K', '1mi', '1e', '1i', '1+1', '--1'])('%j: the suffix', (text) => {
    expect(() => parseQuantity(text)).toThrow("unable to parse quantity's suffix")
  })
})

test('values round up', () => {
  expect(milliValue('1u')).toBe(1)
  expect(milliValue('100m')).toBe(100)
  expect(milliValue('2')).toBe(2000)
  expect(milliValue('200Mi')).toBe(200 * 2 ** 20 * 1000)
  expect(milliValue('-1u')).toBe(0)
  expect(unitValue('1100m')).toBe(2)
  expect(unitValue('x')).toBeUndefined()
  expect(roundedUpToMilli('1234u')).toBe('2m')
  expect(roundedUpToMilli('0.5')).toBe('500m')
})

test('quantities compare by amount and add up in the format of the first', () => {
  expect(compareQuantities(parseQuantity('1Gi'), parseQuantity('1024Mi'))).toBe(0)
  expect(compareQuantities(parseQuantity('999m'), parseQuantity('1'))).toBe(-1)
  expect(compareQuantities(parseQuantity('2k'), parseQuantity('1Ki'))).toBe(1)
  const sum = addQuantities(parseQuantity('200Mi'), parseQuantity('1k'))
  expect(formatQuantity(sum)).toBe('209716200')
  expect(formatQuantity(addQuantities(parseQuantity('0'), parseQuantity('200Mi')))).toBe('200Mi')
})
