// UTF-8 by hand: the simulation has no TextEncoder. Texts hold characters; a byte that is no UTF-8 is
// kept as the half surrogate U+DC80 to U+DCFF.

/** The length of a text in bytes. */
export function utf8Length(text: string): number {
  let length = 0
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    length += code < 0x80 || isRaw(code) ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4
  }
  return length
}

/** A text's bytes. */
export function utf8Bytes(text: string): number[] {
  const bytes: number[] = []
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    if (code < 0x80) bytes.push(code)
    else if (isRaw(code)) bytes.push(code & 0xff)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63))
    else if (code < 0x1_0000) {
      bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    } else {
      bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63))
      bytes.push(0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    }
  }
  return bytes
}

function isRaw(code: number): boolean {
  return code >= 0xdc80 && code <= 0xdcff
}

/** The character that keeps a byte which may be part of UTF-8 or not. */
export function rawByte(byte: number): string {
  return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 | byte)
}

/** Joins raw bytes that together are UTF-8. */
export function joinBytes(text: string): string {
  return /[\udc80-\udcff]/.test(text) ? utf8Text(utf8Bytes(text)) : text
}

/** The text of bytes; what is no UTF-8 is kept byte by byte. */
export function utf8Text(bytes: readonly number[]): string {
  let text = ''
  for (let i = 0; i < bytes.length; i++) {
    const first = bytes[i] ?? 0
    const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    let code = first & (0xff >> (length + 1))
    let isValid = length > 1
    for (let k = 1; k < length; k++) {
      const byte = bytes[i + k] ?? 0
      if ((byte & 0xc0) !== 0x80) isValid = false
      code = (code << 6) | (byte & 63)
    }
    const isCharacter = isValid && code <= 0x10_ffff && (code < 0xd800 || code > 0xdfff)
    text += isCharacter ? String.fromCodePoint(code) : rawByte(first)
    if (isCharacter) i += length - 1
  }
  return text
}
