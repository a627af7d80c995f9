// Scripts of commands as content writes them: one command a line, `# wait 90s` lets time pass,
// `# file NAME` … `# end` is a file as the learner has edited it. Other comments are for readers.
import { durationMs } from './duration.ts'

/** A command, how much virtual time passes before it, and the files that were edited before it. */
export interface ScriptStep {
  afterMs: number
  /** '' at the end of a script: only time passes. */
  run: string
  files?: Readonly<Record<string, string>>
}

/** Reads a script. `refuse` hears of a file without an end and of a wait that is none. */
export function parseScript(text: string, refuse: (why: string) => never): ScriptStep[] {
  const steps: ScriptStep[] = []
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  let afterMs = 0
  let files: Record<string, string> = {}
  const push = (run: string): void => {
    steps.push({ afterMs, run, ...(Object.keys(files).length > 0 ? { files } : {}) })
    afterMs = 0
    files = {}
  }
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!.trim()
    const wait = /^# wait (\S+)$/.exec(line)
    const file = /^# file (\S+)$/.exec(line)
    if (wait !== null)
      afterMs += durationMs(wait[1]!) ?? refuse(`${line}: a number with s, m, h or d is needed`)
    else if (file !== null) {
      const end = lines.findIndex((other, at) => at > i && other.trim() === '# end')
      if (end < 0) refuse(`${line} has no # end`)
      files[file[1]!] = unindented(lines.slice(i + 1, end))
      i = end
    } else if (line !== '' && !line.startsWith('#')) push(line)
  }
  if (afterMs > 0 || Object.keys(files).length > 0) push('')
  return steps
}

/** The lines without the blanks that all of them begin with. */
function unindented(lines: readonly string[]): string {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/))
  const least = Math.min(...indents)
  return lines.map((line) => `${line.slice(least)}\n`).join('')
}
