import { describe, expect, it } from 'vitest'
import { readManifest } from '../../../src/kubectl/yaml/manifest.ts'
import { nearestPlace } from '../../../src/kubectl/yaml/places.ts'

const values = (text: string): readonly unknown[] => readManifest(text).map(({ value }) => value)
const errorOf = (text: string): string | undefined =>
  readManifest(text).at(-1)?.error?.replace('error converting YAML to JSON: ', '')

describe('[API-2] scalars have the types Go gives them', () => {
  const rows: Readonly<Record<string, unknown>> = {
    yes: true,
    Off: false,
    n: false,
    '~': null,
    '': null,
    '0644': 420,
    '0o644': 420,
    '08': 8,
    '0x1F': 31,
    '-0x1F': -31,
    '0b101': 5,
    '1_000': 1000,
    '12:30': '12:30',
    '2001-01-01': '2001-01-01',
    '1e3': 1000,
    '.5': 0.5,
    '1.': 1,
    '+5': 5,
    '1.5.6': '1.5.6',
    '0x': '0x',
    '"yes"': 'yes',
    "'1'": '1',
    '!!str 5': '5',
    '!!float 1': 1,
    '!custom x': 'x',
    '!!binary aGk=': 'hi',
    '"\\u00e9\\x41\\t"': 'éA\t',
  }
  for (const [text, value] of Object.entries(rows))
    it(JSON.stringify(text), () => {
      expect(values(`a: ${text}`)).toEqual([{ a: value }])
    })
})

describe('[API-2] collections', () => {
  const rows: Readonly<Record<string, readonly [string, unknown]>> = {
    'keys are text': ['{1: a, on: b, 1.5: c}', { '1': 'a', true: 'b', '1.5': 'c' }],
    'the last of equal keys wins': ['a: 1\na: 2', { a: 2 }],
    'a list may stand in the column of its key': ['a:\n- b\n- c', { a: ['b', 'c'] }],
    'a closing bracket may stand there too': ['a: [\n  b\n]', { a: ['b'] }],
    'empty values are null': ['{a: , b}', { a: null, b: null }],
    'a pair in a flow list is a mapping': ['[a: 1]', [{ a: 1 }]],
    'anchors are copied': ['a: &x [1]\nb: *x', { a: [1], b: [1] }],
    'merged keys': [
      'a: &x {p: 1, q: 1}\nb: {<<: *x, q: 2}',
      { a: { p: 1, q: 1 }, b: { p: 1, q: 2 } },
    ],
    'the earlier of merged maps counts more': [
      'a: &x {p: 1}\nb: &y {p: 2, q: 2}\nc: {<<: [*x, *y]}',
      { a: { p: 1 }, b: { p: 2, q: 2 }, c: { p: 1, q: 2 } },
    ],
    'literal text keeps its lines': ['a: |\n  x\n   y\n\nb: 1', { a: 'x\n y\n', b: 1 }],
    'folded text joins them': ['a: >-\n  x\n  y\n\n  z\n', { a: 'x y\nz' }],
    'kept and stripped line ends': ['a: |+\n  x\n\nb: |-\n  y\n', { a: 'x\n\n', b: 'y' }],
    'plain text may go on': ['a: x\n  y\n\n  z', { a: 'x y\nz' }],
    'explicit keys': ['? a\n: b', { a: 'b' }],
    comments: ['# one\na: b # two\n#three', { a: 'b' }],
  }
  for (const [what, [text, value]] of Object.entries(rows))
    it(what, () => {
      expect(values(text)).toEqual([value])
    })

  it('`__proto__` is a key like any other', () => {
    const [value] = values('labels: {__proto__: x}') as [{ labels: object }]
    expect(Object.entries(value.labels)).toEqual([['__proto__', 'x']])
    expect(Object.getPrototypeOf(value.labels)).toBe(Object.prototype)
  })
})

describe('[API-3] documents', () => {
  it('are separated by lines of three dashes', () => {
    expect(values('---\na: 1\n--- # two\n\n---\nb: 2\n')).toEqual([{ a: 1 }, null, { b: 2 }])
  })

  it('count their lines anew', () => {
    expect(errorOf('a: 1\n---\nb:\n\t- c')).toBe(
      'yaml: line 2: found character that cannot start any token',
    )
  })

  it('end at one that cannot be read', () => {
    const documents = readManifest('a: 1\n---\nkind: [\n---\nb: 2')
    expect(documents.map(({ value, line }) => [value, line])).toEqual([
      [{ a: 1 }, 1],
      [undefined, 3],
    ])
  })

  it('cannot begin on the line of the separator', () => {
    expect(errorOf('a: 1\n--- b')).toBe('invalid Yaml document separator: b')
  })

  it('may be JSON, one after the other', () => {
    expect(values('{"a": "\\u00e9\\/"} {"b": [1.5, null]}')).toEqual([
      { a: 'é/' },
      { b: [1.5, null] },
    ])
  })

  it('that look like JSON may still be YAML', () => {
    expect(values('{a: b,}')).toEqual([{ a: 'b' }])
  })

  it('that are neither are refused in the words of JSON', () => {
    expect(errorOf('{"a": tru]')).toBe(
      "json: offset 10: invalid character ']' in literal true (expecting 'e')",
    )
    expect(errorOf('{"a": 1')).toBe('unexpected EOF')
  })
})

describe('[API-3] what cannot be read is refused in the words and lines of kubectl', () => {
  const rows: Readonly<Record<string, string>> = {
    'a: b: c': 'yaml: mapping values are not allowed in this context',
    'x: 1\na: b: c': 'yaml: line 2: mapping values are not allowed in this context',
    'a: 1\n b: 2': 'yaml: line 2: mapping values are not allowed in this context',
    'a:\n  - b\n c: d': 'yaml: line 2: did not find expected key',
    '- a\nb: c': "yaml: line 1: did not find expected '-' indicator",
    'a: [b\nc: d': "yaml: line 1: did not find expected ',' or ']'",
    'a: {b\nc: d}': "yaml: line 1: did not find expected ',' or '}'",
    'a:\n  b\nc': "yaml: line 4: could not find expected ':'",
    'a: "b': 'yaml: line 2: found unexpected end of stream',
    'a: "\\q"': 'yaml: found unknown escape character',
    'x:\ny: @a': 'yaml: line 2: found character that cannot start any token',
    'a: *b': "yaml: unknown anchor 'b' referenced",
    'a: &b [*b]': "yaml: anchor 'b' value contains itself",
    'a: !!int x': 'yaml: cannot decode !!str `x` as a !!int',
    'a: |0\n  b': 'yaml: found an indentation indicator equal to 0',
    'x:\na: - b': 'yaml: line 2: block sequence entries are not allowed in this context',
    'a: {{ .Values.x }}':
      'yaml: invalid map key: map[interface {}]interface {}{".Values.x":interface {}(nil)}',
    'null: 1': 'unsupported map key of type: %!s(<nil>), key: <nil>, value: 1',
    'a: .inf': 'json: unsupported value: +Inf',
    'a: \u0001': 'yaml: control characters are not allowed',
    '%YAML 1.2': 'yaml: found incompatible YAML document',
    'a: {<<: b}': 'yaml: map merge requires map or sequence of maps as the value',
  }
  for (const [text, words] of Object.entries(rows))
    it(JSON.stringify(text), () => {
      expect(errorOf(text)).toBe(words)
    })
})

describe('[API-13] hostile input', () => {
  it('a few aliases cannot become billions of values', () => {
    const names = [...'abcdefghi']
    const lines = names.map((name, index) => {
      const inside = index === 0 ? 'x' : `*${names[index - 1]}`
      return `${name}: &${name} [${Array(9).fill(inside).join(', ')}]`
    })
    expect(errorOf(lines.join('\n'))).toBe('yaml: document contains excessive aliasing')
  })

  it('deep nesting is refused', () => {
    expect(errorOf('['.repeat(5000))).toBe('yaml: exceeded max depth of 1000')
    expect(errorOf('{"a":'.repeat(5000))).toMatch(/exceeded max depth/)
  })

  it('huge files are refused', () => {
    expect(errorOf('a'.repeat(6_000_000))).toBe('the file is larger than 5 MiB')
  })
})

describe('places', () => {
  const text = '# head\n---\nkind: Job\nspec:\n  containers:\n  - name: a\n    args: [b]\n'

  it('tell where each key and value stands in the file', () => {
    const [, document] = readManifest(text, { places: true })
    const { keys, values: places } = document!.places
    expect(keys.get('spec.containers[0].name')).toEqual({
      line: 6,
      column: 5,
      endLine: 6,
      endColumn: 9,
    })
    expect(places.get('spec.containers[0].args[0]')).toMatchObject({ line: 7, column: 12 })
  })

  it('show what is missing where it would belong', () => {
    const [, document] = readManifest(text, { places: true })
    const place = nearestPlace(document!.places, 'spec.containers[0].resources.limits[cpu]')
    expect(place).toMatchObject({ line: 6, column: 5 })
  })

  it('of an error are real even where kubectl names another line', () => {
    const [document] = readManifest('a:\n  - b\n c: d')
    expect(document!.error).toContain('line 2')
    expect(document!.errorPlace).toMatchObject({ line: 3, column: 2 })
  })
})
