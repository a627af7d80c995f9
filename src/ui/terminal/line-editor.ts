// Editing one command line: keys in, a new state out. Pure, so that every key can be tested; the
// console draws what comes out.

export interface LineState {
  text: string
  /** Where the next character goes, from 0 to `text.length`. */
  cursor: number
  /** Older lines, oldest first. */
  history: readonly string[]
  /** Which of them is shown; `history.length` is the line being typed. */
  at: number
  /** The line being typed, while an older one is shown. */
  draft: string
  /** What Ctrl-K, Ctrl-U and Ctrl-W took last. */
  killed: string
  /** What is being looked for with Ctrl-R; undefined: nothing is. */
  search: string | undefined
}

/** What the console must do besides drawing the line again. */
type LineEffect = 'none' | 'submit' | 'interrupt' | 'complete' | 'clear' | 'bell'

const HISTORY_MAX = 500

const ESCAPE = '\x1b'

export function emptyLine(history: readonly string[] = []): LineState {
  const kept = history.slice(-HISTORY_MAX)
  return {
    text: '',
    cursor: 0,
    history: kept,
    at: kept.length,
    draft: '',
    killed: '',
    search: undefined,
  }
}

/** The state after a line was run: it is the newest of the history, unless it repeats. */
export function remembered(state: LineState, line: string): LineState {
  const worth = line.trim() !== '' && state.history.at(-1) !== line
  return { ...emptyLine(worth ? [...state.history, line] : state.history), killed: state.killed }
}

type Edit = (state: LineState) => LineState

const EDITS: Readonly<Record<string, Edit>> = {
  '\x01': toStart,
  '\x1b[H': toStart,
  '\x1bOH': toStart,
  '\x1b[1~': toStart,
  '\x05': toEnd,
  '\x1b[F': toEnd,
  '\x1bOF': toEnd,
  '\x1b[4~': toEnd,
  '\x02': (state) => moved(state, state.cursor - 1),
  '\x1b[D': (state) => moved(state, state.cursor - 1),
  '\x06': (state) => moved(state, state.cursor + 1),
  '\x1b[C': (state) => moved(state, state.cursor + 1),
  '\x1b[1;5D': (state) => moved(state, wordStart(state)),
  '\x1bb': (state) => moved(state, wordStart(state)),
  '\x1b[1;5C': (state) => moved(state, wordEnd(state)),
  '\x1bf': (state) => moved(state, wordEnd(state)),
  '\x7f': (state) => removed(state, state.cursor - 1, state.cursor),
  '\b': (state) => removed(state, state.cursor - 1, state.cursor),
  '\x1b[3~': (state) => removed(state, state.cursor, state.cursor + 1),
  '\x0b': (state) => killed(state, state.cursor, state.text.length),
  '\x15': (state) => killed(state, 0, state.cursor),
  '\x17': (state) => killed(state, wordStart(state), state.cursor),
  '\x1b\x7f': (state) => killed(state, wordStart(state), state.cursor),
  '\x19': (state) => inserted(state, state.killed),
  '\x1b[A': (state) => older(state, -1),
  '\x10': (state) => older(state, -1),
  '\x1b[B': (state) => older(state, 1),
  '\x0e': (state) => older(state, 1),
}

/** Takes one key (or a run of printable characters) as a terminal sends it. */
export function pressed(state: LineState, key: string): { state: LineState; effect: LineEffect } {
  if (state.search !== undefined) return searching(state, key)
  const edit = EDITS[key]
  if (edit !== undefined) return { state: edit(state), effect: 'none' }
  switch (key) {
    case '\r':
    case '\n':
      return { state, effect: 'submit' }
    case '\x03':
      return { state: { ...emptyLine(state.history) }, effect: 'interrupt' }
    case '\t':
      return { state, effect: 'complete' }
    case '\x0c':
      return { state, effect: 'clear' }
    case '\x12':
      return { state: { ...state, search: '' }, effect: 'none' }
    case '\x04':
      return { state: removed(state, state.cursor, state.cursor + 1), effect: 'none' }
  }
  const text = printable(key)
  return text === '' ? { state, effect: 'none' } : { state: inserted(state, text), effect: 'none' }
}

/** Splits what a terminal sends at once (a paste) into keys: escapes, controls, plain runs. */
export function keysOf(data: string): string[] {
  const text = data.replaceAll('\r\n', '\r').replaceAll('\n', '\r')
  const keys: string[] = []
  for (let i = 0; i < text.length;) {
    let end = i + 1
    if (text[i] === ESCAPE) end = escapeEnd(text, i)
    else if (!isControl(text[i]!)) while (end < text.length && !isControl(text[end]!)) end++
    keys.push(text.slice(i, end))
    i = end
  }
  return keys
}

/** Where an escape sequence ends: `ESC [ … letter`, `ESC O letter`, or ESC and one character. */
function escapeEnd(text: string, start: number): number {
  const rest = text.slice(start + 1)
  const length = /^\[[0-9;]*[A-Za-z~]|^O[A-Z]|^[\s\S]/.exec(rest)?.[0].length ?? 0
  return start + 1 + length
}

function isControl(char: string): boolean {
  return char < ' ' || char === '\x7f'
}

function searching(state: LineState, key: string): { state: LineState; effect: LineEffect } {
  const search = state.search ?? ''
  if (key === '\x12') return found(state, search, state.at - 1)
  if (key === '\x7f' || key === '\b') return found(state, search.slice(0, -1), state.history.length)
  const text = printable(key)
  if (text !== '') return found(state, search + text, state.history.length)
  const done = { ...state, search: undefined }
  if (key === '\x03' || key === '\x07') return { state: emptyLine(state.history), effect: 'none' }
  return pressed(done, key)
}

function found(
  state: LineState,
  search: string,
  before: number,
): { state: LineState; effect: LineEffect } {
  for (let at = Math.min(before, state.history.length - 1); at >= 0; at--) {
    const text = state.history[at]!
    if (search !== '' && text.includes(search))
      return { state: { ...state, search, at, text, cursor: text.length }, effect: 'none' }
  }
  return { state: { ...state, search }, effect: search === '' ? 'none' : 'bell' }
}

function toStart(state: LineState): LineState {
  return moved(state, 0)
}

function toEnd(state: LineState): LineState {
  return moved(state, state.text.length)
}

function moved(state: LineState, cursor: number): LineState {
  return { ...state, cursor: Math.max(0, Math.min(state.text.length, cursor)) }
}

export function inserted(state: LineState, text: string): LineState {
  const before = state.text.slice(0, state.cursor)
  const after = state.text.slice(state.cursor)
  return { ...state, text: before + text + after, cursor: state.cursor + text.length }
}

function removed(state: LineState, from: number, to: number): LineState {
  if (from < 0) return state
  return { ...state, text: state.text.slice(0, from) + state.text.slice(to), cursor: from }
}

function killed(state: LineState, from: number, to: number): LineState {
  if (from === to) return state
  return { ...removed(state, from, to), killed: state.text.slice(from, to) }
}

function older(state: LineState, by: 1 | -1): LineState {
  const at = state.at + by
  if (at < 0 || at > state.history.length) return state
  const draft = state.at === state.history.length ? state.text : state.draft
  const text = at === state.history.length ? draft : state.history[at]!
  return { ...state, at, draft, text, cursor: text.length }
}

function wordStart({ text, cursor }: LineState): number {
  const before = text.slice(0, cursor)
  return before.length - (/\S*\s*$/.exec(before)?.[0].length ?? 0)
}

function wordEnd({ text, cursor }: LineState): number {
  return cursor + (/^\s*\S*/.exec(text.slice(cursor))?.[0].length ?? 0)
}

function printable(key: string): string {
  return [...key].some(isControl) ? '' : key
}
