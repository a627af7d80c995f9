// The futures of a run: the one that is left by typing in the past stays as a branch, which can be
// entered again where it had been left, without running what its frames still hold.
import { forgetAfter } from '../sim/history.ts'
import {
  branchOf,
  BRANCHES_MAX,
  forkOf,
  inputsOf,
  withBranch,
  withoutBranch,
  type Branch,
} from './branches.ts'
import { replayTo } from './rewind.ts'
import { restartRun, type Run } from './run.ts'

/** All branches as they are now, this one with all it has been given. */
export function branchesNow(run: Run): readonly Branch[] {
  const { now } = run.lab.world
  const branch = branchOf(run.branches, run.branch)
  const inputs = [...run.inputs, ...run.future].slice(branch.from)
  const seenTo = [branch.reachedAt, run.ahead?.at ?? now, now]
  const reachedAt = seenTo.reduce((latest, at) => (at > latest ? at : latest))
  return withBranch(run.branches, { ...branch, inputs, reachedAt })
}

/**
 * Called before anything is given. With a future ahead, what follows goes into a new branch; what
 * was known of the time after now holds no longer.
 */
export function leaveFuture(run: Run): void {
  const { now } = run.lab.world
  if (run.future.length > 0) {
    keep(run)
    const id = 1 + Math.max(...run.branches.map((branch) => branch.id))
    const fork = { id, from: run.inputs.length, at: now }
    run.branches = [...run.branches, forkOf(run.branches, run.branch, fork)]
    run.branch = id
    run.future = []
    const oldest = run.branches.find((branch) => branch.id !== id)
    if (run.branches.length > BRANCHES_MAX && oldest !== undefined) removeBranch(run, oldest.id)
  }
  const branch = branchOf(run.branches, run.branch)
  run.branches = withBranch(run.branches, { ...branch, reachedAt: now })
  run.ahead = undefined
  run.ends = new Map([...run.ends].filter(([, at]) => at <= now))
  const { inputs } = run
  run.history.frames = run.history.frames.filter((frame) => frame.inputs <= inputs.length)
  forgetAfter(run.history, now)
}

/** Goes to the latest moment that was seen of another branch. */
export function enterBranch(run: Run, id: number): void {
  const branch = branchOf(run.branches, id)
  if (id === run.branch) return
  const left = [...run.inputs, ...run.future]
  keep(run)
  const kept = run.kept.get(id)
  run.kept.delete(id)
  run.branch = id
  run.ahead = undefined
  run.ends = new Map(kept?.ends)
  const timeline = inputsOf(run.branches, id)
  // A command of both branches continues to be heard; others have the same index by chance.
  for (const index of run.heard.keys()) if (left[index] !== timeline[index]) run.heard.delete(index)
  if (kept === undefined) restartRun(run)
  else {
    run.history = kept.history
    run.trace = kept.trace
  }
  replayTo(run, timeline, branch.reachedAt)
}

/** Forgets a branch. Throws for the one the run is in. */
export function removeBranch(run: Run, id: number): void {
  if (id === run.branch) throw new Error('the branch that is open cannot be removed')
  run.branches = withoutBranch(branchesNow(run), id)
  run.kept.delete(id)
}

/** Gives a branch a name. */
export function nameBranch(run: Run, id: number, name: string): void {
  run.branches = withBranch(run.branches, { ...branchOf(run.branches, id), name })
}

/** Keeps the branch the run is in, for coming back to it. */
function keep(run: Run): void {
  run.branches = [...branchesNow(run)]
  const { history, ahead, trace, ends } = run
  run.kept.set(run.branch, { history, trace: ahead?.trace ?? trace, ends })
  run.history = { ...history, frames: [...history.frames] }
}
