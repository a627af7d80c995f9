// MD5, SHA-1 and SHA-256 over bytes, as in their RFCs.

function hexWords(words: readonly number[], littleEndian: boolean): string {
  let text = ''
  for (const word of words) {
    for (let i = 0; i < 4; i++) {
      const shift = littleEndian ? i * 8 : 24 - i * 8
      text += ((word >>> shift) & 255).toString(16).padStart(2, '0')
    }
  }
  return text
}

/** The message with its padding, as 32-bit words. */
function padded(bytes: readonly number[], littleEndian: boolean): number[] {
  const length = (((bytes.length + 8) >> 6) + 1) * 16
  const words = Array.from({ length }, () => 0)
  const put = (index: number, byte: number): void => {
    const shift = littleEndian ? (index % 4) * 8 : 24 - (index % 4) * 8
    words[index >> 2] = (words[index >> 2] ?? 0) | (byte << shift)
  }
  for (const [index, byte] of bytes.entries()) put(index, byte)
  put(bytes.length, 0x80)
  words[littleEndian ? length - 2 : length - 1] = (bytes.length * 8) | 0
  return words
}

const rotate = (value: number, count: number): number => (value << count) | (value >>> (32 - count))

const MD5_SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
]

export function md5(bytes: readonly number[]): string {
  const words = padded(bytes, true)
  let [a, b, c, d] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476]
  for (let block = 0; block < words.length; block += 16) {
    const before = [a, b, c, d]
    for (let i = 0; i < 64; i++) {
      const round = i >> 4
      const [f, index] =
        round === 0
          ? [(b & c) | (~b & d), i]
          : round === 1
            ? [(d & b) | (~d & c), 5 * i + 1]
            : round === 2
              ? [b ^ c ^ d, 3 * i + 5]
              : [c ^ (b | ~d), 7 * i]
      const constant = Math.floor(Math.abs(Math.sin(i + 1)) * 0x1_0000_0000) | 0
      const sum = (a + f + constant + (words[block + (index & 15)] ?? 0)) | 0
      const shift = MD5_SHIFTS[round]?.[i & 3] ?? 0
      ;[a, d, c, b] = [d, c, b, (b + rotate(sum, shift)) | 0]
    }
    a = (a + (before[0] ?? 0)) | 0
    b = (b + (before[1] ?? 0)) | 0
    c = (c + (before[2] ?? 0)) | 0
    d = (d + (before[3] ?? 0)) | 0
  }
  return hexWords([a, b, c, d], true)
}

export function sha1(bytes: readonly number[]): string {
  const words = padded(bytes, false)
  const hash = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0]
  for (let block = 0; block < words.length; block += 16) {
    const w = words.slice(block, block + 16)
    for (let i = 16; i < 80; i++) {
      const mixed = (w[i - 3] ?? 0) ^ (w[i - 8] ?? 0) ^ (w[i - 14] ?? 0) ^ (w[i - 16] ?? 0)
      w.push(rotate(mixed, 1))
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = hash
    for (let i = 0; i < 80; i++) {
      const [f, k] =
        i < 20
          ? [(b & c) | (~b & d), 0x5a827999]
          : i < 40
            ? [b ^ c ^ d, 0x6ed9eba1]
            : i < 60
              ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
              : [b ^ c ^ d, 0xca62c1d6]
      const sum = (rotate(a, 5) + f + e + k + (w[i] ?? 0)) | 0
      ;[e, d, c, b, a] = [d, c, rotate(b, 30), a, sum]
    }
    for (const [i, value] of [a, b, c, d, e].entries()) hash[i] = ((hash[i] ?? 0) + value) | 0
  }
  return hexWords(hash, false)
}

/** The first 32 bits of the fractional parts of roots of primes. */
function rootBits(count: number, exponent: number): number[] {
  const bits: number[] = []
  for (let n = 2; bits.length < count; n++) {
    let isPrime = true
    for (let k = 2; k * k <= n; k++) if (n % k === 0) isPrime = false
    if (!isPrime) continue
    const root = n ** exponent
    bits.push(((root - Math.floor(root)) * 0x1_0000_0000) | 0)
  }
  return bits
}

export function sha256(bytes: readonly number[]): string {
  const words = padded(bytes, false)
  const hash = rootBits(8, 1 / 2)
  const constants = rootBits(64, 1 / 3)
  for (let block = 0; block < words.length; block += 16) {
    const w = words.slice(block, block + 16)
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15] ?? 0
      const y = w[i - 2] ?? 0
      const s0 = rotate(x, 25) ^ rotate(x, 14) ^ (x >>> 3)
      const s1 = rotate(y, 15) ^ rotate(y, 13) ^ (y >>> 10)
      w.push(((w[i - 16] ?? 0) + s0 + (w[i - 7] ?? 0) + s1) | 0)
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash
    for (let i = 0; i < 64; i++) {
      const s1 = rotate(e, 26) ^ rotate(e, 21) ^ rotate(e, 7)
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (constants[i] ?? 0) + (w[i] ?? 0)) | 0
      const s0 = rotate(a, 30) ^ rotate(a, 19) ^ rotate(a, 10)
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
      ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0]
    }
    for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) {
      hash[i] = ((hash[i] ?? 0) + value) | 0
    }
  }
  return hexWords(hash, false)
}
