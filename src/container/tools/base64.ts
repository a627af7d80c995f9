// Bytes as printable text: base64 and uuencode's own six-bit letters.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const UU_ALPHABET = '`!"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_'

function sixBits(bytes: readonly number[], alphabet: string): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const bits = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    for (const shift of [18, 12, 6, 0]) text += alphabet[(bits >> shift) & 63] ?? ''
  }
  return text
}

export function encodeBase64(bytes: readonly number[]): string {
  const text = sixBits(bytes, ALPHABET)
  const padding = (3 - (bytes.length % 3)) % 3
  return padding === 0 ? text : text.slice(0, -padding) + '='.repeat(padding)
}

/** The bytes of a base64 text, blanks ignored; undefined if it is none. */
export function decodeBase64(text: string): number[] | undefined {
  return fromSixBits(text.replace(/[\s=]/g, ''), ALPHABET)
}

function fromSixBits(text: string, alphabet: string): number[] | undefined {
  const bytes: number[] = []
  let bits = 0
  let count = 0
  for (const char of text) {
    const value = alphabet.indexOf(char)
    if (value < 0) return undefined
    bits = ((bits << 6) | value) & 0xff_ffff
    count += 6
    if (count < 8) continue
    count -= 8
    bytes.push((bits >> count) & 255)
  }
  return bytes
}

/** A line of uuencode: its length, then the bytes. */
export function encodeUuLine(bytes: readonly number[]): string {
  return (UU_ALPHABET[bytes.length] ?? '') + sixBits(bytes, UU_ALPHABET)
}

/** The bytes of such a line. */
export function decodeUuLine(line: string): number[] | undefined {
  const text = line.replaceAll(' ', '`')
  const length = UU_ALPHABET.indexOf(text[0] ?? '`')
  return fromSixBits(text.slice(1), UU_ALPHABET)?.slice(0, length)
}
