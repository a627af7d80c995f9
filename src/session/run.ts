// A run: a lab with the inputs it was given and the history to rewind it. Going back takes the
// nearest frame and replays the inputs from there; typing in the past leaves the old future, which
// is kept as a branch.
import { parseTime, type SimTime } from '../base/time.ts'
import { PROGRAMS } from '../kubectl/programs/index.ts'
import { clusterConfig, type ClusterConfig } from '../sim/cluster.ts'
import { createHistory, forgetAfter, frameBefore, remember, worldOf } from '../sim/history.ts'
import type { History } from '../sim/history.ts'
import { createTrace, recordTrace, truncateTrace, type Trace } from '../sim/trace.ts'
import type { World } from '../sim/world.ts'
import { advance, createLab, exec, interrupt, labOf, nextAt, stepLab, type Lab } from './lab.ts'
import type { RunningProcess, Terminal } from './lab.ts'

/** One command at its time, with the files it saw. */
export interface Input {
  at: SimTime
  program: string
  argv: readonly string[]
  line: string
  stdin: string
  files: Readonly<Record<string, string>>
  /** When it was interrupted, if it was. */
  interruptedAt?: SimTime
}

export interface Run {
  readonly options: RunOptions
  lab: Lab
  trace: Trace
  history: History
  /** What has been typed up to now, in order. */
  inputs: Input[]
  /** What was typed later than now, before time was set back: replayed unless something else is. */
  future: Input[]
  /** Futures that were left by typing in the past, newest last. */
  branches: { leftAt: SimTime; inputs: Input[] }[]
}

export interface RunOptions {
  /** RFC 3339. */
  start: string
  seed: number
  cluster: Partial<ClusterConfig>
  /** See World; true unless told otherwise. */
  freezes?: boolean
}

const BRANCHES_MAX = 8

export function createRun(options: RunOptions): Run {
  const lab = createLab({
    start: parseTime(options.start),
    seed: options.seed,
    cluster: clusterConfig(options.cluster),
    freezes: options.freezes ?? true,
  })
  const trace = createTrace()
  for (const entry of lab.world.log.entries) recordTrace(trace, entry)
  return startRun(options, lab, trace, [])
}

/** A run that continues a saved World. */
export function restoreRun(
  options: RunOptions,
  saved: { world: World; trace: Trace; inputs: readonly Input[] },
): Run {
  return startRun(options, labOf(saved.world), saved.trace, saved.inputs)
}

/** The run that the same beginning and the same inputs give, at the moment `now`. */
export function replayRun(options: RunOptions, inputs: readonly Input[], now: SimTime): Run {
  const run = createRun(options)
  run.future = [...inputs]
  seekRun(run, now)
  return run
}

function startRun(options: RunOptions, lab: Lab, trace: Trace, inputs: readonly Input[]): Run {
  lab.onEntry = (entry) => recordTrace(trace, entry)
  const history = createHistory(lab.world, inputs.length)
  return { options, lab, trace, history, inputs: [...inputs], future: [], branches: [] }
}

/** Runs a command now. With a future ahead, that future becomes a branch. */
export function typeCommand(
  run: Run,
  input: Omit<Input, 'at'>,
  output: Pick<Terminal, 'stdout' | 'stderr' | 'docs'>,
): RunningProcess {
  if (run.future.length > 0) {
    run.branches.push({ leftAt: run.lab.world.now, inputs: [...run.inputs, ...run.future] })
    run.branches = run.branches.slice(-BRANCHES_MAX)
    run.future = []
  }
  forgetAfter(run.history, run.lab.world.now)
  const full: Input = { ...input, at: run.lab.world.now }
  run.inputs.push(full)
  return start(run, full, output)
}

/** Ctrl-C for a command that `typeCommand` started. */
export function interruptCommand(run: Run, process: RunningProcess): void {
  const input = run.inputs.findLast((candidate) => candidate.line === process.line)
  if (input !== undefined && process.exit === undefined) input.interruptedAt = run.lab.world.now
  interrupt(run.lab, process.pid)
}

/** Runs time forward; commands of the future are typed again at their times. */
export function advanceRun(run: Run, until: SimTime, mayContinue?: () => boolean): boolean {
  for (;;) {
    const next = run.future[0]
    const stop = next !== undefined && next.at <= until ? next.at : until
    const frameAt = run.history.nextAt
    const goal = frameAt > run.lab.world.now && frameAt < stop ? frameAt : stop
    if (!advance(run.lab, goal, mayContinue)) return false
    remember(run.history, run.lab.world, run.inputs.length)
    if (next !== undefined && goal === next.at) replayInput(run)
    else if (goal === until) return true
    if (mayContinue !== undefined && !mayContinue()) return run.lab.world.now >= until
  }
}

/** Takes the next thing that happens by itself. False when there is none. */
export function stepRun(run: Run): boolean {
  const next = run.future[0]
  const at = nextAt(run.lab)
  if (next !== undefined && (at === undefined || next.at < at)) {
    advance(run.lab, next.at)
    replayInput(run)
    return true
  }
  return stepLab(run.lab)
}

/** Goes to `at`: forward by running, back by replay from the nearest frame. */
export function seekRun(run: Run, at: SimTime): void {
  if (at < run.lab.world.now) rewind(run, at)
  advanceRun(run, at)
}

function rewind(run: Run, at: SimTime): void {
  const all = [...run.inputs, ...run.future]
  const frame = frameBefore(run.history, at)
  if (at < frame.at) {
    // Before what a reload kept: from the very beginning, the same inputs give the same run.
    Object.assign(run, { ...createRun(run.options), branches: run.branches, future: all })
    return
  }
  truncateTrace(run.trace, frame.at)
  run.lab = labOf(worldOf(frame))
  run.lab.onEntry = (entry) => recordTrace(run.trace, entry)
  run.inputs = all.slice(0, frame.inputs)
  run.future = all.slice(frame.inputs)
}

function replayInput(run: Run): void {
  const input = run.future.shift()
  if (input === undefined) return
  run.inputs.push(input)
  const ignore = (): void => undefined
  const process = start(run, input, { stdout: ignore, stderr: ignore })
  // Nobody watches a replayed command: what it had still to say was said the first time.
  if (process.exit === undefined && input.interruptedAt !== undefined)
    interrupt(run.lab, process.pid)
}

function start(
  run: Run,
  input: Input,
  output: Pick<Terminal, 'stdout' | 'stderr'>,
): RunningProcess {
  const program = PROGRAMS[input.program]
  if (program === undefined) throw new Error(`no such program: ${input.program}`)
  const { stdin, files } = input
  return exec(run.lab, program, input.argv, input.line, { stdin, files, ...output })
}
