// SHA-256 (FIPS 180-4) of a text, for names that kubectl makes from what is in an object. Pure, and
// fast enough for that.

/** Round constants: the fractions of the cube roots of the first 64 primes. */
const ROUNDS = fractions((prime) => Math.cbrt(prime), 64)
const INITIAL = fractions((prime) => Math.sqrt(prime), 8)

/** The hash of the UTF-8 bytes of `text`, in hexadecimal. */
export function sha256(text: string): string {
  const state = INITIAL.slice()
  const blocks = padded(utf8(text))
  for (let at = 0; at < blocks.length; at += 16) mix(state, blocks.slice(at, at + 16))
  return state.map((word) => word.toString(16).padStart(8, '0')).join('')
}

function fractions(root: (prime: number) => number, count: number): number[] {
  const primes: number[] = []
  for (let candidate = 2; primes.length < count; candidate++)
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate)
  return primes.map((prime) => Math.floor((root(prime) % 1) * 2 ** 32))
}

function utf8(text: string): number[] {
  const escaped = encodeURIComponent(text).match(/%[\da-f]{2}|./gi) ?? []
  return escaped.map((part) =>
    part.length === 3 ? parseInt(part.slice(1), 16) : part.charCodeAt(0),
  )
}

/** The bytes with a one bit, zeros and their length, as words of 32 bits. */
function padded(bytes: readonly number[]): number[] {
  const length = (((bytes.length + 8) >> 6) + 1) * 16
  const words = Array.from({ length }, () => 0)
  for (const [index, byte] of [...bytes, 0x80].entries())
    words[index >> 2]! |= byte << (24 - (index % 4) * 8)
  words[length - 1] = bytes.length * 8
  return words
}

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

function mix(state: number[], block: readonly number[]): void {
  const words = [...block]
  for (let i = 16; i < 64; i++) {
    const a = words[i - 15]!
    const b = words[i - 2]!
    const s0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3)
    const s1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10)
    words[i] = (words[i - 16]! + s0 + words[i - 7]! + s1) | 0
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const first = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i]! + words[i]!) | 0
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0]
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries())
    state[index] = (state[index]! + word) >>> 0
}
