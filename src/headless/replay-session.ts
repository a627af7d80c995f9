// A recorded session run again: its cluster, its files, its commands at their times. What kubectl
// needs to start up (a few hundredths of a second on a real machine) passes before each command.
import { addMs, type SimTime } from '../base/time.ts'
import type { KubeEvent } from '../sim/api-types/core.ts'
import type { KubeObject } from '../sim/api-types/meta.ts'
import type { ClusterConfig } from '../sim/cluster.ts'
import type { Entry } from '../sim/log.ts'
import { DOCS } from '../sim/schema/docs.generated.ts'
import type { RunningProcess } from '../session/lab.ts'
import { advanceRun, createRun, stepRun, type Run } from '../session/run.ts'
import { interruptCommand, setFiles, typeCommand } from '../session/typing.ts'
import { HOME, plainCall } from '../worker/program-call.ts'
import type { ShellState } from '../worker/shell-messages.ts'
import { createShell, type RunProgram, type Shell, type ShellOutput } from '../worker/shell.ts'

interface RecordedStep {
  at: number
  run: string
  exit?: number
  stdout?: string
  stderr?: string
  /** The command is ended by a signal after this many seconds. */
  for?: number
}

interface RecordedObject {
  at: number
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  kind: string
  object: KubeObject
}

export interface Recording {
  title?: string
  start: string
  seed?: number
  cluster: Partial<ClusterConfig>
  files: Readonly<Record<string, string>>
  steps: readonly RecordedStep[]
}

export interface Transcript {
  steps: RecordedStep[]
  objects: RecordedObject[]
}

/** From the start of the kubectl program to its first request. */
const KUBECTL_START_MS = 60
/** apply reads the server's schema and the live object before it writes, as recorded. */
const APPLY_START_MS = 100
/** The lab's own switches are there at once. */
const LAB_START_MS = 5
/** How long the cluster is watched after the last command, as the recordings have it. */
const TAIL_MS = 500
/** After the last command those with a time limit are looked at this often. */
const LOOK_MS = 20
/** Exit code that the recorder noted for a command it ended by a signal. */
const EXIT_ENDED = 1
const WATCHED = ['Job', 'CronJob', 'Pod', 'DaemonSet', 'ControllerRevision', 'Event', 'Node']

/** A command that is ended by a signal at `until`. */
interface Timed {
  until: SimTime
  current: () => RunningProcess | undefined
  done: Promise<void>
}

/** How the recording's session begins. */
export function sessionOf({ title = '', start, seed = 1, cluster, files }: Recording) {
  return { title, start, seed, cluster, files }
}

/** Runs the recording's commands and returns what they printed and what the cluster did. */
export async function replaySession(recording: Recording): Promise<Transcript> {
  const transcript: Transcript = { steps: [], objects: [] }
  const run = createRun(sessionOf(recording))
  const { lab } = run
  const record = lab.onEntry
  lab.onEntry = (entry) => {
    record?.(entry)
    const seen = asObject(entry, lab.world.start)
    if (seen !== undefined) transcript.objects.push(seen)
  }
  await runRecording(run, recording, transcript.steps)
  return transcript
}

/** Types the recording's commands into the run, in a shell; `results` are filled in. */
export async function runRecording(
  run: Run,
  recording: Recording,
  results: RecordedStep[],
): Promise<void> {
  const { start } = run.lab.world
  run.docs = DOCS
  let started: RunningProcess | undefined
  const runProgram: RunProgram = async (call, output) => {
    setFiles(run, call.files)
    const process = typeCommand(run, call, output)
    started = process
    while (process.exit === undefined) await idle()
    return process.exit
  }
  const shell = createShell(runProgram)
  await shell.mirror(recording.files)
  const lines: Lines = { shell, runProgram, state: { cwd: HOME, env: {} } }
  const timed: Timed[] = []
  for (const [index, step] of recording.steps.entries()) {
    const startMs = startMsOf(step.run)
    await advanceTo(run, addMs(start, step.at * 1000 + startMs), timed)
    started = undefined
    const done = runStep(lines, step).then((result) => void (results[index] = result))
    await idle()
    const process: RunningProcess | undefined = started
    const until = addMs(run.lab.world.now, (step.for ?? 0) * 1000)
    if (step.for === undefined) await driveToEnd(run, done, () => started)
    else timed.push({ until, current: () => process, done })
  }
  while (timed.some(({ current }) => isRunning(current())))
    await advanceTo(run, addMs(run.lab.world.now, LOOK_MS), timed)
  await Promise.all(timed.map(({ done }) => done))
  advanceRun(run, addMs(run.lab.world.now, TAIL_MS))
}

/** What passes from a command line to its first write. */
function startMsOf(line: string): number {
  if (/^lab\b/.test(line)) return LAB_START_MS
  return /^kubectl (?:-\S+ (?:[^-\s]\S* )?)*apply /.test(line) ? APPLY_START_MS : KUBECTL_START_MS
}

/** Where the recording's lines run, and what they leave. */
interface Lines {
  shell: Shell
  runProgram: RunProgram
  state: ShellState
}

/** Runs a line as the terminal does: a program by itself, all else in the shell. */
async function runStep(lines: Lines, step: RecordedStep): Promise<RecordedStep> {
  const { shell, runProgram, state } = lines
  const result = { at: step.at, run: step.run, exit: 0, stdout: '', stderr: '' }
  const output: ShellOutput = {
    stdout: (text) => (result.stdout += text),
    stderr: (text) => (result.stderr += text),
  }
  const call = plainCall(step.run, await shell.readFiles(), state.cwd)
  if (call !== undefined) result.exit = await runProgram(call, output)
  else {
    const left = await shell.exec(step.run, state, output)
    lines.state = left.state
    result.exit = left.code
  }
  return result
}

/** Runs time up to `until`, ending the timed commands on the way. */
async function advanceTo(run: Run, until: SimTime, timed: readonly Timed[]): Promise<void> {
  for (const command of [...timed].sort((a, b) => a.until - b.until)) {
    if (command.until > until) break
    const process = command.current()
    if (!isRunning(process)) continue
    advanceRun(run, command.until)
    if (!isRunning(process)) continue
    interruptCommand(run, process.pid)
    process.exit = EXIT_ENDED
    await command.done
  }
  advanceRun(run, until)
}

/** Asked again after time has passed: a command may end by itself. */
function isRunning(process: RunningProcess | undefined): process is RunningProcess {
  return process !== undefined && process.exit === undefined
}

/** Lets time pass until the command has ended; one that nothing can end is interrupted. */
async function driveToEnd(
  run: Run,
  done: Promise<void>,
  current: () => RunningProcess | undefined,
): Promise<void> {
  let ended = false
  const end = (): void => void (ended = true)
  done.then(end, end)
  await idle()
  while (!ended) {
    const process = current()
    const waits = process !== undefined && process.exit === undefined
    if (waits && !stepRun(run)) interruptCommand(run, process.pid)
    await idle()
  }
  await done
}

/** Gives every promise that can continue its turn. */
function idle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function asObject(entry: Entry, start: SimTime): RecordedObject | undefined {
  const object = entry.after ?? entry.before
  if (object === undefined || !WATCHED.includes(entry.kind)) return undefined
  // Recordings leave events about Nodes out: what machines say of themselves is not behaviour.
  if (object.kind === 'Event' && (object as KubeEvent).involvedObject.kind === 'Node')
    return undefined
  const type = entry.after === undefined ? 'DELETED' : entry.before ? 'MODIFIED' : 'ADDED'
  return { at: (entry.at - start) / 1000, type, kind: entry.kind, object }
}
