// Tab: what the word before the cursor can become. Names of files and commands are known here; the
// words of kubectl come from the cluster.

interface Completion {
  /** What Tab puts in at once: the part all candidates share. */
  insert: string
  /** Shown when there is more than one way on. */
  candidates: readonly string[]
}

/** Commands of the lab and of the shell that a learner is likely to want. */
const COMMANDS: readonly string[] = [
  'awk',
  'cat',
  'clear',
  'cp',
  'cron',
  'cut',
  'date',
  'diff',
  'echo',
  'grep',
  'head',
  'help',
  'history',
  'jq',
  'kubectl',
  'lab',
  'ls',
  'mkdir',
  'mv',
  'pwd',
  'rm',
  'sed',
  'sleep',
  'sort',
  'tail',
  'tee',
  'uniq',
  'wc',
  'xargs',
]

/** The last command of a line: what stands after the last pipe, `;` or `&&`. */
function lastCommand(line: string): string {
  return line
    .split(/\|\||&&|[|;]/)
    .at(-1)!
    .trimStart()
}

/**
 * Completes the word at the end of `line` (the text before the cursor). `words` are candidates
 * for a program's word, as the cluster gives them.
 */
export function completeLine(
  line: string,
  files: readonly string[],
  words: readonly string[],
): Completion {
  const command = lastCommand(line)
  const word = /\S*$/.exec(command)![0]
  const first = command.trim() === '' || !/\s/.test(command)
  const candidates = first
    ? COMMANDS.filter((name) => name.startsWith(word))
    : [...new Set([...words, ...fileCandidates(command, word, files)])]
        .filter((name) => name.startsWith(word))
        .sort()
  const shared = sharedStart(candidates)
  if (candidates.length === 0) return { insert: '', candidates: [] }
  const rest = shared.slice(word.length)
  if (candidates.length > 1) return { insert: rest, candidates }
  return {
    insert: shared.endsWith('/') || shared.endsWith('=') ? rest : `${rest} `,
    candidates: [],
  }
}

/** kubectl takes files only after `-f` (or `-k`); everything else takes them anywhere. */
function fileCandidates(command: string, word: string, files: readonly string[]): string[] {
  const program = command.split(/\s+/)[0]!
  const before = command.slice(0, command.length - word.length).trimEnd()
  const wants = /(^|\s)(-f|--filename|-k|--patch-file)$/.test(before)
  if ((program === 'kubectl' || program === 'k') && !wants) return []
  if (program === 'cron' || program === 'lab') return []
  return [...files]
}

function sharedStart(words: readonly string[]): string {
  const [first, ...others] = words
  if (first === undefined) return ''
  let length = first.length
  for (const word of others) {
    let i = 0
    while (i < length && word[i] === first[i]) i++
    length = i
  }
  return first.slice(0, length)
}
