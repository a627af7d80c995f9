// The store of a run's page, in four slices: what the worker last said of the cluster, playback, the
// session, and the layout. Cluster truth is only ever replaced by Updates (`updates.ts`).
import { createStore, type StoreApi } from 'zustand/vanilla'
import type {
  BranchView,
  GoalState,
  InspectionPart,
  ObjectView,
  SessionStart,
} from '../worker/protocol.ts'
import type { Chapter } from '../story/chapter.ts'
import { loadLayout, saveLayout } from './shared/preferences.ts'

/** What the worker said last. Unchanged objects keep their identity, so their tiles rest. */
interface ClusterSlice {
  now: number
  start: number
  objects: ReadonlyMap<string, ObjectView>
  upcoming: ReadonlyMap<string, readonly number[]>
  goals: readonly GoalState[]
  stopped: readonly string[]
  /** Other futures of the session, left by typing in the past. */
  branches: readonly BranchView[]
  /** The latest moment that has been seen of this future: later than now in the past. */
  seenTo: number
  nextTaskAt: number | undefined
  /** Counts changes of the timeline's model, which is too large to be copied. */
  traceRevision: number
  /** A session is open. */
  ready: boolean
}

interface PlaybackSlice {
  playing: boolean
  /** Virtual seconds in a real second. */
  speed: number
  /** The simulation is slower than the speed asked for. */
  behind: boolean
  /** A jump through time is being computed. */
  seeking: boolean
}

interface SessionSlice {
  session: SessionStart | undefined
  chapters: readonly Chapter[]
  beat: number
  /** Chapters whose goals have all been reached at some time. */
  solved: readonly string[]
  files: Readonly<Record<string, string>>
  /** The text of each file when it was last applied (or opened). */
  appliedFiles: Readonly<Record<string, string>>
  activeFile: string | undefined
  /** The command that runs in the terminal. */
  terminalBusy: string | undefined
  /** Cluster time at which a command last ended: a good moment to save. */
  ranAt: number
  /** Beside the text: shown in the terminal, never part of output. */
  coach: string | undefined
}

export type ThemeName = 'light' | 'dark' | 'projector'
export type ThemeChoice = ThemeName | 'auto'
export type SideTab = 'story' | 'cluster' | 'editor' | 'terminal'
export type PaneName = SideTab | 'timeline'
export type InspectorTab = InspectionPart
export type DialogName = 'chapters' | 'help' | 'about' | 'share' | 'preview' | 'repair'

/** The one thing picked, in every view. */
export interface Selection {
  kind: string
  namespace: string
  name: string
  uid: string
  /** One scheduled time of a CronJob, in ms: why it came out as it did. */
  scheduledAt?: number
}

export interface Notice {
  id: number
  text: string
  tone: 'info' | 'problem'
  action?: { label: string; run: () => void }
}

interface LayoutSlice {
  theme: ThemeChoice
  /** The theme that is shown: `auto` decided. */
  themeName: ThemeName
  tab: SideTab
  /** The pane that fills the page. */
  maximised: PaneName | undefined
  selection: Selection | undefined
  inspectorTab: InspectorTab
  presenting: boolean
  timelineTable: boolean
  /** The terminal also speaks: its rows are offered to screen readers. */
  screenReader: boolean
  coaching: boolean
  dialog: DialogName | undefined
  notices: readonly Notice[]
  /** Notices shown so far: the id of the next. */
  noticeCount: number
  /** A broken invariant or a lost worker; the page stops and offers a way out. */
  fault: string | undefined
}

export type PageState = ClusterSlice & PlaybackSlice & SessionSlice & LayoutSlice

export const EMPTY_CLUSTER: ClusterSlice = {
  now: 0,
  start: 0,
  objects: new Map(),
  upcoming: new Map(),
  goals: [],
  stopped: [],
  branches: [],
  seenTo: 0,
  nextTaskAt: undefined,
  traceRevision: 0,
  ready: false,
}

export type PageStore = StoreApi<PageState>

/** A store with nothing open, its layout as the browser remembers it. */
export function createPageStore(): PageStore {
  const layout = loadLayout()
  return createStore<PageState>()(() => ({
    ...EMPTY_CLUSTER,
    playing: false,
    speed: layout.speed,
    behind: false,
    seeking: false,
    session: undefined,
    chapters: [],
    beat: 0,
    solved: [],
    files: {},
    appliedFiles: {},
    activeFile: undefined,
    terminalBusy: undefined,
    ranAt: 0,
    coach: undefined,
    theme: layout.theme,
    themeName: 'light',
    tab: 'story',
    maximised: undefined,
    selection: undefined,
    inspectorTab: layout.inspectorTab,
    presenting: false,
    timelineTable: layout.timelineTable,
    screenReader: layout.screenReader,
    coaching: layout.coaching,
    dialog: undefined,
    notices: [],
    noticeCount: 0,
    fault: undefined,
  }))
}

/** Shows a short message; it leaves by itself unless it offers an action. Gives its id. */
export function notify(
  store: PageStore,
  text: string,
  more: Partial<Omit<Notice, 'id' | 'text'>> = {},
): number {
  const { notices, noticeCount: id } = store.getState()
  const notice: Notice = { id, text, tone: 'info', ...more }
  // Said again it is one message, not a second.
  const kept = notices.filter((old) => old.text !== text).slice(-2)
  store.setState({ notices: [...kept, notice], noticeCount: id + 1 })
  return id
}

export function dismissNotice(store: PageStore, id: number): void {
  store.setState(({ notices }) => ({ notices: notices.filter((one) => one.id !== id) }))
}

/** Picks a thing (or nothing); picking the same thing again keeps it. */
export function select(store: PageStore, selection: Selection | undefined): void {
  store.setState({ selection })
}

export function openDialog(store: PageStore, dialog: DialogName | undefined): void {
  store.setState({ dialog })
}

/** Keeps theme, speed and the like for the next visit. */
export function keepLayout(store: PageStore): () => void {
  return store.subscribe((state, before) => {
    const { theme, speed, inspectorTab, timelineTable, screenReader, coaching } = state
    const same =
      theme === before.theme &&
      speed === before.speed &&
      inspectorTab === before.inspectorTab &&
      timelineTable === before.timelineTable &&
      screenReader === before.screenReader &&
      coaching === before.coaching
    if (!same) saveLayout({ theme, speed, inspectorTab, timelineTable, screenReader, coaching })
  })
}
