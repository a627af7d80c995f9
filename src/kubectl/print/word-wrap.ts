// Wrapping of long text as kubectl explain does it (mitchellh/go-wordwrap): line ends stay, a word
// longer than the limit stays whole, and the space a line breaks at is dropped.

/** `text` with no line longer than `limit`, as far as its words allow. */
export function wordWrap(text: string, limit: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, limit))
    .join('\n')
}

function wrapLine(line: string, limit: number): string {
  const lines = ['']
  for (const [, space = '', word = ''] of line.matchAll(/(\s*)(\S*)/g)) {
    const current = lines.at(-1) ?? ''
    if (word === '') {
      if (current.length + space.length <= limit) lines[lines.length - 1] = current + space
      continue
    }
    // A word longer than a line starts one of its own, unless next to nothing stands before it.
    const before = current.length + space.length
    if (before + word.length > limit && before > 1) lines.push(word)
    else lines[lines.length - 1] = current + space + word
  }
  return lines.join('\n')
}
