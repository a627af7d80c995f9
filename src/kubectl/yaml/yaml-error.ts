// A YAML error in the words and with the line numbers of the library kubectl uses
// (go.yaml.in/yaml/v2 decode.go, fail). Its line numbers are odd and imitated: the scanner counts
// lines from one, the parser from zero, and nothing is said about the first line.

/** A place in a text, all counted from zero; columns in UTF-16 units. */
export interface Mark {
  readonly index: number
  readonly line: number
  readonly column: number
}

/** Which part of the library found the problem; 'value' problems are reported without a line. */
type Finder = 'scanner' | 'parser' | 'value'

/** Why a document cannot be read. `message` is kubectl's, `mark` where the problem really is. */
export class YamlError extends Error {
  override name = 'YamlError'
  readonly mark: Mark
  constructor(message: string, mark: Mark) {
    super(message)
    this.mark = mark
  }
}

/** The library's error for a problem found at `mark`. */
export function yamlError(problem: string, mark: Mark, finder: Finder): YamlError {
  return new YamlError(`yaml: ${linePrefix(mark, finder)}${problem}`, mark)
}

function linePrefix(mark: Mark, finder: Finder): string {
  if (finder === 'value' || mark.line === 0) return ''
  return `line ${mark.line + (finder === 'scanner' ? 1 : 0)}: `
}
