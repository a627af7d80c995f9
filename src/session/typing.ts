// What a user does to a run: types commands, interrupts them, edits files. Each becomes an input of
// its timeline, at the end of the instant that is now.
import { leaveFuture } from './futures.ts'
import { editsBetween, type Files, type RunInput } from './inputs.ts'
import type { RunningProcess } from './lab.ts'
import { finishInstant, give, indexOf, processOf, type Output, type Run } from './run.ts'

/** Runs a command now, in the working folder as it is. `output` hears it until it ends. */
export function typeCommand(
  run: Run,
  { program, argv, line, stdin }: Omit<RunInput, 'kind' | 'at'>,
  output: Output,
): RunningProcess {
  finishInstant(run)
  leaveFuture(run)
  run.heard.set(run.inputs.length, output)
  return give(run, { kind: 'run', at: run.lab.world.now, program, argv, line, stdin })!
}

/** Ctrl-C for the command with this pid; nothing when it has ended, be it in this instant. */
export function interruptCommand(run: Run, pid: number): void {
  finishInstant(run)
  const index = indexOf(pid)
  if (processOf(run, index) === undefined) return
  leaveFuture(run)
  give(run, { kind: 'interrupt', at: run.lab.world.now, run: index })
}

/** Makes the working folder `files`. What differs is an input for each path. */
export function setFiles(run: Run, files: Files): void {
  const edits = editsBetween(run.files, files, run.lab.world.now)
  if (edits.length === 0) return
  finishInstant(run)
  leaveFuture(run)
  for (const edit of edits) give(run, edit)
}
