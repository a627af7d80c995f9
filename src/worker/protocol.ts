// What passes between the page and the worker that owns the World. The page asks, the worker
// answers; the worker has no timers. Every answer that may change what is seen is an Update.
import type { KubeObject } from '../sim/api-types/meta.ts'
import type { Verb } from '../sim/log.ts'
import type { ObjectState } from '../sim/kinds/kind.ts'
import type { Interval, Ticks } from '../sim/ledger/ticks.ts'
import type { Outage } from '../sim/outages.ts'
import type { TraceSpan } from '../sim/trace.ts'
import type { Files } from '../session/inputs.ts'
import type { SavedSession } from '../session/saved.ts'
import type { SessionStart } from '../session/session.ts'
import type { SharedSession } from '../session/shared.ts'

export type { SessionStart, SharedSession }

/** One state everywhere: tile, bar, badge, table. `ui/shared/states.ts` gives colour and shape. */
export type ViewState = ObjectState

/** An object as the page shows it: itself, and what kubectl would call its state. */
export interface ObjectView {
  object: KubeObject
  state: ViewState
  /** The STATUS column: `Running`, `CrashLoopBackOff`, `Ready,SchedulingDisabled`. */
  status: string
}

export interface GoalState {
  text: string
  done: boolean
  hint?: string
  /** Three steps, the first of which is `hint`. */
  hints?: readonly string[]
  /** Stands after "because" when done, after "not yet, because" when open. */
  because?: string
  /** The moment of the cluster it rests on, and the Entry that made it. */
  at?: number
  entry?: number
}

/** A future that was left by typing in the past, and can be entered again. */
export interface BranchView {
  id: number
  /** '' when it was given none. */
  name: string
  /** The latest moment that was seen of it, in ms since the epoch. */
  leftAt: number
  /** How many were typed in it after it parted from the others. */
  commands: number
}

/** A coming firing of a CronJob, in milliseconds since the epoch. */
export interface UpcomingFirings {
  uid: string
  times: readonly number[]
  /** What they depend on, in a sentence; '' when on nothing. */
  condition: string
}

/** What became of the scheduled times of one CronJob: the end of its ledger, which has changed. */
export interface LedgerChange {
  kind: string
  namespace: string
  name: string
  uid: string
  /** What was known of times from here on is void. */
  from: number
  ticks: readonly Ticks[]
  suspensions: readonly Interval[]
}

export interface ProcessOutput {
  pid: number
  stream: 'stdout' | 'stderr'
  text: string
}

export interface Update {
  now: number
  start: number
  /** Everything known before is void (a session was opened, or time was set back). */
  reset: boolean
  /** `objects` are all there are, after a jump too long to tell what was removed. */
  complete: boolean
  /** Nodes, Namespaces, Pods, Jobs, CronJobs, DaemonSets that changed. */
  objects: readonly ObjectView[]
  removedUids: readonly string[]
  /** Spans that began, changed or ended, by uid. */
  spans: readonly TraceSpan[]
  ledgers: readonly LedgerChange[]
  upcoming: readonly UpcomingFirings[]
  /** What commands have written, in the order in which they wrote it. */
  output: readonly ProcessOutput[]
  /** Commands that ended, after all their output. */
  exits: readonly { pid: number; code: number }[]
  goals: readonly GoalState[]
  /** The other futures there are. */
  branches: readonly BranchView[]
  /** The latest moment that has been seen of this one: later than now in the past. */
  seenTo: number
  /** Programs and machines that are off: `kube-scheduler`, `node/novacraft-worker`. */
  stopped: readonly string[]
  /** When they were, and the others before. */
  outages: readonly Outage[]
  /** When something happens next by itself; undefined: never. */
  nextTaskAt: number | undefined
  /** `advance` stopped at its budget before `until`. */
  behind: boolean
}

/** An Entry without its objects, for lists. */
export interface EntryView {
  id: number
  at: number
  actor: string
  verb: Verb
  kind: string
  namespace: string
  name: string
  uid: string
  /** One sentence of ours: what changed. */
  summary: string
}

/** What the inspector can show of an object; each part is a tab. */
export interface Inspection {
  /** Its latest changes, newest first, each with its chain of causes (nearest first). */
  why: readonly { entry: EntryView; causes: readonly EntryView[] }[]
  yaml: string
  events: readonly { type: string; reason: string; message: string; count: number; at: number }[]
  /** From the outermost owner down to the object itself. */
  owners: readonly { kind: string; namespace: string; name: string; uid: string }[]
  describe: string
}

export type InspectionPart = keyof Inspection

/** A problem of a manifest at a place in the editor; lines and columns count from 1. */
export interface ManifestMarker {
  line: number
  column: number
  endColumn: number
  severity: 'error' | 'warning'
  message: string
}

/** Documentation of a field, for hover. */
export interface FieldHelp {
  /** `Job.spec.backoffLimit`. */
  path: string
  type: string
  required: boolean
  /** Markdown-free text of the API documentation. */
  text: string
}

export interface Completion {
  label: string
  /** May have several lines; later ones are relative to the cursor's indentation. */
  insert: string
  detail: string
  text: string
  required: boolean
}

/** Applying a manifest: an object it would write, and what of its YAML would change. */
export interface ApplyPreview {
  title: string
  isNew: boolean
  /** Each begins with its sign (' ', '-', '+'); `undefined` stands for unchanged lines left out. */
  lines: readonly (string | undefined)[]
}

/** A chapter at its beginning, its cluster prepared. */
interface OpenedChapter {
  session: SessionStart
  update: Update
}

/** A link's session at its moment. */
interface OpenedLink {
  session: SessionStart
  files: Files
  update: Update
}

/** How a chapter's goals are reached. */
interface Solution {
  /**
   * Its commands, each with the virtual time to let pass before it and the files that are edited
   * before it; '' only lets time pass.
   */
  steps: readonly { afterMs: number; run: string; files?: Readonly<Record<string, string>> }[]
}

/** A step to the next change goes no further than this, in virtual ms. */
export const STEP_MS_MAX = 60_000

/** The worker's verbs. */
export interface Host {
  open(session: SessionStart): Update
  /** Opens a chapter by its slug, from its own beginning. */
  openChapter(slug: string): OpenedChapter
  solution(slug: string): Solution
  /** Continues what `save` gave, of this version or an earlier one. Throws what is wrong with it. */
  restore(saved: unknown): { session: SessionStart; update: Update }
  /** Shares its World with the host: to be copied at once. */
  save(): SavedSession
  share(): SharedSession
  /** Opens the JSON of a link at its moment. Throws what is wrong with it. */
  openShared(link: unknown): OpenedLink
  /** The other futures of the run. */
  branches(): readonly BranchView[]
  /** Goes to the latest moment that was seen of another future. */
  enterBranch(id: number): Update
  /** Forgets another future. */
  removeBranch(id: number): Update
  nameBranch(id: number, name: string): Update
  /** Candidates for the word being typed, for Tab. */
  complete(line: string): readonly string[]
  /** Runs time up to `until` (ms), for at most `budgetMs` of computing. */
  advance(until: number, budgetMs: number): Update
  /** Takes the next task, or goes to the next change a learner can see, a minute at most. */
  step(unit: 'task' | 'change'): Update
  /** When the latest change was before now, in ms; undefined when that is no longer known. */
  changeBefore(): number | undefined
  /** What was ahead is kept as another future; from now on nothing of it is given again. */
  dropFuture(): Update
  /** Goes to any moment: forward by running, back by replay. */
  seek(at: number): Update
  /** Starts a program (`kubectl`, `cron`, `lab`). Its exit may come with a later Update. */
  exec(
    program: string,
    argv: readonly string[],
    options: { stdin: string; files: Readonly<Record<string, string>>; line: string },
  ): { pid: number; update: Update }
  interrupt(pid: number): Update
  /**
   * One part of what there is to know of an object; undefined when it does not exist. With a
   * scheduled time (ms) of a CronJob `why` is about that time.
   */
  inspect(
    kind: string,
    namespace: string,
    name: string,
    part: InspectionPart,
    scheduledAt?: number,
  ): Partial<Inspection> | undefined
  /** The API server's opinion of a manifest, without storing it. */
  check(text: string): readonly ManifestMarker[]
  /** Documentation of the field at a place; lines and columns count from 1. */
  fieldHelp(text: string, line: number, column: number): Promise<FieldHelp | undefined>
  completionsAt(text: string, line: number, column: number): Promise<readonly Completion[]>
  /** A manifest that lost its indentation, repaired; undefined when it has not or cannot be. */
  repair(text: string): string | undefined
  /** What applying the manifest would change; [] when the server refuses it. */
  preview(text: string): readonly ApplyPreview[]
  /** FNV-1a hash of the log so far, for comparing runs. */
  logHash(): string
}

/** The page's own part of what a reload brings back. */
export interface KeptPage {
  files: Readonly<Record<string, string>>
  /** The text of each file when it was last applied. */
  appliedFiles: Readonly<Record<string, string>>
  activeFile: string | undefined
  beat: number
  playing: boolean
  /** What the terminal showed, and the lines typed in it. */
  transcript: string
  history: readonly string[]
}

export type Recalled =
  | { found: 'session'; session: SessionStart; page: KeptPage; update: Update }
  | { found: 'nothing' }
  | { found: 'damaged' }

/** Keeping the session over a reload. In the browser's worker only: it needs IndexedDB. */
export interface Persistence {
  /** False when the browser refuses. */
  keep(page: KeptPage): Promise<boolean>
  /** Reopens what was kept last, unless it is another chapter than the one wanted. */
  recall(wanted: string | undefined): Promise<Recalled>
  forget(): Promise<void>
}
