// The owner of the World, behind the protocol: it answers the page's requests and has no timers and
// no DOM of its own, so that tests run it in process.
import { hashText } from '../base/rng.ts'
import { simTimeOf } from '../base/time.ts'
import { complete } from '../kubectl/complete.ts'
import { entriesAfter } from '../sim/log.ts'
import type { World } from '../sim/world.ts'
import type { RunningProcess } from '../session/lab.ts'
import type { ChapterPlan } from '../story/plan.ts'
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
} from '../session/run.ts'
import { beginChapter } from '../story/script.ts'
import { namesIn } from './assist-values.ts'
import { completionsAt, fieldHelp, loadDocs } from './assist.ts'
import { checkManifest, previewApply } from './check.ts'
import { inspect } from './inspect.ts'
import type { Host, ProcessOutput } from './protocol.ts'
import { repairManifest } from './repair.ts'
import {
  LINK_VERSION,
  optionsOf,
  SAVE_VERSION,
  saveOf,
  stateOf,
  type SavedRun,
  type State,
} from './state.ts'
import { isShown, updateOf } from './update.ts'

/** `step('change')` gives up after this many tasks that show nothing. */
const STEP_TASKS_MAX = 5_000

/** The session that is open, if any: what all verbs share. */
interface Open {
  state: State | undefined
}

/**
 * A host without a session: `open` or `restore` comes first. `clock` measures budgets, in ms;
 * `planOf` gives a chapter's plan by its slug.
 */
export function createHost(clock: () => number, planOf: (slug: string) => ChapterPlan): Host {
  const open: Open = { state: undefined }
  return {
    ...sessionVerbs(open, planOf),
    ...timeVerbs(open, clock),
    ...commandVerbs(open),
    ...questions(open),
  }
}

function current({ state }: Open): State {
  if (state === undefined) throw new Error('no session is open')
  return state
}

type Verbs<K extends keyof Host> = Pick<Host, K>

/** Beginning a session, keeping it, and taking it up again. */
function sessionVerbs(
  open: Open,
  planOf: (slug: string) => ChapterPlan,
): Verbs<'open' | 'openChapter' | 'solution' | 'restore' | 'save' | 'share' | 'openShared'> {
  const goalsOf = (slug: string | undefined) => (slug === undefined ? [] : planOf(slug).goals)
  const begin = (state: State) => updateOf((open.state = state), false)
  return {
    open(session) {
      const goals = goalsOf(session.chapter)
      return begin(stateOf(session, createRun(optionsOf(session)), session.files, goals))
    },
    openChapter(slug) {
      const plan = planOf(slug)
      const { start: at, seed, cluster, files } = plan
      const session = { title: slug, start: at, seed, cluster, files, chapter: slug }
      return {
        session,
        update: begin(stateOf(session, beginChapter(plan, seed, false), files, plan.goals)),
      }
    },
    solution(slug) {
      const { solutionFiles, solution } = planOf(slug)
      return { files: solutionFiles, steps: solution }
    },
    restore({ version, session, files, world: saved }) {
      if (version !== SAVE_VERSION) throw new Error('the saved session is of another version')
      const run = restoreRun(optionsOf(session), saved as SavedRun)
      return begin(stateOf(session, run, files, goalsOf(session.chapter)))
    },
    save: () => saveOf(current(open)),
    share() {
      const { session, files, run } = current(open)
      return { version: LINK_VERSION, session, files, now: run.lab.world.now, inputs: run.inputs }
    },
    openShared({ version, session, files, inputs, now }) {
      if (version !== LINK_VERSION) throw new Error('the link is of another version')
      const run = replayRun(optionsOf(session), inputs as readonly Input[], simTimeOf(now))
      return begin(stateOf(session, run, files, goalsOf(session.chapter)))
    },
  }
}

/** Moving in time. */
function timeVerbs(open: Open, clock: () => number): Verbs<'advance' | 'step' | 'seek'> {
  return {
    advance(until, budgetMs) {
      const state = current(open)
      const end = clock() + budgetMs
      const done = advanceRun(state.run, simTimeOf(until), () => clock() < end)
      return updateOf(state, !done)
    },
    step(unit) {
      stepBy(current(open).run, unit)
      return updateOf(current(open), false)
    },
    seek(at) {
      const state = current(open)
      const back = at < state.run.lab.world.now
      seekRun(state.run, simTimeOf(at))
      if (back) state.sentId = -1
      return updateOf(state, false)
    },
  }
}

/** Running programs of the terminal. */
function commandVerbs(open: Open): Verbs<'exec' | 'interrupt'> {
  let docs: unknown
  void loadDocs().then((loaded) => (docs = loaded))
  return {
    exec(program, argv, options) {
      const state = current(open)
      state.files = options.files
      const process = start(state, program, argv, { ...options, docs })
      state.processes.set(process.pid, process)
      return { pid: process.pid, update: updateOf(state, false) }
    },
    interrupt(pid) {
      const state = current(open)
      const process = state.processes.get(pid)
      if (process !== undefined) interruptCommand(state.run, process)
      return updateOf(state, false)
    },
  }
}

/** What changes nothing. */
function questions(
  open: Open,
): Verbs<
  | 'inspect'
  | 'complete'
  | 'check'
  | 'fieldHelp'
  | 'completionsAt'
  | 'repair'
  | 'preview'
  | 'logHash'
> {
  const world = (): World => current(open).run.lab.world
  return {
    inspect: (kind, namespace, name, part) => inspect(world(), kind, namespace, name, part),
    complete: (line) => complete(line, world()),
    check: (text) => checkManifest(world(), text),
    fieldHelp,
    completionsAt: (text, line, column) => completionsAt(text, line, column, namesIn(world())),
    repair: repairManifest,
    preview: (text) => previewApply(world(), text),
    logHash: () => logHash(world()),
  }
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
    if (fresh.some(({ kind }) => isShown(kind))) return
  }
}

/** FNV-1a over every entry still in the log, in order, as canonical text. */
function logHash(world: World): string {
  let hash = 0
  for (const { before: _before, ...entry } of world.log.entries)
    hash = hashText(`${hash} ${JSON.stringify(entry)}`)
  return hash.toString(16).padStart(8, '0')
}
