// Base64 of texts, as Secrets hold them. Neither the browser's nor Node's own is pure language.

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The UTF-8 bytes of `text` in base64, padded. */
export function encodeBase64(text: string): string {
  const bytes = utf8(text)
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

function utf8(text: string): number[] {
  const escaped = encodeURIComponent(text).match(/%[\da-f]{2}|./gi) ?? []
  return escaped.map((part) =>
    part.length === 3 ? parseInt(part.slice(1), 16) : part.charCodeAt(0),
  )
}
