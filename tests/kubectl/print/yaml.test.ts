// -o yaml against what a real kubectl printed: every recorded document is read and printed again.
import { readdirSync, readFileSync } from 'node:fs'
import { CORE_SCHEMA, loadAll } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { compareKeys, toYaml } from '../../../src/kubectl/print/yaml.ts'

const FOLDER = 'tests/reference'

interface Step {
  run: string
  exit: number
  stdout: string
}

function yamlOutputs(): string[] {
  const outputs: string[] = []
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.json'))) {
    const { steps } = JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as { steps?: Step[] }
    for (const step of steps ?? []) {
      if (!/-o ?yaml/.test(step.run) || !step.stdout.startsWith('apiVersion:')) continue
      outputs.push(step.stdout)
    }
  }
  return outputs
}

describe('toYaml', () => {
  it('[PRINT-6] prints every recorded document as it was', () => {
    const outputs = yamlOutputs()
    expect(outputs.length).toBeGreaterThan(150)
    for (const text of outputs) {
      const documents = loadAll(text, { schema: CORE_SCHEMA })
      expect(documents.map(toYaml).join('---\n')).toBe(text)
    }
  })

  const strings: Record<string, [value: string, printed: string]> = {
    'words stay bare': ['sh -c', 'sh -c'],
    'a number is quoted': ['12', '"12"'],
    'an octal number is quoted': ['0755', '"0755"'],
    'a hexadecimal number is quoted': ['0x1f', '"0x1f"'],
    'a number with unit stays bare': ['100m', '100m'],
    'an exponent is quoted': ['1e3', '"1e3"'],
    'a truth word is quoted': ['yes', '"yes"'],
    'a single letter of YAML 1.1 is quoted': ['y', '"y"'],
    'the empty string is quoted': ['', '""'],
    'a time is quoted': ['2026-11-23T09:29:28Z', '"2026-11-23T09:29:28Z"'],
    'a date is quoted': ['2026-11-23', '"2026-11-23"'],
    'an impossible date stays bare': ['2026-13-23', '2026-13-23'],
    'sexagesimal numbers are quoted': ['22:30', '"22:30"'],
    'a clock with letters stays bare': ['at 22:30', 'at 22:30'],
    'a star is quoted': ['*/5 * * * *', "'*/5 * * * *'"],
    'single quotes are doubled': ["'a' b", "'''a'' b'"],
    'a colon and space are quoted': ['a: b', "'a: b'"],
    'a colon at the end is quoted': ['a:', "'a:'"],
    'a hash after a space is quoted': ['a #b', "'a #b'"],
    'a hash inside a word stays bare': ['a#b', 'a#b'],
    'a space at an edge is quoted': [' a', "' a'"],
    'a tab is escaped': ['0\t0', '"0\\t0"'],
    'a dash alone is quoted': ['-', "'-'"],
    'a flag stays bare': ['-c', '-c'],
    'an umlaut stays bare': ['grün', 'grün'],
    'an emoji is escaped': ['a 🚀', '"a \\U0001F680"'],
    'lines become a block': ['a\nb\n', '|\n  a\n  b'],
    'lines without an end say so': ['a\nb', '|-\n  a\n  b'],
    'lines with empty ones at the end say so': ['a\n\n', '|+\n  a\n'],
    'lines that start indented say so': [' a\nb\n', '|2\n   a\n  b'],
    'a space before a line end needs quotes': ['a \nb', '"a \\nb"'],
    'a tab in lines needs quotes': ['a\n\tb', '"a\\n\\tb"'],
  }
  it.each(Object.entries(strings))('%s', (_name, [value, printed]) => {
    expect(toYaml({ key: value })).toBe(`key: ${printed}\n`)
  })

  it('folds at the first space after column 80', () => {
    const text = `${'a'.repeat(70)} ${'b'.repeat(10)} ccc ddd`
    expect(toYaml({ key: text })).toBe(`key: ${'a'.repeat(70)} ${'b'.repeat(10)}\n  ccc ddd\n`)
  })

  it('prints empty collections, null and booleans', () => {
    const value = { list: [], map: {}, none: null, yes: true }
    expect(toYaml(value)).toBe('list: []\nmap: {}\nnone: null\n"yes": true\n')
  })

  it('prints numbers as Go does', () => {
    expect(toYaml([0, -3, 1.5, 2e6, 1e21, 0.00001])).toBe(
      '- 0\n- -3\n- 1.5\n- 2000000\n- 1e+21\n- 1e-05\n',
    )
  })

  it('nests lists in lists', () => {
    expect(toYaml({ a: [['b', 'c'], { d: [1] }] })).toBe('a:\n- - b\n  - c\n- d:\n  - 1\n')
  })
})

describe('compareKeys', () => {
  it('puts letters after other characters and compares digits by value', () => {
    const keys = ['a10', 'a9', 'ab', 'a.b', 'a', 'A']
    expect(keys.toSorted(compareKeys)).toEqual(['A', 'a', 'a.b', 'a9', 'a10', 'ab'])
  })
})
