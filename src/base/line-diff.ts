// Two texts compared line by line, for `kubectl diff` and for the preview of what applying would
// change. The package `diff` finds what stays; here is only the form that both want.
import { structuredPatch } from 'diff'

/** A run of lines with a change in it, as `diff -u` cuts them. */
export interface Hunk {
  /** Number of the first line in the old text, from 1; 0 when the old text has no line here. */
  readonly oldStart: number
  readonly oldLines: number
  readonly newStart: number
  readonly newLines: number
  /** Each begins with its sign: ' ' stayed, '-' went, '+' came. */
  readonly lines: readonly string[]
}

/** Unchanged lines around a change. */
const CONTEXT = 3

/** The hunks that turn one text into the other; [] when they are equal. */
export function hunksOf(before: string, after: string): readonly Hunk[] {
  return structuredPatch('', '', before, after, '', '', { context: CONTEXT }).hunks
}

/** The hunks as `diff -u` prints them. */
export function unified(hunks: readonly Hunk[]): string {
  return hunks
    .map(({ oldStart, oldLines, newStart, newLines, lines }) => {
      const ranges = `-${range(oldStart, oldLines)} +${range(newStart, newLines)}`
      return `@@ ${ranges} @@\n${lines.map((line) => `${line}\n`).join('')}`
    })
    .join('')
}

/** A range of one line is written without its length; one of none names the line before it. */
function range(start: number, length: number): string {
  if (length === 1) return `${start}`
  return `${length === 0 ? start - 1 : start},${length}`
}

/** What of the new text is worth showing; `undefined` stands for unchanged lines left out. */
export function changedLines(before: string, after: string): (string | undefined)[] {
  const shown: (string | undefined)[] = []
  let next = 1
  for (const { newStart, newLines, lines } of hunksOf(before, after)) {
    if (newStart > next) shown.push(undefined)
    shown.push(...lines)
    next = newStart + newLines
  }
  if (next < after.split('\n').length) shown.push(undefined)
  return shown
}
