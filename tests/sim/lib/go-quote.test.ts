import { expect, test } from 'vitest'
import { goJson, goJsonSorted, goMap, goQuote, goSlice } from '../../../src/sim/lib/go-quote.ts'

test.each([
  ['plain', '"plain"'],
  ['say "hi" \\', '"say \\"hi\\" \\\\"'],
  ['a\tb\nc\r\x07\x00\x7f', '"a\\tb\\nc\\r\\a\\x00\\x7f"'],
  ['naïve ☃ 漢', '"naïve ☃ 漢"'],
  ['\u00a0\u200b', '"\\u00a0\\u200b"'],
  ['\u{e0001}', '"\\U000e0001"'],
])('goQuote writes a Go literal: %j', (text, quoted) => {
  expect(goQuote(text)).toBe(quoted)
})

test('maps and slices print as with the verb %v', () => {
  expect(goMap({ b: '2', a: 1 })).toBe('map[a:1 b:2]')
  expect(goMap({})).toBe('map[]')
  expect(goSlice(['x', 'y z', 3])).toBe('[x y z 3]')
})

test('JSON is compact, escapes for HTML, and sorts keys only when asked', () => {
  const value = { b: '<a href="x">&\u2028', a: [true, null, { z: 1, y: 2 }] }
  const text = '"\\u003ca href=\\"x\\"\\u003e\\u0026\\u2028"'
  expect(goJson(value)).toBe(`{"b":${text},"a":[true,null,{"z":1,"y":2}]}`)
  expect(goJsonSorted(value)).toBe(`{"a":[true,null,{"y":2,"z":1}],"b":${text}}`)
  expect(goJson(undefined)).toBe('null')
})
