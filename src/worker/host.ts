// The owner of the World, behind the protocol: it answers the page's requests and has no timers and
// no DOM of its own, so that tests run it in process.
import { hashText } from '../base/rng.ts'
import { parseTime, simTimeOf, type SimTime } from '../base/time.ts'
import { nextTime } from '../sim/lib/cron-next.ts'
import { parseCron } from '../sim/lib/cron-parse.ts'
import type { CronJob } from '../sim/api-types/batch.ts'
import type { KubeObject } from '../sim/api-types/meta.ts'
import { kindOf } from '../sim/kinds/index.ts'
import { entriesAfter } from '../sim/log.ts'
import { listObjects } from '../sim/store.ts'
import { spanState, takeAll, takeChanges, type Trace } from '../sim/trace.ts'
import type { World } from '../sim/world.ts'
import { nextAt, type RunningProcess } from '../story/lab.ts'
import {
  advanceRun,
  createRun,
  interruptCommand,
  replayRun,
  restoreRun,
  seekRun,
  stepRun,
  typeCommand,
  type Input,
  type Run,
} from '../story/run.ts'
import type { Goal } from '../story/goals.ts'
import { goalStates, goalTracker, type GoalTracker } from '../story/goal-tracker.ts'
import type { Plan } from '../story/plan.ts'
import { beginChapter } from '../story/script.ts'
import { completionsAt, fieldHelp, loadDocs } from './assist.ts'
import { namesIn } from './assist-values.ts'
import { complete } from '../kubectl/complete.ts'
import { checkManifest, previewApply } from './check.ts'
import { inspect } from './inspect.ts'
import { repairManifest } from './repair.ts'
import type {
  Host,
  ObjectView,
  ProcessOutput,
  SavedSession,
  SessionStart,
  UpcomingFirings,
  Update,
} from './protocol.ts'

/** Kinds the page draws. */
const SHOWN = ['Node', 'Namespace', 'Pod', 'Job', 'CronJob', 'DaemonSet']
const UPCOMING_FIRINGS = 24
const SAVE_VERSION = 1
/** `step('change')` gives up after this many tasks that show nothing. */
const STEP_TASKS_MAX = 5_000

interface State {
  session: SessionStart
  run: Run
  goals: GoalTracker
  /** The id of the last Entry whose object the page has seen; -1: send everything. */
  sentId: number
  output: ProcessOutput[]
  processes: Map<number, RunningProcess>
  files: Readonly<Record<string, string>>
}

/**
 * A host without a session: `open` or `restore` comes first. `clock` measures budgets, in ms;
 * `planOf` gives a chapter's plan by its slug.
 */
export function createHost(clock: () => number, planOf: (slug: string) => Plan): Host {
  const goalsOf = (slug: string | undefined) => (slug === undefined ? [] : planOf(slug).goals)
  let state: State | undefined
  let docs: unknown
  void loadDocs().then((loaded) => (docs = loaded))
  const current = (): State => {
    if (state === undefined) throw new Error('no session is open')
    return state
  }
  return {
    open(session) {
      state = stateOf(
        session,
        createRun(optionsOf(session)),
        session.files,
        goalsOf(session.chapter),
      )
      return updateOf(state, false)
    },
    openChapter(slug) {
      const plan = planOf(slug)
      const { start: at, seed, cluster, files } = plan
      const session = { title: slug, start: at, seed, cluster, files, chapter: slug }
      state = stateOf(session, beginChapter(plan), files, plan.goals)
      return { session, update: updateOf(state, false) }
    },
    solution(slug) {
      const { solutionFiles, solution } = planOf(slug)
      return { files: solutionFiles, steps: solution }
    },
    restore(saved) {
      const { session, files } = saved
      const { world, inputs, trace } = saved.world as SavedRun
      if (saved.version !== SAVE_VERSION) throw new Error('the saved session is of another version')
      state = stateOf(
        session,
        restoreRun(optionsOf(session), { world, trace, inputs }),
        files,
        goalsOf(session.chapter),
      )
      return updateOf(state, false)
    },
    save: () => saveOf(current()),
    share() {
      const { session, files, run } = current()
      return { version: SAVE_VERSION, session, files, now: run.lab.world.now, inputs: run.inputs }
    },
    openShared(shared) {
      const { version, session, files, inputs, now } = shared
      if (version !== SAVE_VERSION) throw new Error('the link is of another version')
      const run = replayRun(optionsOf(session), inputs as readonly Input[], simTimeOf(now))
      state = stateOf(session, run, files, goalsOf(session.chapter))
      return updateOf(state, false)
    },
    advance(until, budgetMs) {
      const { run } = current()
      const end = clock() + budgetMs
      const done = advanceRun(run, simTimeOf(until), () => clock() < end)
      return updateOf(current(), !done)
    },
    step(unit) {
      stepBy(current().run, unit)
      return updateOf(current(), false)
    },
    seek(at) {
      const here = current()
      const back = at < here.run.lab.world.now
      seekRun(here.run, simTimeOf(at))
      if (back) forgetSent(here)
      return updateOf(here, false)
    },
    exec(program, argv, options) {
      const here = current()
      here.files = options.files
      const process = start(here, program, argv, { ...options, docs })
      here.processes.set(process.pid, process)
      return { pid: process.pid, update: updateOf(here, false) }
    },
    interrupt(pid) {
      const process = current().processes.get(pid)
      if (process !== undefined) interruptCommand(current().run, process)
      return updateOf(current(), false)
    },
    inspect: (kind, namespace, name) => inspect(current().run.lab.world, kind, namespace, name),
    complete: (line) => complete(line, current().run.lab.world),
    check: (text) => checkManifest(current().run.lab.world, text),
    fieldHelp,
    completionsAt: (text, line, column) =>
      completionsAt(text, line, column, namesIn(current().run.lab.world)),
    repair: repairManifest,
    preview: (text) => previewApply(current().run.lab.world, text),
    logHash: () => logHash(current().run.lab.world),
  }
}

interface SavedRun {
  world: World
  inputs: readonly Input[]
  trace: Trace
}

function optionsOf(session: SessionStart) {
  return { start: session.start, seed: session.seed, cluster: session.cluster }
}

function stateOf(
  session: SessionStart,
  run: Run,
  files: Readonly<Record<string, string>>,
  goals: readonly Goal[],
): State {
  const processes = new Map<number, RunningProcess>()
  return { session, run, goals: goalTracker(goals), sentId: -1, output: [], processes, files }
}

function saveOf(state: State): SavedSession {
  const { run, session, files } = state
  const { world } = run.lab
  const saved: SavedRun = { world, inputs: run.inputs, trace: run.trace }
  return { version: SAVE_VERSION, session, files, world: saved }
}

interface ExecOptions {
  stdin: string
  files: Readonly<Record<string, string>>
  line: string
  docs: unknown
}

function start(
  state: State,
  program: string,
  argv: readonly string[],
  { docs, ...options }: ExecOptions,
): RunningProcess {
  let pid = 0
  const early: ProcessOutput[] = []
  const write = (stream: 'stdout' | 'stderr') => (text: string) =>
    (pid === 0 ? early : state.output).push({ pid, stream, text })
  const input = { program, argv, ...options }
  const output = { stdout: write('stdout'), stderr: write('stderr'), docs }
  const process = typeCommand(state.run, input, output)
  pid = process.pid
  state.output.push(...early.map((part) => ({ ...part, pid })))
  return process
}

function stepBy(run: Run, unit: 'task' | 'change'): void {
  if (unit === 'task') {
    stepRun(run)
    return
  }
  for (let tasks = 0; tasks < STEP_TASKS_MAX; tasks++) {
    const before = run.lab.world.log.nextId - 1
    if (!stepRun(run)) return
    const fresh = entriesAfter(run.lab.world.log, before)
    if (fresh.some((entry) => SHOWN.includes(entry.kind))) return
  }
}

function forgetSent(state: State): void {
  state.sentId = -1
}

function updateOf(state: State, behind: boolean): Update {
  const { run } = state
  const { world } = run.lab
  const reset = state.sentId < 0 || state.sentId + 1 < world.log.firstId
  const changes = reset ? takeAll(run.trace) : takeChanges(run.trace)
  const objects = reset ? everything(world) : changedSince(world, state.sentId)
  state.sentId = world.log.nextId - 1
  const output = state.output
  state.output = []
  return {
    now: world.now,
    start: world.start,
    reset,
    objects: objects.changed,
    removedUids: objects.removed,
    spans: changes.spans,
    marks: changes.marks,
    upcoming: upcomingOf(world),
    output,
    exits: takeExits(state),
    goals: goalStates(state.goals, run),
    stopped: [...world.stopped],
    nextTaskAt: nextAt(run.lab),
    behind,
  }
}

function takeExits(state: State): { pid: number; code: number }[] {
  const exits: { pid: number; code: number }[] = []
  for (const [pid, process] of state.processes) {
    if (process.exit === undefined) continue
    exits.push({ pid, code: process.exit })
    state.processes.delete(pid)
  }
  return exits
}

function everything(world: World): { changed: ObjectView[]; removed: string[] } {
  const objects = SHOWN.flatMap((kind) => listObjects<KubeObject>(world.store, kind))
  return { changed: objects.map((object) => viewOf(world, object)), removed: [] }
}

/** Only the last version of each object counts: at high speed most are replaced unseen. */
function changedSince(world: World, id: number): { changed: ObjectView[]; removed: string[] } {
  const last = new Map<string, KubeObject | undefined>()
  for (const entry of entriesAfter(world.log, id))
    if (SHOWN.includes(entry.kind) && entry.verb !== 'note') last.set(entry.uid, entry.after)
  const changed: ObjectView[] = []
  const removed: string[] = []
  for (const [uid, object] of last)
    if (object === undefined) removed.push(uid)
    else changed.push(viewOf(world, object))
  return { changed, removed }
}

function viewOf(world: World, object: KubeObject): ObjectView {
  const column = kindOf(object.kind).columns.find(({ name }) => name.toLowerCase() === 'status')
  const status = column === undefined ? '' : column.cell(object, world.now)
  return { object, state: spanState(object), status }
}

function upcomingOf(world: World): UpcomingFirings[] {
  return listObjects<CronJob>(world.store, 'CronJob').map((cronJob) => ({
    uid: cronJob.metadata.uid,
    times: cronJob.spec.suspend === true ? [] : upcomingTimes(cronJob, world.now),
  }))
}

/** The coming firings of a schedule; remembered, because they are asked for with every answer. */
const rememberedTimes = new Map<string, { from: SimTime; times: SimTime[] }>()

function upcomingTimes(cronJob: CronJob, now: SimTime): readonly SimTime[] {
  const { schedule, timeZone } = cronJob.spec
  const id = `${cronJob.metadata.uid} ${schedule} ${timeZone ?? ''}`
  const known = rememberedTimes.get(id)
  if (known !== undefined && known.from <= now && now < known.times[0]!) return known.times
  const parsed = parseCron(schedule)
  const times: SimTime[] = []
  let at: SimTime | undefined = base(cronJob, now)
  while (times.length < UPCOMING_FIRINGS) {
    at = nextTime(parsed, at, timeZone)
    if (at === undefined) break
    if (at > now) times.push(at)
  }
  if (times.length > 0) rememberedTimes.set(id, { from: now, times })
  if (rememberedTimes.size > 200) rememberedTimes.clear()
  return times
}

/** `@every` counts from the last firing; calendar schedules from any moment. */
function base(cronJob: CronJob, now: SimTime): SimTime {
  if (!cronJob.spec.schedule.startsWith('@every')) return now
  return parseTime(cronJob.status?.lastScheduleTime ?? cronJob.metadata.creationTimestamp)
}

/** FNV-1a over every entry still in the log, in order, as canonical text. */
function logHash(world: World): string {
  let hash = 0
  for (const { before: _before, ...entry } of world.log.entries)
    hash = hashText(`${hash} ${JSON.stringify(entry)}`)
  return hash.toString(16).padStart(8, '0')
}
