// What the console itself writes: prompts in their colours, lists of words and of typed lines.

const GREEN = '\x1b[32m'
const BLUE = '\x1b[34m'
const DIM = '\x1b[2m'
const CONTINUED = '> '

export const RED = '\x1b[31m'
export const PLAIN = '\x1b[0m'

/** What stands before the line that is typed, and how many cells it takes. */
export function leadOf(
  search: string | undefined,
  continued: boolean,
  cwd: string,
): { text: string; width: number } {
  if (search !== undefined) {
    const text = `(search)\`${search}': `
    return { text: `${DIM}${text}${PLAIN}`, width: text.length }
  }
  if (continued) return { text: CONTINUED, width: CONTINUED.length }
  const folder = cwd.replace(/^\/home\/alex(?=\/|$)/, '~')
  return {
    text: `${GREEN}alex${PLAIN}:${BLUE}${folder}${PLAIN}$ `,
    width: `alex:${folder}$ `.length,
  }
}

/** Words in columns, as a shell lists candidates. */
export function inColumns(words: readonly string[], columns: number): string {
  const width = Math.max(...words.map((word) => word.length)) + 2
  const across = Math.max(1, Math.floor(columns / width))
  let text = ''
  words.forEach((word, i) => {
    const last = i % across === across - 1 || i === words.length - 1
    text += last ? `${word}\n` : word.padEnd(width)
  })
  return text
}

/** The answer of `history`. */
export function historyText(history: readonly string[]): string {
  return history.map((text, i) => `${String(i + 1).padStart(5)}  ${text}\n`).join('')
}
