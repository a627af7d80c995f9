// The owner of the World, behind the protocol: it answers the page's requests and has no timers and
// no DOM of its own, so that tests run it in process.
import { hashText } from '../base/rng.ts'
import { simTimeOf } from '../base/time.ts'
import { complete } from '../kubectl/complete.ts'
import type { World } from '../sim/world.ts'
import { enterBranch, leaveFuture, nameBranch, removeBranch } from '../session/futures.ts'
import { seekRun } from '../session/rewind.ts'
import { advanceRun, createRun, finishInstant, pidOf, stepRun, type Run } from '../session/run.ts'
import { readSaved, saveRun } from '../session/saved.ts'
import { readShared, shareRun } from '../session/shared.ts'
import { runOf } from '../session/timeline.ts'
import { interruptCommand, setFiles, typeCommand } from '../session/typing.ts'
import type { ChapterPlan } from '../story/plan.ts'
import { beginChapter } from '../story/script.ts'
import { namesIn } from './assist-values.ts'
import { completionsAt, fieldHelp, loadDocs } from './assist.ts'
import { checkManifest, previewApply } from './check.ts'
import { inspect } from './inspect.ts'
import { inspectTick } from './inspect-tick.ts'
import type { Host } from './protocol.ts'
import { repairManifest } from './repair.ts'
import { optionsOf, startAnew, stateOf, type State } from './state.ts'
import { changeBefore, stepToChange } from './steps.ts'
import { branchViews, updateOf } from './update.ts'

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
    ...branchVerbs(open),
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
  // What was open stays so when the answer cannot be made.
  const begin = (state: State) => {
    const update = updateOf(state, false)
    open.state = state
    return update
  }
  return {
    open(session) {
      const goals = goalsOf(session.chapter)
      return begin(stateOf(session, createRun(optionsOf(session)), goals))
    },
    openChapter(slug) {
      const plan = planOf(slug)
      const { start: at, seed, cluster, files } = plan
      const session = { title: slug, start: at, seed, cluster, files, chapter: slug }
      return {
        session,
        update: begin(stateOf(session, beginChapter(plan, seed, false), plan.goals)),
      }
    },
    solution(slug) {
      return { steps: planOf(slug).fixes[0]?.steps ?? [] }
    },
    restore(saved) {
      const { session, timeline, frame } = readSaved(saved)
      const run = runOf(optionsOf(session), timeline, frame)
      return { session, update: begin(stateOf(session, run, goalsOf(session.chapter))) }
    },
    save: () => saveRun(current(open).session, current(open).run),
    share: () => shareRun(current(open).session, current(open).run),
    openShared(link) {
      const { session, files, timeline } = readShared(link)
      const run = runOf(optionsOf(session), timeline)
      return { session, files, update: begin(stateOf(session, run, goalsOf(session.chapter))) }
    },
  }
}

/** Moving in time. */
function timeVerbs(
  open: Open,
  clock: () => number,
): Verbs<'advance' | 'step' | 'changeBefore' | 'seek' | 'dropFuture'> {
  return {
    advance(until, budgetMs) {
      const state = current(open)
      const end = clock() + budgetMs
      const done = advanceRun(state.run, simTimeOf(until), () => clock() < end)
      return updateOf(state, !done)
    },
    step(unit) {
      if (unit === 'task') stepRun(current(open).run)
      else stepToChange(current(open).run)
      return updateOf(current(open), false)
    },
    changeBefore: () => changeBefore(current(open).run.lab.world),
    dropFuture() {
      finishInstant(current(open).run)
      leaveFuture(current(open).run)
      return updateOf(current(open), false)
    },
    seek(at) {
      const state = current(open)
      const back = at < state.run.lab.world.now
      seekRun(state.run, simTimeOf(at))
      if (back) startAnew(state)
      return updateOf(state, false)
    },
  }
}

/** The futures that were left by typing in the past. */
function branchVerbs(
  open: Open,
): Verbs<'branches' | 'enterBranch' | 'removeBranch' | 'nameBranch'> {
  const after = (change: (run: Run) => void) => {
    change(current(open).run)
    return updateOf(current(open), false)
  }
  return {
    branches: () => branchViews(current(open).run),
    enterBranch: (id) =>
      after((run) => {
        enterBranch(run, id)
        startAnew(current(open))
      }),
    removeBranch: (id) => after((run) => removeBranch(run, id)),
    nameBranch: (id, name) => after((run) => nameBranch(run, id, name)),
  }
}

/** Running programs of the terminal. */
function commandVerbs(open: Open): Verbs<'exec' | 'interrupt'> {
  let docs: unknown
  void loadDocs().then((loaded) => (docs = loaded))
  return {
    exec(program, argv, { files, stdin, line }) {
      const state = current(open)
      const { run } = state
      run.docs = docs
      setFiles(run, files)
      // The command will be the next input; what it says at once already bears its pid.
      const pid = pidOf(run.inputs.length)
      const write = (stream: 'stdout' | 'stderr') => (text: string) =>
        void state.output.push({ pid, stream, text })
      const output = { stdout: write('stdout'), stderr: write('stderr') }
      const process = typeCommand(run, { program, argv, stdin, line }, output)
      state.processes.set(pid, process)
      return { pid, update: updateOf(state, false) }
    },
    interrupt(pid) {
      const state = current(open)
      interruptCommand(state.run, pid)
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
    inspect: (kind, namespace, name, part, scheduledAt) => {
      if (part !== 'why' || scheduledAt === undefined)
        return inspect(world(), kind, namespace, name, part)
      const tick = { namespace, name, scheduledAt }
      const history = inspectTick(world(), current(open).run.inputs, tick)
      return history && { why: history }
    },
    complete: (line) => complete(line, world()),
    check: (text) => checkManifest(world(), text),
    fieldHelp,
    completionsAt: (text, line, column) => completionsAt(text, line, column, namesIn(world())),
    repair: repairManifest,
    preview: (text) => previewApply(world(), text),
    logHash: () => logHash(world()),
  }
}

/** FNV-1a over every entry still in the log, in order, as canonical text. */
function logHash(world: World): string {
  let hash = 0
  for (const { before: _before, ...entry } of world.log.entries)
    hash = hashText(`${hash} ${JSON.stringify(entry)}`)
  return hash.toString(16).padStart(8, '0')
}
