// `echo`, as a builtin and as a program.

import { unescapeText } from './printf.ts'

/** What `echo` prints. dash reads escapes always and knows only `-n`. */
export function echoText(args: readonly string[], isDash = false): string {
  const words = [...args]
  let newline = true
  let escapes = isDash
  const option = isDash ? /^-n$/ : /^-[neE]+$/
  while (option.test(words[0] ?? '')) {
    const letters = words.shift() ?? ''
    if (letters.includes('n')) newline = false
    if (letters.includes('e')) escapes = true
    if (letters.includes('E')) escapes = false
  }
  const text = words.join(' ')
  if (!escapes) return newline ? `${text}\n` : text
  const { text: shown, stopped } = unescapeText(text)
  return newline && !stopped ? `${shown}\n` : shown
}
