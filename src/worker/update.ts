// What has changed since the page last heard: every answer that moves the cluster ends in one.
import type { KubeObject } from '../sim/api-types/meta.ts'
import { findKind, kindOf, KINDS } from '../sim/kinds/index.ts'
import type { KindView } from '../sim/kinds/kind.ts'
import { entriesAfter, type Entry } from '../sim/log.ts'
import { listObjects } from '../sim/store.ts'
import { stateOf, takeAll, takeChanges } from '../sim/trace.ts'
import type { World } from '../sim/world.ts'
import { goalStates } from '../story/goal-tracker.ts'
import { branchOf, inputsOf } from '../session/branches.ts'
import { branchesNow } from '../session/futures.ts'
import { nextAt } from '../session/lab.ts'
import type { Run } from '../session/run.ts'
import { ledgerChanges } from './ledgers.ts'
import type { BranchView, ObjectView, Update } from './protocol.ts'
import { trackerOf, type State } from './state.ts'
import { upcomingOf } from './upcoming.ts'

/** Whether a change is of what the page shows: a command's Entry, whose kind is '', is none. */
export function isVisible({ kind }: Entry): boolean {
  return findKind(kind)?.view !== undefined
}

/** The Update since the last one; everything when the page must start over. */
export function updateOf(state: State, behind: boolean): Update {
  const { run } = state
  const { world } = run.lab
  const reset = state.sentId < 0
  if (reset) state.sentTicks.clear()
  const complete = state.sentId + 1 < world.log.firstId
  const spans = reset ? takeAll(run.trace) : takeChanges(run.trace)
  const objects = complete ? everything(world) : changedSince(world, state.sentId)
  state.sentId = world.log.nextId - 1
  const output = state.output
  state.output = []
  return {
    now: world.now,
    start: world.start,
    reset,
    complete,
    objects: objects.changed,
    removedUids: objects.removed,
    spans,
    ledgers: ledgerChanges(world, state.sentTicks),
    upcoming: upcomingOf(world),
    output,
    exits: takeExits(state),
    goals: goalStates(trackerOf(state), run),
    branches: branchViews(run),
    seenTo: branchOf(branchesNow(run), run.branch).reachedAt,
    stopped: [...world.stopped],
    outages: world.outages,
    nextTaskAt: nextAt(run.lab),
    behind,
  }
}

/** The other futures of the run. */
export function branchViews(run: Run): BranchView[] {
  return run.branches
    .filter(({ id }) => id !== run.branch)
    .map(({ id, name, from, reachedAt }) => {
      const own = inputsOf(run.branches, id).slice(from)
      const commands = own.filter(({ kind }) => kind === 'run').length
      return { id, name, leftAt: reachedAt, commands }
    })
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
  const changed = KINDS.flatMap(({ kind, view }) =>
    view === undefined
      ? []
      : listObjects<KubeObject>(world.store, kind).map((object) => viewOf(world, object, view)),
  )
  return { changed, removed: [] }
}

/** Only the last version of each object counts: at high speed most are replaced unseen. */
function changedSince(world: World, id: number): { changed: ObjectView[]; removed: string[] } {
  const last = new Map<string, { object: KubeObject | undefined; view: KindView }>()
  for (const { verb, kind, uid, after: object } of entriesAfter(world.log, id)) {
    const view = findKind(kind)?.view
    if (view !== undefined && verb !== 'note') last.set(uid, { object, view })
  }
  const changed: ObjectView[] = []
  const removed: string[] = []
  for (const [uid, { object, view }] of last)
    if (object === undefined) removed.push(uid)
    else changed.push(viewOf(world, object, view))
  return { changed, removed }
}

function viewOf(world: World, object: KubeObject, view: KindView): ObjectView {
  const column = kindOf(object.kind).columns.find(({ name }) => name.toLowerCase() === 'status')
  const status = column === undefined ? '' : column.cell(object, world.now)
  return { object, state: stateOf(view, object), status }
}
