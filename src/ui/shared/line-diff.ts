// Two texts compared line by line: what stayed, what went, what came. By the longest common
// subsequence of lines, which is small enough to be exact for manifests.

export interface DiffLine {
  sign: ' ' | '-' | '+'
  text: string
}

/** Lines of unchanged text kept around a change. */
const CONTEXT = 3
/** Longer texts are shown whole instead of compared. */
const LINES_MAX = 2_000

/** The lines of both texts in order, each with where it belongs. */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = before === '' ? [] : before.split('\n')
  const b = after.split('\n')
  if (a.length > LINES_MAX || b.length > LINES_MAX) return b.map((text) => ({ sign: '+', text }))
  const common = commonLengths(a, b)
  const lines: DiffLine[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ sign: ' ', text: a[i]! })
      i++
      j++
    } else if (j >= b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!))
      lines.push({ sign: '-', text: a[i++]! })
    else lines.push({ sign: '+', text: b[j++]! })
  }
  return lines
}

/** Only what changed, with a little around it; `undefined` stands for what was left out. */
export function changedLines(lines: readonly DiffLine[]): (DiffLine | undefined)[] {
  const keep = lines.map((_, i) =>
    lines.slice(Math.max(0, i - CONTEXT), i + CONTEXT + 1).some(({ sign }) => sign !== ' '),
  )
  const shown: (DiffLine | undefined)[] = []
  for (const [i, line] of lines.entries()) {
    if (keep[i]) shown.push(line)
    else if (shown.length === 0 || shown.at(-1) !== undefined) shown.push(undefined)
  }
  return shown
}

/** `lengths[i][j]`: the longest common subsequence of `a` from i and `b` from j. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint16Array[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i]![j] =
        a[i] === b[j]
          ? lengths[i + 1]![j + 1]! + 1
          : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!)
  return lengths
}
