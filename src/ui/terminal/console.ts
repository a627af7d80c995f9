// The terminal without its screen: prompt, line being typed, history, the command that runs. It
// exists once and outlives the screen, so that the story and the editor can type into it before
// xterm is loaded and while another tab is open.
import { clockNow, host, messageOf } from '../engine.ts'
import { adoptFiles, markApplied } from '../files.ts'
import { usePage } from '../store.ts'
import { COACH_FOR_MORE, coachFor } from './coach.ts'
import { listCommands } from './command-list.ts'
import { completeLine } from './completion.ts'
import { emptyLine, inserted, keysOf, pressed, remembered, type LineState } from './line-editor.ts'
import { interruptLine, resetShell, runLine } from './shell-client.ts'
import { HELP_TEXT } from './help-text.ts'
import { cellAfter, nextCell } from './line-cells.ts'
import { lineEnd } from './continuation.ts'

/** A screen that shows what is written. */
export interface Screen {
  write: (text: string) => void
  clear: () => void
  columns: () => number
}

/** Kept of what was printed, to show it again after a reload or in a new screen. */
const TRANSCRIPT_MAX = 60_000
const OUTPUT_TAIL = 4_000
const INTERRUPTED = 130
const CONTINUED = '> '
/** A paste may hold tabs: they are room, not a wish for completion. */
const PASTED_TAB = '  '

const GREEN = '\x1b[32m'
const BLUE = '\x1b[34m'
const DIM = '\x1b[2m'
const RED = '\x1b[31m'
const PLAIN = '\x1b[0m'

let screen: Screen | undefined
let transcript = ''
let line: LineState = emptyLine()
let folder = '~'
let running: string | undefined
/** The lines of a command that is not at its end yet. */
let begun: string | undefined
/** Lines are being worked off: keys are kept for later. */
let working = false
let outputTail = ''
const queue: { text: string; shown: boolean }[] = []
const typedAhead: string[] = []
/** Who waits for the queue to be empty. */
const idleListeners = new Set<() => void>()

/** Shows everything on this screen from now on; returns a function that takes it away. */
export function attachScreen(next: Screen): () => void {
  screen = next
  next.write(transcript)
  drawLine()
  return () => {
    if (screen === next) screen = undefined
  }
}

/** What a reload needs. */
export function consoleMemory(): { transcript: string; history: readonly string[] } {
  return { transcript, history: line.history }
}

/** Begins anew: for another session. The history of typed lines is kept. */
export function resetConsole(memory?: { transcript: string; history: readonly string[] }): void {
  resetShell()
  queue.length = 0
  typedAhead.length = 0
  running = undefined
  begun = undefined
  folder = '~'
  line = emptyLine(memory?.history ?? line.history)
  transcript = memory?.transcript ?? ''
  if (transcript !== '' && !transcript.endsWith('\n')) transcript += '\n'
  usePage.setState({ coach: undefined, terminalBusy: undefined })
  cursorRow = 0
  screen?.clear()
  screen?.write(transcript)
  drawLine()
}

/** Nothing is typed and nothing runs: Tab has nothing to complete. */
export function isAtRest(): boolean {
  return !working && line.text === '' && begun === undefined
}

/** Keys from the screen. */
export function typeKeys(data: string): void {
  const keys = keysOf(data)
  for (const typed of keys) {
    const key = typed === '\t' && keys.length > 1 ? PASTED_TAB : typed
    if (!working) onKey(key)
    else if (key === '\x03') void interruptRunning()
    else typedAhead.push(key)
  }
}

/** Types and runs a line for the learner, as the story and the editor do. Waits for its end. */
export async function runInTerminal(command: string): Promise<void> {
  // Whoever clicks the next command is done with watching.
  if (running !== undefined) await interruptRunning()
  line = { ...emptyLine(line.history), killed: line.killed }
  begun = undefined
  eraseLine()
  queue.push({ text: command, shown: false })
  void runQueue()
  await whenIdle()
}

/** Ctrl-C for what runs now. */
export async function interruptRunning(): Promise<void> {
  if (running === undefined) return
  queue.length = 0
  typedAhead.length = 0
  print('^C\n')
  await interruptLine()
  await whenIdle()
}

function whenIdle(): Promise<void> {
  if (!working) return Promise.resolve()
  return new Promise((resolve) => idleListeners.add(resolve))
}

function onKey(key: string): void {
  const before = line
  const { state, effect } = pressed(line, key)
  line = state
  switch (effect) {
    case 'none':
      return drawLine()
    case 'submit':
      return submit()
    case 'interrupt':
      line = before
      drawLine()
      line = state
      begun = undefined
      usePage.setState({ coach: undefined })
      print('^C\n')
      return drawLine()
    case 'clear':
      return clearScreen()
    case 'bell':
      screen?.write('\x07')
      return drawLine()
    case 'complete':
      void complete()
  }
}

function submit(): void {
  const text = (begun ?? '') + line.text
  const end = lineEnd(text)
  eraseLine()
  print(`${lead()}${line.text}\n`)
  if (end === 'complete') {
    begun = undefined
    queue.push({ text, shown: true })
    return void runQueue()
  }
  begun = end === 'joined' ? text.slice(0, -1) : `${text}\n`
  line = { ...emptyLine(line.history), killed: line.killed }
  usePage.setState({ coach: COACH_FOR_MORE })
  drawLine()
}

async function runQueue(): Promise<void> {
  if (working) return
  working = true
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) await runOne(next)
  working = false
  drawLine()
  for (const listener of idleListeners) listener()
  idleListeners.clear()
  const keys = typedAhead.splice(0)
  for (const key of keys) typeKeys(key)
}

async function runOne({ text, shown }: { text: string; shown: boolean }): Promise<void> {
  if (!shown) print(`${prompt()}${text}\n`)
  line = remembered(line, text)
  usePage.setState({ coach: undefined })
  const command = text.trim()
  if (command === '') return
  if (command === 'clear') return clearScreen()
  if (command === 'help') return print(HELP_TEXT)
  if (command === 'history') return print(historyText())
  running = text
  outputTail = ''
  usePage.setState({ terminalBusy: text })
  try {
    const code = await runList(command)
    const { files, playing } = usePage.getState()
    const outcome = { line: text, code, output: outputTail, playing }
    usePage.setState({ coach: coachFor(outcome, Object.keys(files)) })
  } catch (error) {
    print(`${RED}${messageOf(error)}${PLAIN}\n`)
  } finally {
    running = undefined
    if (transcript !== '' && !transcript.endsWith('\n')) print('\n')
    usePage.setState({ terminalBusy: undefined, ranAt: clockNow() })
  }
}

/** Runs the commands of a line one after another; gives the last one's exit code. */
async function runList(text: string): Promise<number> {
  let code = 0
  for (const { text: command, when } of listCommands(text)) {
    if (when === 'success' ? code !== 0 : when === 'failure' && code === 0) continue
    const { files } = usePage.getState()
    noteApplied(command, files)
    const result = await runLine(command, files, (_stream, part) => printOutput(part))
    if (result.files !== undefined) adoptFiles(result.files)
    if (result.cwd !== undefined) folder = shortFolder(result.cwd)
    code = result.code
    if (code === INTERRUPTED) break
  }
  return code
}

/** The files a line hands to apply, create or replace are what the cluster now knows. */
function noteApplied(command: string, files: Readonly<Record<string, string>>): void {
  if (!/\b(apply|create|replace)\b/.test(command)) return
  for (const name of Object.keys(files)) if (command.includes(name)) markApplied(name)
}

function printOutput(text: string): void {
  outputTail = (outputTail + text).slice(-OUTPUT_TAIL)
  print(text)
}

function print(text: string): void {
  transcript += text
  if (transcript.length > TRANSCRIPT_MAX) {
    const cut = transcript.indexOf('\n', transcript.length - TRANSCRIPT_MAX * 0.8)
    transcript = transcript.slice(cut + 1)
  }
  screen?.write(text)
}

function clearScreen(): void {
  transcript = ''
  cursorRow = 0
  screen?.clear()
  drawLine()
}

function prompt(): string {
  return `${GREEN}alex${PLAIN}:${BLUE}${folder}${PLAIN}$ `
}

/** What stands before the line that is typed. */
function lead(): string {
  return begun === undefined ? prompt() : CONTINUED
}

function leadWidth(): number {
  return begun === undefined ? `alex:${folder}$ `.length : CONTINUED.length
}

/** The row, of those the line takes, on which the cursor stands. */
let cursorRow = 0

function eraseLine(): void {
  if (screen === undefined) return
  screen.write(`${cursorRow > 0 ? `\x1b[${cursorRow}A` : ''}\r\x1b[J`)
  cursorRow = 0
}

function drawLine(): void {
  if (screen === undefined || working) return
  const columns = screen.columns()
  const search = line.search
  const before = search === undefined ? lead() : `${DIM}(search)\`${search}': ${PLAIN}`
  const width = search === undefined ? leadWidth() : `(search)\`${search}': `.length
  eraseLine()
  const last = cellAfter(line.text, width, columns)
  const end = nextCell(last, columns)
  const at = nextCell(cellAfter(line.text.slice(0, line.cursor), width, columns), columns)
  // A line that fills its last column leaves the cursor hanging there: take it to the next row.
  let out = before + line.text + (end.row > last.row ? '\r\n' : '')
  if (end.row > at.row) out += `\x1b[${end.row - at.row}A`
  out += `\r${at.column > 0 ? `\x1b[${at.column}C` : ''}`
  screen.write(out)
  cursorRow = at.row
}

async function complete(): Promise<void> {
  const before = line.text.slice(0, line.cursor)
  const words = await host().complete(before)
  if (working || line.text.slice(0, line.cursor) !== before) return
  const files = Object.keys(usePage.getState().files)
  const { insert, candidates } = completeLine(before, files, words)
  if (insert !== '') line = inserted(line, insert)
  else if (candidates.length > 0) {
    eraseLine()
    print(`${lead()}${line.text}\n${inColumns(candidates, screen?.columns() ?? 80)}`)
  } else screen?.write('\x07')
  drawLine()
}

/** Words in columns, as a shell lists candidates. */
function inColumns(words: readonly string[], columns: number): string {
  const width = Math.max(...words.map((word) => word.length)) + 2
  const across = Math.max(1, Math.floor(columns / width))
  let text = ''
  words.forEach((word, i) => {
    const last = i % across === across - 1 || i === words.length - 1
    text += last ? `${word}\n` : word.padEnd(width)
  })
  return text
}

function historyText(): string {
  return line.history.map((text, i) => `${String(i + 1).padStart(5)}  ${text}\n`).join('')
}

function shortFolder(path: string): string {
  return path.replace(/^\/home\/alex(?=\/|$)/, '~')
}
