// `--append-hash`: a suffix for the name of a ConfigMap or Secret that follows from what is in it
// (kubectl pkg/util/hash).
import { sha256 } from '../base/sha256.ts'
import { goJsonSorted } from '../sim/lib/go-quote.ts'

const LENGTH = 10
/** No vowels, no bad words. */
const LETTERS: Readonly<Record<string, string>> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' }

/** The suffix for an object of which these fields count. */
export function nameHash(fields: Readonly<Record<string, unknown>>): string {
  const digits = sha256(goJsonSorted(fields)).slice(0, LENGTH)
  return digits.replace(/./g, (digit) => LETTERS[digit] ?? digit)
}
