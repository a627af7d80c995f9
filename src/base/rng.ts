// Seeded randomness. Each user of it (an actor, the API server's names) has a stream of its own,
// forked from the world's seed and the user's name, so that one more draw in one place changes
// nothing elsewhere. The state is one 32-bit integer: plain data, kept in the World.

/** The state of a stream: mulberry32's counter. Mutated by drawing. */
export interface Rng {
  state: number
}

/** A stream that depends only on the seed and the name (FNV-1a of both). */
export function forkRng(seed: number, name: string): Rng {
  return { state: hashText(`${seed}/${name}`) }
}

/** FNV-1a, 32 bits, over UTF-16 code units. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i)
    hash = Math.imul(hash, 0x01000193)
  }
  return hash >>> 0
}

/** An integer in [0, 2³²). */
export function randomUint32(rng: Rng): number {
  rng.state = (rng.state + 0x6d2b79f5) >>> 0
  let t = rng.state
  t = Math.imul(t ^ (t >>> 15), t | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return (t ^ (t >>> 14)) >>> 0
}

/** An integer in [0, bound). The bias for our small bounds is below 2⁻²⁰. */
export function randomInt(rng: Rng, bound: number): number {
  return Math.floor((randomUint32(rng) / 0x1_0000_0000) * bound)
}

// apimachinery util/rand: no vowels and no 0, 1, 3, so that names never spell words.
const NAME_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'

/** The random suffix of generated names, five characters as upstream. */
export function randomSuffix(rng: Rng, length = 5): string {
  let text = ''
  for (let i = 0; i < length; i++) text += NAME_ALPHABET[randomInt(rng, NAME_ALPHABET.length)]
  return text
}

/** `length` lower-case hexadecimal digits. */
export function randomHex(rng: Rng, length: number): string {
  let text = ''
  while (text.length < length) text += hex(randomUint32(rng), 8)
  return text.slice(0, length)
}

/** A UUID of version 4. */
export function randomUid(rng: Rng): string {
  const [a, b, c, d] = [randomUint32(rng), randomUint32(rng), randomUint32(rng), randomUint32(rng)]
  const version = (b & 0x0fff) | 0x4000
  const variant = ((c >>> 16) & 0x3fff) | 0x8000
  const tail = hex(c & 0xffff, 4) + hex(d, 8)
  return `${hex(a, 8)}-${hex(b >>> 16, 4)}-${hex(version, 4)}-${hex(variant, 4)}-${tail}`
}

function hex(value: number, digits: number): string {
  const text = value.toString(16)
  return text.length === digits ? text : '0'.repeat(digits - text.length) + text
}
