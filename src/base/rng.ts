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
  while (text.length < length) text += randomUint32(rng).toString(16).padStart(8, '0')
  return text.slice(0, length)
}

/** A UUID of version 4 shape. */
export function randomUid(rng: Rng): string {
  const hex = randomHex(rng, 32)
  const variant = '89ab'[randomInt(rng, 4)]
  const tail = `${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${tail}`
}
