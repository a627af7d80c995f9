// Kinds own their facts: what differs between kinds is in their records, and nothing else names one.
import { describe, expect, it } from 'vitest'
import { KINDS } from '../../src/sim/kinds/index.ts'
import { filesBelow, problemsIn } from './sources.ts'

/**
 * Where kinds are spoken of: their records, what acts on them, the API's own types, lessons, and
 * the command line's checks.
 */
const SPEAK_OF_KINDS =
  /^src\/(\w+\/kinds|sim\/actors|sim\/api-types|story\/chapters|headless)\/|^src\/sim\/schema\/go-types\./

const SOURCES = filesBelow('src', ['.ts', '.tsx']).filter(({ path }) => !SPEAK_OF_KINDS.test(path))
const NAMES = KINDS.map(({ kind }) => kind).join('|')
/** As a string, at the beginning of a template's words, or as a key of a table. */
const NAMED = new RegExp(`(['"\`])(${NAMES})\\1|\`(${NAMES}) \\$\\{|^\\s+(${NAMES}): `)

describe('kinds', () => {
  it('are named by no source outside of their records', () => {
    const wrong = problemsIn(SOURCES, ({ text }) => {
      const code = text
        .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '))
        .replaceAll(/(^|\s)\/\/.*$/gm, '$1')
      return code
        .split('\n')
        .flatMap((line, index) => (NAMED.test(line) ? [`line ${index + 1}: ${line.trim()}`] : []))
    })
    expect(wrong).toEqual([])
  })
})
