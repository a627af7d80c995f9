// Running a chapter's own commands: what prepares its cluster, and its solution. The same code
// serves the page and the test that proves every chapter.
import { addMs } from '../base/time.ts'
import { plainProgram } from '../kubectl/programs/words.ts'
import { nextAt } from '../session/lab.ts'
import type { ChapterPlan, SolutionStep } from './plan.ts'
import type { Files } from '../session/inputs.ts'
import { advanceRun, createRun, type Run } from '../session/run.ts'
import { interruptCommand, setFiles, typeCommand } from '../session/typing.ts'

/** A command that waits longer than this on virtual time is interrupted. */
const COMMAND_TIME_MAX_MS = 600_000

/** A run at the chapter's beginning: its cluster, prepared. */
export function beginChapter(plan: ChapterPlan, seed: number = plan.seed, freezes = true): Run {
  const run = createRun({
    start: plan.start,
    seed,
    cluster: plan.cluster,
    files: plan.files,
    freezes,
  })
  runScript(run, plan.prepare, plan.files)
  return run
}

/**
 * Runs commands one after another, each to its end, and returns what they printed. Throws when a
 * line is not one plain program: scripts of chapters need no shell.
 */
export function runScript(run: Run, steps: readonly SolutionStep[], files: Files): string {
  let printed = ''
  setFiles(run, files)
  const print = (text: string): void => void (printed += text)
  for (const { afterMs, run: line } of steps) {
    advanceRun(run, addMs(run.lab.world.now, afterMs))
    if (line === '') continue
    const plain = plainProgram(line)
    if (plain === undefined) throw new Error(`not a plain command: ${line}`)
    const input = { ...plain, line, stdin: '' }
    const process = typeCommand(run, input, { stdout: print, stderr: print })
    const giveUpAt = addMs(run.lab.world.now, COMMAND_TIME_MAX_MS)
    while (process.exit === undefined) {
      const at = nextAt(run.lab)
      if (at === undefined || at > giveUpAt) interruptCommand(run, process.pid)
      else advanceRun(run, at)
    }
  }
  return printed
}
