// A run: a lab with the inputs it is given and the history to rewind it. Here it is begun and moved
// forward; `typing.ts` gives it inputs, `rewind.ts` takes it back, `futures.ts` changes its branch.
import { addMs, parseTime, type SimTime } from '../base/time.ts'
import { PROGRAMS } from '../kubectl/programs/index.ts'
import { clusterConfig, type ClusterConfig } from '../sim/cluster.ts'
import { createHistory, remember, type History } from '../sim/history.ts'
import { createTrace, recordTrace, type Trace } from '../sim/trace.ts'
import type { World } from '../sim/world.ts'
import type { Branch } from './branches.ts'
import { filesAfter, type Files, type Input, type RunInput } from './inputs.ts'
import { advance, createLab, exec, interrupt, isWriting, labOf, nextAt, stepLab } from './lab.ts'
import type { Lab, RunningProcess } from './lab.ts'

export interface RunOptions {
  /** RFC 3339. */
  start: string
  seed: number
  cluster: Partial<ClusterConfig>
  /** The working folder at the start; empty by default. */
  files?: Files
  /** See World; true by default. */
  freezes?: boolean
}

/** Who hears what a command says. */
export interface Output {
  stdout: (text: string) => void
  stderr: (text: string) => void
}

/** How far a timeline was seen before time was set back. */
interface Ahead {
  readonly at: SimTime
  readonly trace: Trace
}

/** What makes it cheap to come back to a branch. */
interface KeptBranch {
  readonly history: History
  readonly trace: Trace
  readonly ends: ReadonlyMap<number, SimTime>
}

export interface Run {
  readonly options: RunOptions
  lab: Lab
  trace: Trace
  history: History
  /** What has been given up to now, in order. The index of an input is its identity. */
  inputs: Input[]
  /** What was given later than now, before time was set back: given again unless something else is. */
  future: Input[]
  /** The working folder. */
  files: Files
  /** The id of the branch this is. */
  branch: number
  /** All branches, this one too, whose inputs are as they were when it was last left. */
  branches: Branch[]
  /** Of the other branches those that this page has been in. */
  kept: Map<number, KeptBranch>
  ahead: Ahead | undefined
  /** When commands ended, by their index, as far as it is known. */
  ends: Map<number, SimTime>
  /** Those who hear a command, by its index, while it runs. */
  heard: Map<number, Output>
  /** What is said is not heard: it is only said again. */
  isQuiet: boolean
  /** What `kubectl explain` reads, once it is loaded. */
  docs: unknown
}

/** While a command is open that may still write, a frame that is due is put off by this. */
const FRAME_RETRY_MS = 5_000

export function createRun(options: RunOptions): Run {
  const world = beginning(options)
  return startRun(options, world, traceOf(world), [])
}

/** A run that continues a World to which these inputs had been given. */
export function continueRun(
  options: RunOptions,
  { world, trace, inputs }: { world: World; trace: Trace; inputs: readonly Input[] },
): Run {
  return startRun(options, world, trace, inputs)
}

function startRun(options: RunOptions, world: World, trace: Trace, inputs: readonly Input[]): Run {
  const { start } = world
  const run: Run = {
    options,
    lab: labOf(world),
    trace,
    history: createHistory(world, inputs.length),
    inputs: [...inputs],
    future: [],
    files: filesAfter(options.files ?? {}, inputs),
    branch: 1,
    branches: [
      { id: 1, name: '', parent: undefined, at: start, from: 0, inputs: [], reachedAt: start },
    ],
    kept: new Map(),
    ahead: undefined,
    ends: new Map(),
    heard: new Map(),
    isQuiet: false,
    docs: undefined,
  }
  listen(run)
  return run
}

/** The World before any input. */
function beginning({ start, seed, cluster, freezes }: RunOptions): World {
  const config = clusterConfig(cluster)
  return createLab({ start: parseTime(start), seed, cluster: config, freezes: freezes ?? true })
    .world
}

/** The trace of a World whose log is whole. */
export function traceOf(world: World): Trace {
  const trace = createTrace()
  for (const entry of world.log.entries) recordTrace(trace, entry)
  return trace
}

/** Takes the run to its very beginning, with nothing given yet. */
export function restartRun(run: Run): void {
  const world = beginning(run.options)
  setWorld(run, world, traceOf(world), [])
  run.history = createHistory(world, 0)
}

/** Puts another World into the run, to which these inputs have been given. */
export function setWorld(run: Run, world: World, trace: Trace, inputs: readonly Input[]): void {
  run.lab = labOf(world)
  run.trace = trace
  run.inputs = [...inputs]
  run.files = filesAfter(run.options.files ?? {}, inputs)
  listen(run)
}

function listen(run: Run): void {
  const { lab } = run
  lab.onEntry = (entry) => recordTrace(run.trace, entry)
  lab.onEnd = ({ pid }) => {
    run.ends.set(indexOf(pid), lab.world.now)
    run.heard.delete(indexOf(pid))
  }
}

/** A process is known by its input: the same one, however the moment is reached. */
export function pidOf(index: number): number {
  return index + 1
}

export function indexOf(pid: number): number {
  return pid - 1
}

/** The process of the command with this index; undefined when it does not run. */
export function processOf(run: Run, index: number): RunningProcess | undefined {
  return run.lab.running.find(({ pid }) => pid === pidOf(index))
}

/** Lets happen what is due now: only then does an input have its place. */
export function finishInstant(run: Run): void {
  advance(run.lab, run.lab.world.now)
}

/** Runs time forward; what the future holds is given again at its times. */
export function advanceRun(run: Run, until: SimTime, mayContinue?: () => boolean): boolean {
  for (;;) {
    const { now } = run.lab.world
    const next = run.future[0]
    const stop = next !== undefined && next.at <= until ? next.at : until
    const frameAt = run.history.nextAt > now ? run.history.nextAt : now
    const goal = frameAt < stop ? frameAt : stop
    if (!advance(run.lab, goal, mayContinue)) return false
    if (next !== undefined && goal === next.at) giveNext(run)
    else {
      takeFrame(run)
      if (goal === until) return true
    }
    if (mayContinue !== undefined && !mayContinue()) return false
  }
}

/** Takes the next thing that happens by itself. False when there is none. */
export function stepRun(run: Run): boolean {
  const next = run.future[0]
  const at = nextAt(run.lab)
  if (next !== undefined && (at === undefined || next.at < at)) {
    advance(run.lab, next.at)
    giveNext(run)
    return true
  }
  return stepLab(run.lab)
}

/** Remembers the World if it is time to and nothing is open that a frame could not bring back. */
function takeFrame({ lab, history, inputs }: Run): void {
  const { now } = lab.world
  if (now < history.nextAt) return
  if (isWriting(lab)) history.nextAt = addMs(now, FRAME_RETRY_MS)
  else remember(history, lab.world, inputs.length)
}

function giveNext(run: Run): void {
  const input = run.future.shift()
  if (input !== undefined) give(run, input)
}

/** Gives the run an input, whose time is now. Returns the process if it is a command. */
export function give(run: Run, input: Input): RunningProcess | undefined {
  run.inputs.push(input)
  if (input.kind === 'run') return start(run, input)
  if (input.kind === 'file') run.files = filesAfter(run.files, [input])
  else {
    const process = processOf(run, input.run)
    // One that only read may not have been brought back; to the cluster that is the same.
    if (process !== undefined) interrupt(run.lab, process.pid)
  }
  return undefined
}

function start(run: Run, { program, argv, line, stdin }: RunInput): RunningProcess {
  const { lab, files, docs } = run
  const index = run.inputs.length - 1
  const main = PROGRAMS[program]
  if (main === undefined) throw new Error(`no such program: ${program}`)
  const say = (stream: keyof Output) => (text: string) => {
    if (!run.isQuiet) run.heard.get(index)?.[stream](text)
  }
  lab.nextPid = pidOf(index)
  const terminal = { stdin, files, docs, stdout: say('stdout'), stderr: say('stderr') }
  return exec(lab, main, argv, line, terminal)
}
