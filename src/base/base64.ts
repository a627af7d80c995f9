// Base64 of texts, as Secrets hold them. Neither the browser's nor Node's own is pure language.
import { utf8Bytes } from './utf8.ts'

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The UTF-8 bytes of `text` in base64, padded. */
export function encodeBase64(text: string): string {
  const bytes = utf8Bytes(text)
  let out = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = bytes.slice(i, i + 3)
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0)
    const digits = [18, 12, 6, 0].map((shift) => DIGITS[(word >> shift) & 63]!)
    if (b === undefined) digits[2] = '='
    if (c === undefined) digits[3] = '='
    out += digits.join('')
  }
  return out
}
