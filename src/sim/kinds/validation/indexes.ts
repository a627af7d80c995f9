// Lists of completion indexes: `0,2-4` (batch/validation validateIndexesFormat).
import { goQuote } from '../../lib/go-quote.ts'

const INTEGER = /^[-+]?\d+$/

/** How many indexes a list holds, or what is wrong with it. */
export function parseIndexes(
  text: string,
  completions: number,
): { count: number } | { error: string } {
  let count = 0
  let last: number | undefined
  if (text === '') return { count }
  for (const interval of text.split(',')) {
    const parts = interval.split('-')
    if (parts.length > 2) return { error: tooManyParts(interval) }
    const limits: number[] = []
    for (const part of parts) {
      const error = limitError(part, completions)
      if (error !== undefined) return { error }
      limits.push(Number(part))
    }
    const [first = 0, end = first] = limits
    if (limits.length === 2 && first >= end) return { error: notIncreasing(first, end) }
    if (last !== undefined && last >= first) return { error: notIncreasing(last, first) }
    count += end - first + 1
    last = end
  }
  return { count }
}

function tooManyParts(interval: string): string {
  const rule = "an index interval can have at most two parts separated by '-'"
  return `the fragment ${goQuote(interval)} violates the requirement that ${rule}`
}

function limitError(part: string, completions: number): string | undefined {
  if (!INTEGER.test(part)) return `cannot convert string to integer for index: ${goQuote(part)}`
  return Number(part) >= completions ? `too large index: ${goQuote(part)}` : undefined
}

function notIncreasing(previous: number, current: number): string {
  return `non-increasing order, previous: ${previous}, current: ${current}`
}
