// Running a chapter's own commands: what prepares its cluster, its solutions, the ways that do not
// help. The same code serves the page, the command line and the proof of every chapter.
import { addMs, type SimTime } from '../base/time.ts'
import { plainProgram } from '../kubectl/programs/words.ts'
import { nextAt } from '../session/lab.ts'
import { advanceRun, createRun, type Run } from '../session/run.ts'
import { interruptCommand, setFiles, typeCommand } from '../session/typing.ts'
import type { ChapterPlan } from './plan.ts'
import type { ScriptStep } from './script-text.ts'

/** A command that waits longer than this on virtual time is interrupted. */
const COMMAND_TIME_MAX_MS = 600_000
/** A watch has no end of its own. */
const WATCH_TIME_MAX_MS = 60_000
const WATCH = ['-w', '--watch', '--watch=true', '--follow']
/** While a script waits, `look` is called this often, and of a long wait at every hundredth. */
const LOOK_MS = 5_000
const LOOKS_MAX = 100

/** A command that was run. */
export interface PlayedStep {
  line: string
  exit: number
  printed: string
}

/** A run at the chapter's beginning: its cluster, prepared. */
export function beginChapter(plan: ChapterPlan, seed: number = plan.seed, freezes = true): Run {
  const run = createRun({
    start: plan.start,
    seed,
    cluster: plan.cluster,
    files: plan.files,
    freezes,
  })
  playScript(run, plan.prepare)
  return run
}

/**
 * Runs commands one after another, each to its end. Files edited on the way are seen by every later
 * command. `look` is called after each command and again and again while time passes.
 */
export function playScript(
  run: Run,
  steps: readonly ScriptStep[],
  look: () => void = () => undefined,
): PlayedStep[] {
  const played: PlayedStep[] = []
  for (const step of steps) {
    pass(run, addMs(run.lab.world.now, step.afterMs), look)
    setFiles(run, { ...run.files, ...step.files })
    if (step.run !== '') played.push(playCommand(run, step.run, look))
    look()
  }
  return played
}

function pass(run: Run, until: SimTime, look: () => void): void {
  const stepMs = Math.max(LOOK_MS, (until - run.lab.world.now) / LOOKS_MAX)
  while (run.lab.world.now < until) {
    const next = addMs(run.lab.world.now, stepMs)
    advanceRun(run, next < until ? next : until)
    look()
  }
}

/** Throws when a line is not one plain program: scripts of chapters need no shell. */
function playCommand(run: Run, line: string, look: () => void): PlayedStep {
  const plain = plainProgram(line)
  if (plain === undefined) throw new Error(`not a plain command: ${line}`)
  let printed = ''
  const print = (text: string): void => void (printed += text)
  const input = { ...plain, line, stdin: '' }
  const process = typeCommand(run, input, { stdout: print, stderr: print })
  const watches = plain.argv.some((word) => WATCH.includes(word))
  const giveUpAt = addMs(run.lab.world.now, watches ? WATCH_TIME_MAX_MS : COMMAND_TIME_MAX_MS)
  look()
  while (process.exit === undefined) {
    const at = nextAt(run.lab)
    if (at === undefined || at > giveUpAt) interruptCommand(run, process.pid)
    else advanceRun(run, at)
  }
  return { line, exit: process.exit, printed }
}
