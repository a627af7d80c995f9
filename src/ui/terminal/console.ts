// The terminal without its screen: the line being typed, history, lines that wait and the one that
// runs. It outlives the screen, so that the story and the editor can type into it before xterm is
// loaded and while another tab is open.
import { messageOf, type Engine } from '../engine.ts'
import { notify, type PageStore } from '../store.ts'
import { COACH_FOR_MORE, coachFor } from './coach.ts'
import { completeLine } from './completion.ts'
import { lineEnd } from './continuation.ts'
import { createDisplay, type Display, type Screen } from './display.ts'
import { HELP_TEXT } from './help-text.ts'
import { emptyLine, inserted, keysOf, pressed, remembered, type LineState } from './line-editor.ts'
import type { LineRunner } from './line-runner.ts'
import { historyText, inColumns, leadOf, RED, PLAIN } from './line-texts.ts'

export interface CommandConsole {
  /** Shows everything on this screen from now on; returns a function that takes it away. */
  attachScreen: (screen: Screen) => () => void
  /** What a reload needs. */
  memory: () => ConsoleMemory
  /**
   * Begins again, for another session: what runs has ended. The history of typed lines is kept
   * unless another is given. Says whether anything was running.
   */
  reset: (memory?: ConsoleMemory) => boolean
  /** Nothing is typed and nothing runs: Tab has nothing to complete. */
  isAtRest: () => boolean
  /** Keys from the screen. */
  typeKeys: (data: string) => void
  /**
   * Types and runs a line for the learner, as the story and the editor do. Waits for its end; false
   * when another session began before.
   */
  run: (command: string) => Promise<boolean>
  /** Ctrl-C for what runs now; resolves when it has ended. */
  interrupt: () => Promise<void>
}

interface ConsoleMemory {
  transcript: string
  history: readonly string[]
}

const OUTPUT_TAIL = 4_000
/** A paste may hold tabs: they are room, not a wish for completion. */
const PASTED_TAB = '  '

/** The lines of one session. When another begins, this one is over and prints no more. */
interface Turn {
  queue: { text: string; shown: boolean }[]
  typedAhead: string[]
  /** Lines are being worked off: keys are kept for later. */
  working: boolean
  running: string | undefined
  /** The end of what the running line has printed. */
  outputTail: string
  over: boolean
  /** Who waits for the queue to be empty, or for the turn to be over. */
  waiting: (() => void)[]
}

interface State {
  readonly engine: Engine
  readonly store: PageStore
  readonly runner: LineRunner
  readonly display: Display
  line: LineState
  /** The lines of a command that is not at its end yet. */
  begun: string | undefined
  turn: Turn
}

export function createConsole(engine: Engine, store: PageStore, runner: LineRunner) {
  const display = createDisplay(() => drawLine(state))
  const state: State = {
    engine,
    store,
    runner,
    display,
    line: emptyLine(),
    begun: undefined,
    turn: newTurn(),
  }
  engine.onRewind(() => rewound(state))
  return {
    attachScreen: display.attach,
    memory: () => ({ transcript: display.transcript(), history: state.line.history }),
    reset: (memory) => reset(state, memory),
    isAtRest: () => !state.turn.working && state.line.text === '' && state.begun === undefined,
    typeKeys: (data) => typeKeys(state, data),
    run: (command) => runForLearner(state, command),
    interrupt: () => interrupt(state),
  } satisfies CommandConsole
}

function newTurn(): Turn {
  return {
    queue: [],
    typedAhead: [],
    working: false,
    running: undefined,
    outputTail: '',
    over: false,
    waiting: [],
  }
}

function reset(state: State, memory: ConsoleMemory | undefined): boolean {
  const { turn, runner, store, display } = state
  turn.over = true
  state.turn = newTurn()
  runner.reset()
  state.begun = undefined
  state.line = emptyLine(memory?.history ?? state.line.history)
  store.setState({ coach: undefined, terminalBusy: undefined })
  display.reset(memory?.transcript ?? '')
  display.endLine()
  drawLine(state)
  release(turn)
  return turn.running !== undefined
}

function release(turn: Turn): void {
  for (const resolve of turn.waiting.splice(0)) resolve()
}

/** Resolves when nothing runs; false when the turn was over before. */
async function whenIdle(turn: Turn): Promise<boolean> {
  if (turn.working && !turn.over) await new Promise<void>((resolve) => turn.waiting.push(resolve))
  return !turn.over
}

async function runForLearner(state: State, command: string): Promise<boolean> {
  const { turn } = state
  // Whoever clicks the next command is done with watching.
  await interrupt(state)
  if (turn.over) return false
  state.line = { ...emptyLine(state.line.history), killed: state.line.killed }
  state.begun = undefined
  if (!turn.working) state.display.eraseLine()
  turn.queue.push({ text: command, shown: false })
  void runQueue(state)
  return await whenIdle(turn)
}

/** Time was set back: a line that waited for what was to come has nothing to wait for. */
function rewound({ turn, runner, store }: State): void {
  if (turn.running === undefined || !runner.rewound()) return
  turn.queue.length = 0
  notify(store, 'Time was set back, so the command that was running has ended.')
}

async function interrupt({ turn, display, runner }: State): Promise<void> {
  if (turn.running === undefined) return
  turn.queue.length = 0
  turn.typedAhead.length = 0
  display.print('^C\n')
  runner.interrupt()
  await whenIdle(turn)
}

function typeKeys(state: State, data: string): void {
  const keys = keysOf(data)
  for (const typed of keys) {
    const key = typed === '\t' && keys.length > 1 ? PASTED_TAB : typed
    if (!state.turn.working) onKey(state, key)
    else if (key === '\x03') void interrupt(state)
    else state.turn.typedAhead.push(key)
  }
}

function onKey(state: State, key: string): void {
  const { display, store } = state
  const before = state.line
  const { state: line, effect } = pressed(before, key)
  state.line = line
  switch (effect) {
    case 'none':
      return drawLine(state)
    case 'submit':
      return submit(state)
    case 'interrupt':
      drawLine({ ...state, line: before })
      state.begun = undefined
      store.setState({ coach: undefined })
      display.print('^C\n')
      return drawLine(state)
    case 'clear':
      return clearScreen(state)
    case 'bell':
      display.bell()
      return drawLine(state)
    case 'complete':
      void complete(state)
  }
}

function submit(state: State): void {
  const { display, line, turn, store } = state
  const text = (state.begun ?? '') + line.text
  const end = lineEnd(text)
  display.eraseLine()
  display.print(`${lead(state).text}${line.text}\n`)
  if (end === 'complete') {
    state.begun = undefined
    turn.queue.push({ text, shown: true })
    return void runQueue(state)
  }
  state.begun = end === 'joined' ? text.slice(0, -1) : `${text}\n`
  state.line = { ...emptyLine(line.history), killed: line.killed }
  store.setState({ coach: COACH_FOR_MORE })
  drawLine(state)
}

/** Works off the lines that wait, then the keys that were typed meanwhile. */
async function runQueue(state: State): Promise<void> {
  const { turn } = state
  if (turn.working) return
  turn.working = true
  for (let next = turn.queue.shift(); next !== undefined; next = turn.queue.shift()) {
    if (!next.shown) state.display.print(`${lead(state).text}${next.text}\n`)
    await runOne(state, next.text)
    if (turn.over) return
  }
  turn.working = false
  drawLine(state)
  release(turn)
  for (const key of turn.typedAhead.splice(0)) typeKeys(state, key)
}

async function runOne(state: State, text: string): Promise<void> {
  const { display, store } = state
  state.line = remembered(state.line, text)
  store.setState({ coach: undefined })
  const command = text.trim()
  if (command === '') return
  if (command === 'clear') return clearScreen(state)
  if (command === 'help') return display.print(HELP_TEXT)
  if (command === 'history') return display.print(historyText(state.line.history))
  await runCommand(state, text)
}

/** Runs a line in cluster or shell. When another session begins meanwhile it ends without a word. */
async function runCommand(state: State, text: string): Promise<void> {
  const { turn, display, store, engine, runner } = state
  turn.running = text
  turn.outputTail = ''
  store.setState({ terminalBusy: text })
  const write = (_stream: unknown, part: string): void => {
    if (turn.over) return
    turn.outputTail = (turn.outputTail + part).slice(-OUTPUT_TAIL)
    display.print(part)
  }
  const loading = loadingNote(display, turn)
  try {
    const code = await runner.run(text.trim(), { write, loading })
    if (turn.over) return
    const { files, playing } = store.getState()
    const outcome = { line: text, code, output: turn.outputTail, playing }
    store.setState({ coach: coachFor(outcome, Object.keys(files)) })
  } catch (error) {
    if (turn.over) return
    display.endLine()
    display.print(`${RED}${messageOf(error)}${PLAIN}\n`)
  }
  loading(false)
  turn.running = undefined
  display.endLine()
  store.setState({ terminalBusy: undefined, ranAt: engine.clockNow() })
}

/** Says that the shell loads, and takes it back when it is there or its line has ended. */
function loadingNote(display: Display, turn: Turn): (isLoading: boolean) => void {
  let shown = false
  return (isLoading) => {
    if (turn.over || shown === isLoading) return
    shown = isLoading
    if (isLoading) display.endLine()
    if (isLoading) display.note('loading the shell …')
    else display.eraseLine()
  }
}

function clearScreen(state: State): void {
  state.display.reset('')
  drawLine(state)
}

function lead({ begun, runner, line }: State): { text: string; width: number } {
  return leadOf(line.search, begun !== undefined, runner.cwd())
}

function drawLine(state: State): void {
  const { turn, line, display } = state
  if (turn.working) return
  const { text, width } = lead(state)
  display.drawLine({ lead: text, leadWidth: width, text: line.text, cursor: line.cursor })
}

/** Tab. What was typed on meanwhile makes the answer worthless. */
async function complete(state: State): Promise<void> {
  const { turn, display, store, engine } = state
  const before = state.line.text.slice(0, state.line.cursor)
  const words = await engine.host.complete(before).catch(() => [])
  const { line } = state
  if (turn.over || turn.working || line.text.slice(0, line.cursor) !== before) return
  const files = Object.keys(store.getState().files)
  const { insert, candidates } = completeLine(before, files, words)
  if (insert !== '') state.line = inserted(line, insert)
  else if (candidates.length > 0) {
    display.eraseLine()
    display.print(`${lead(state).text}${line.text}\n${inColumns(candidates, display.columns())}`)
  } else display.bell()
  drawLine(state)
}
