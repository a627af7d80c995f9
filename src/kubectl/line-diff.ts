// A unified diff of two texts, as `diff -u` prints it, for `kubectl diff`.

interface Step {
  readonly sign: ' ' | '-' | '+'
  readonly text: string
}

/** Unchanged lines around a change. */
const CONTEXT = 3

/** The hunks that turn one text into the other; '' when they are equal. */
export function lineDiff(before: string, after: string): string {
  const steps = stepsOf(linesOf(before), linesOf(after))
  let out = ''
  for (let at = 0; at < steps.length;) {
    const first = steps.findIndex(({ sign }, index) => index >= at && sign !== ' ')
    if (first < 0) break
    const from = Math.max(at, first - CONTEXT)
    let to = first
    for (let quiet = 0, index = first; index < steps.length; index++) {
      quiet = steps[index]!.sign === ' ' ? quiet + 1 : 0
      if (quiet > CONTEXT * 2) break
      if (quiet === 0) to = index + 1
    }
    to = Math.min(steps.length, to + CONTEXT)
    out += hunk(steps, from, to)
    at = to
  }
  return out
}

function hunk(steps: readonly Step[], from: number, to: number): string {
  const count = (part: readonly Step[], sign: string): number =>
    part.filter((step) => step.sign === ' ' || step.sign === sign).length
  const before = steps.slice(0, from)
  const part = steps.slice(from, to)
  const range = (sign: string): string => {
    const length = count(part, sign)
    const start = count(before, sign) + (length === 0 ? 0 : 1)
    return length === 1 ? `${start}` : `${start},${length}`
  }
  const lines = part.map(({ sign, text }) => `${sign}${text}\n`).join('')
  return `@@ -${range('-')} +${range('+')} @@\n${lines}`
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n')
}

/** The longest common subsequence decides what stays. */
function stepsOf(before: readonly string[], after: readonly string[]): Step[] {
  const rows = before.length + 1
  const columns = after.length + 1
  const longest = new Uint16Array(rows * columns)
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      longest[i * columns + j] =
        before[i] === after[j]
          ? longest[(i + 1) * columns + j + 1]! + 1
          : Math.max(longest[(i + 1) * columns + j]!, longest[i * columns + j + 1]!)
  const steps: Step[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      steps.push({ sign: ' ', text: before[i]! })
      i++
      j++
    } else if (
      i < before.length &&
      (j === after.length || longest[(i + 1) * columns + j]! >= longest[i * columns + j + 1]!)
    )
      steps.push({ sign: '-', text: before[i++]! })
    else steps.push({ sign: '+', text: after[j++]! })
  }
  return steps
}
