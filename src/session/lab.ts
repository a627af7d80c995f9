// A lab: a cluster, and commands run against it over time. The one engine behind the page, the
// replay of recordings, the chapters' tests and the benchmark. Commands are processes on virtual
// time; the lab runs Tasks and resumes processes in the order of time.
import { assert } from '../base/assert.ts'
import type { SimTime } from '../base/time.ts'
import { ACTORS } from '../sim/actors/index.ts'
import { logVersion } from '../sim/kubelets.ts'
import { noteCommand } from '../sim/api.ts'
import { bootCluster } from '../sim/boot.ts'
import type { ClusterConfig } from '../sim/cluster.ts'
import { entriesAfter, type Entry } from '../sim/log.ts'
import { deliver, nextTaskAt, step, type World } from '../sim/world.ts'
import type { Process, ProcessContext, Program, Wait } from '../kubectl/process.ts'

/** Where a command reads and writes. */
interface Terminal {
  stdin: string
  /** The working folder: path → text. */
  files: Readonly<Record<string, string>>
  stdout: (text: string) => void
  stderr: (text: string) => void
  /** What `kubectl explain` reads; absent where it is not loaded. */
  docs?: unknown
}

/** A command that has been started. `exit` is set when it has ended. */
export interface RunningProcess {
  readonly pid: number
  readonly line: string
  exit: number | undefined
  readonly process: Process
  wait: Wait
  readonly stderr: (text: string) => void
}

export interface Lab {
  world: World
  /** Processes that have not ended, in the order of their start. */
  running: RunningProcess[]
  nextPid: number
  /** Entries up to this id have been shown to waiting processes and to `onEntry`. */
  seenId: number
  /** The kubelets' log counter when processes were last resumed. */
  seenLogs: number
  /** Called for each Entry once, in order: the timeline, goals. */
  onEntry: ((entry: Entry) => void) | undefined
  /** Called when a process has ended. */
  onEnd: ((process: RunningProcess) => void) | undefined
}

interface LabOptions {
  start: SimTime
  seed: number
  cluster: ClusterConfig
  /** See World; true by default. */
  freezes?: boolean
  onEntry?: (entry: Entry) => void
}

/** The exit code of a process ended by an interrupt. */
export const EXIT_INTERRUPTED = 130

/** Resumptions of processes at one instant beyond which one of them spins. */
const RESUMES_PER_INSTANT_MAX = 10_000

export function createLab(options: LabOptions): Lab {
  const { start, seed, cluster, freezes, onEntry } = options
  return labOf(bootCluster(start, seed, cluster, ACTORS, freezes), onEntry)
}

/** A lab around a World that is already there (a restored one, a fork). */
export function labOf(world: World, onEntry?: (entry: Entry) => void): Lab {
  const lab: Lab = {
    world,
    running: [],
    nextPid: 1,
    seenId: 0,
    seenLogs: 0,
    onEntry,
    onEnd: undefined,
  }
  if (onEntry !== undefined) for (const entry of entriesAfter(world.log, 0)) onEntry(entry)
  lab.seenId = world.log.nextId - 1
  return lab
}

/** Starts a program now and runs it until it waits or ends. Never throws for what users type. */
export function exec(
  lab: Lab,
  program: Program,
  argv: readonly string[],
  line: string,
  terminal: Terminal,
): RunningProcess {
  const { world } = lab
  const entry = noteCommand(world, line)
  const context: ProcessContext = {
    world,
    by: { actor: 'user', causes: [entry.id] },
    stdin: terminal.stdin,
    readFile: (path) => fileOf(terminal.files, path),
    listFolder: (path) => folderOf(terminal.files, path),
    stdout: terminal.stdout,
    stderr: terminal.stderr,
    cluster: world.cluster,
    docs: terminal.docs,
  }
  const running: RunningProcess = {
    pid: lab.nextPid++,
    line,
    exit: undefined,
    process: program(argv, context),
    wait: {},
    stderr: terminal.stderr,
  }
  lab.running.push(running)
  resume(lab, running)
  settle(lab)
  return running
}

/** Ctrl-C: the process is ended where it waits. */
export function interrupt(lab: Lab, pid: number): void {
  const running = lab.running.find((candidate) => candidate.pid === pid)
  if (running === undefined) return
  running.process.return(EXIT_INTERRUPTED)
  end(lab, running, EXIT_INTERRUPTED)
  settle(lab)
}

/** Whether a process that waits may still change the cluster. */
export function isWriting(lab: Lab): boolean {
  return lab.running.some(({ wait }) => wait.writes === true)
}

/** When something happens next by itself: a Task or a process' timer; undefined: never. */
export function nextAt(lab: Lab): SimTime | undefined {
  let next = nextTaskAt(lab.world)
  for (const { wait } of lab.running)
    if (wait.until !== undefined && (next === undefined || wait.until < next)) next = wait.until
  return next
}

/** Runs what is due at the next instant: one Task, or the processes whose timer is up. */
export function stepLab(lab: Lab): boolean {
  const at = nextAt(lab)
  if (at === undefined) return false
  const taskAt = nextTaskAt(lab.world)
  if (taskAt === undefined || at < taskAt) {
    lab.world.now = at
    for (const running of lab.running)
      if (
        running.exit === undefined &&
        running.wait.until !== undefined &&
        running.wait.until <= at
      )
        resume(lab, running)
  } else step(lab.world, ACTORS)
  settle(lab)
  return true
}

/**
 * Runs everything up to and including `until`, then sets `now` to it. `mayContinue` is asked every
 * 64 steps; when it says no, time stops where it is and false is returned.
 */
export function advance(lab: Lab, until: SimTime, mayContinue: () => boolean = always): boolean {
  for (let steps = 1; ; steps++) {
    const at = nextAt(lab)
    if (at === undefined || at > until) break
    stepLab(lab)
    if (steps % 64 === 0 && !mayContinue()) return false
  }
  if (until > lab.world.now) lab.world.now = until
  return true
}

function always(): boolean {
  return true
}

/** Delivers what changed to actors, `onEntry` and waiting processes until nothing is new. */
function settle(lab: Lab): void {
  for (let rounds = 0; ; rounds++) {
    assert(rounds < RESUMES_PER_INSTANT_MAX, 'commands wake each other for ever')
    deliver(lab.world, ACTORS)
    const logs = logVersion(lab.world)
    const logsGrew = logs !== lab.seenLogs
    if (!logsGrew && lab.seenId === lab.world.log.nextId - 1) return
    const fresh = entriesAfter(lab.world.log, lab.seenId)
    lab.seenId = lab.world.log.nextId - 1
    lab.seenLogs = logs
    if (lab.onEntry !== undefined) for (const entry of fresh) lab.onEntry(entry)
    for (const running of lab.running)
      if (running.exit === undefined && concerns(running.wait, fresh, logsGrew))
        resume(lab, running)
  }
}

function concerns({ kinds }: Wait, entries: readonly Entry[], logsGrew: boolean): boolean {
  if (kinds === undefined) return false
  if (logsGrew && kinds.includes('container-log')) return true
  return entries.some((entry) => entry.after !== entry.before && kinds.includes(entry.kind))
}

function resume(lab: Lab, running: RunningProcess): void {
  const { log } = lab.world
  const { nextId } = log
  const mayWrite = running.wait.writes !== false
  const next = running.process.next()
  if (!mayWrite && log.nextId !== nextId) assert(false, `it was to read only: ${running.line}`)
  if (next.done === true) end(lab, running, next.value)
  else running.wait = { ...next.value, writes: next.value.writes === true }
}

function end(lab: Lab, running: RunningProcess, exit: number): void {
  running.exit = exit
  lab.running = lab.running.filter((other) => other !== running)
  lab.onEnd?.(running)
}

/** Paths as a shell in the working folder means them: `./a.yaml` is `a.yaml`. */
function plainPath(path: string): string {
  return path.replace(/^(\.\/)+/, '').replace(/\/+$/, '')
}

function fileOf(files: Readonly<Record<string, string>>, path: string): string | undefined {
  const name = plainPath(path)
  return Object.hasOwn(files, name) ? files[name] : undefined
}

function folderOf(files: Readonly<Record<string, string>>, path: string) {
  const name = plainPath(path)
  const prefix = name === '' || name === '.' ? '' : `${name}/`
  const inside = Object.keys(files).filter((file) => file.startsWith(prefix))
  const names = inside.map((file) => file.slice(prefix.length)).filter((rest) => rest !== '')
  if (names.length === 0 && prefix !== '') return undefined
  return names.filter((rest) => !rest.includes('/')).sort()
}
