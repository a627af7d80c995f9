// A command line that needs no shell: one program of the lab and plain words.
import { PROGRAM_NAMES } from './names.ts'

/**
 * The words of a line that is one program with plain arguments: quotes are understood; anything
 * that needs a shell (pipes, variables, globs, several commands) gives undefined.
 */
export function plainProgram(
  line: string,
): { program: string; argv: readonly string[] } | undefined {
  const words = plainWords(line.trim())
  const [program, ...argv] = words ?? []
  if (program === undefined) return undefined
  return PROGRAM_NAMES.some((name) => name === program) ? { program, argv } : undefined
}

function plainWords(line: string): string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!
    if (char === "'" || char === '"') {
      const close = line.indexOf(char, i + 1)
      if (close < 0) return undefined
      const inside = line.slice(i + 1, close)
      if (char === '"' && /[$`\\!]/.test(inside)) return undefined
      word = (word ?? '') + inside
      i = close
    } else if (char === ' ' || char === '\t') {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if ('|&;<>()$`\\*?[]{}#~!\n'.includes(char)) return undefined
    else word = (word ?? '') + char
  }
  if (word !== undefined) words.push(word)
  return words
}
