import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toYaml } from '../../../src/kubectl/print/yaml.ts'
import { readManifest } from '../../../src/kubectl/yaml/manifest.ts'

/** Bits of YAML, so that random texts get far into the parser. */
const PIECES =
  'a|b|1|: |:|- |\n|\n  |\n    |  |\t|"|\'|[|]|{|}|,|&a |*a|!!str |!x |>|-\n|#|---\n|...\n|? |<<: |' +
  '%YAML 1.1\n|\\|\\x|é|\u2028|\r\n|~|@|`|=|.inf|0x'

describe('[API-13] no text crashes the reader', () => {
  it('made of bits of YAML', () => {
    const texts = fc.array(fc.constantFrom('|', ...PIECES.split('|')), { maxLength: 40 })
    fc.assert(
      fc.property(texts, (pieces) =>
        readManifest(pieces.join('')).every(
          ({ value, error }) => (value === undefined) === (error !== undefined),
        ),
      ),
      { numRuns: 90_000 },
    )
  })

  it('made of any characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        readManifest(text)
        readManifest(`{${text}`)
        readManifest(`a: "${text}"`)
      }),
      { numRuns: 10_000 },
    )
  })
})

describe('[API-2] reading', () => {
  const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)))
  const printable = fc.object({
    key: fc.string({ minLength: 1 }),
    values: [fc.string(), fc.integer(), fc.boolean(), fc.constant(null)],
    maxDepth: 3,
  })

  it('JSON gives what JSON.parse gives', () => {
    fc.assert(
      fc.property(json, (value) => {
        const [document] = readManifest(JSON.stringify({ value }, null, 1))
        expect(document?.value).toEqual({ value })
      }),
      { numRuns: 2000 },
    )
  })

  it('what kubectl prints gives what was printed', () => {
    fc.assert(
      fc.property(printable, (value) => {
        const [document] = readManifest(toYaml(value))
        expect(document?.error).toBeUndefined()
        expect(document?.value).toEqual(value)
      }),
      { numRuns: 2000 },
    )
  })
})
