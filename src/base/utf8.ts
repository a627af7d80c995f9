// UTF-8 by hand: the simulation has no TextEncoder.

/** The length of a text in bytes. */
export function utf8Length(text: string): number {
  let length = 0
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4
  }
  return length
}

/** A text's bytes. */
export function utf8Bytes(text: string): number[] {
  const bytes: number[] = []
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    if (code < 0x80) bytes.push(code)
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

/** The text of bytes; what is no UTF-8 becomes one character per byte. */
export function utf8Text(bytes: readonly number[]): string {
  let text = ''
  for (let i = 0; i < bytes.length; i++) {
    const first = bytes[i] ?? 0
    const length = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    if (length === 1 || i + length > bytes.length) {
      text += String.fromCharCode(first)
      continue
    }
    let code = first & (0xff >> (length + 1))
    for (let k = 1; k < length; k++) code = (code << 6) | ((bytes[i + k] ?? 0) & 63)
    text += code <= 0x10_ffff ? String.fromCodePoint(code) : '\ufffd'
    i += length - 1
  }
  return text
}
