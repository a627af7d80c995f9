// Splits a YAML file into documents as kubectl does before it parses any (apimachinery
// pkg/util/yaml YAMLReader): by lines that start with `---`. So lines count from 1 again in each.

/** A document of a file, or the separator that cannot be one. */
interface Chunk {
  readonly text: string
  /** Lines of the file before the document. */
  readonly lineOffset: number
  /** Set when the chunk is no document: why. */
  readonly error: string | undefined
}

const SEPARATOR = '---'

/** The documents of a file; nothing follows a bad separator. */
export function splitDocuments(text: string): Chunk[] {
  const lines = text.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  const chunks: Chunk[] = []
  let buffer: string[] = []
  let start = 0
  const flush = (): void => {
    if (buffer.length > 0)
      chunks.push({ text: `${buffer.join('\n')}\n`, lineOffset: start, error: undefined })
    buffer = []
  }
  for (const [index, line] of lines.entries()) {
    if (line.startsWith(SEPARATOR)) {
      const rest = line.slice(SEPARATOR.length).trim()
      if (rest !== '' && !rest.startsWith('#')) {
        const error = `invalid Yaml document separator: ${rest}`
        return [...chunks, { text: '', lineOffset: index, error }]
      }
      // A separator with nothing before it belongs to the document it opens.
      if (buffer.length > 0) {
        flush()
        start = index + 1
        continue
      }
    }
    if (buffer.length === 0) start = index
    buffer.push(line)
  }
  flush()
  return chunks
}
