// The terminal's screen: xterm with its DOM renderer. It shows what the console writes and hands
// over the keys; it knows nothing of commands.
import { FitAddon } from '@xterm/addon-fit'
import { Terminal, type ITheme } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'
import { useEffect, useRef, type ReactElement } from 'react'
import type { ThemeName } from '../store.ts'
import { usePage, useRun } from '../use-run.ts'
import type { CommandConsole } from './console.ts'
import { tableWidth } from './table-width.ts'

const SCROLLBACK = 5_000
/** What the fitting leaves free on the right, in pixels. */
const SCROLLBAR_WIDTH = 14
/** Full reset (RIS): screen, scrollback, cursor. */
const RESET = '\x1bc'

export function TerminalScreen(): ReactElement {
  const element = useRef<HTMLDivElement>(null)
  const terminal = useRef<Terminal>(undefined)
  const theme = usePage((state) => state.themeName)
  const { console } = useRun()
  const readerMode = usePage((state) => state.screenReader)

  useEffect(() => {
    if (element.current === null) return
    const created = openTerminal(element.current, console)
    terminal.current = created.terminal
    return created.close
  }, [console])

  useEffect(() => {
    const shown = terminal.current
    if (shown === undefined) return
    shown.options.theme = THEMES[theme]
    shown.options.fontSize = theme === 'projector' ? 18 : 13
  }, [theme])

  useEffect(() => {
    if (terminal.current !== undefined) terminal.current.options.screenReaderMode = readerMode
  }, [readerMode])

  return <div className="terminal-screen" ref={element} />
}

function openTerminal(
  element: HTMLElement,
  console: CommandConsole,
): { terminal: Terminal; close: () => void } {
  const terminal = new Terminal({
    convertEol: true,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    fontFamily: getComputedStyle(element).fontFamily,
    fontSize: 13,
    lineHeight: 1.25,
    scrollback: SCROLLBACK,
    minimumContrastRatio: 4.5,
  })
  const fit = new FitAddon()
  terminal.loadAddon(fit)
  const sheet = document.createElement('div')
  sheet.className = 'terminal-sheet'
  element.append(sheet)
  terminal.open(sheet)
  /** What the tables that are shown need. */
  let wanted = 0
  const size = (): void => sizeTerminal({ terminal, fit, sheet, wanted })
  size()
  const detach = console.attachScreen({
    write(text) {
      const width = tableWidth(text)
      if (width > wanted) {
        wanted = width
        if (width > terminal.cols) size()
      }
      terminal.write(text)
    },
    clear() {
      wanted = 0
      size()
      element.scrollLeft = 0
      // Written like all else, so that what was written before is gone with the rest.
      terminal.write(RESET)
    },
    columns: () => terminal.cols,
  })
  terminal.onData((data) => {
    // Who types is at the beginning of a line.
    element.scrollLeft = 0
    console.typeKeys(data)
  })
  terminal.onSelectionChange(() => {
    const text = terminal.getSelection()
    if (text.trim() !== '') void navigator.clipboard?.writeText(text).catch(() => undefined)
  })
  terminal.attachCustomKeyEventHandler(
    (event) => !isCopy(event, terminal) && !isPaste(event) && !isLeave(event, console),
  )
  const observer = new ResizeObserver(() => {
    if (element.clientWidth > 0 && element.clientHeight > 0) size()
  })
  observer.observe(element)
  const close = (): void => {
    observer.disconnect()
    detach()
    terminal.dispose()
    sheet.remove()
  }
  return { terminal, close }
}

interface Sizing {
  terminal: Terminal
  fit: FitAddon
  sheet: HTMLElement
  /** Columns. */
  wanted: number
}

/** Fits the terminal to its pane, or makes it wider where a table needs it: the pane then scrolls. */
function sizeTerminal({ terminal, fit, sheet, wanted }: Sizing): void {
  sheet.style.width = '100%'
  const fitting = fit.proposeDimensions()
  if (fitting === undefined || !(fitting.cols > 0)) return
  if (wanted > fitting.cols) {
    const cell = (sheet.clientWidth - SCROLLBAR_WIDTH) / fitting.cols
    sheet.style.width = `${Math.ceil(wanted * cell) + SCROLLBAR_WIDTH}px`
  }
  const cols = Math.max(wanted, fitting.cols)
  // The bar that scrolls sideways takes its height from the rows.
  const rows = fit.proposeDimensions()?.rows ?? fitting.rows
  if (cols !== terminal.cols || rows !== terminal.rows) terminal.resize(cols, rows)
}

/** With something selected Ctrl-C copies; with nothing it is the terminal's own. */
function isCopy(event: KeyboardEvent, terminal: Terminal): boolean {
  return event.ctrlKey && event.key === 'c' && terminal.hasSelection()
}

/** Ctrl-V is the browser's: its paste arrives as what was typed. */
function isPaste(event: KeyboardEvent): boolean {
  return event.ctrlKey && !event.altKey && event.key.toLowerCase() === 'v'
}

/** Shift-Tab always leaves the terminal, Tab when there is nothing to complete. */
function isLeave(event: KeyboardEvent, console: CommandConsole): boolean {
  return event.key === 'Tab' && (event.shiftKey || console.isAtRest())
}

const LIGHT: ITheme = {
  background: '#fffdf9',
  foreground: '#24211c',
  cursor: '#24211c',
  selectionBackground: '#cfdbe8',
  green: '#2b6b45',
  blue: '#1d5a8a',
  red: '#a3241c',
  yellow: '#7a4d00',
  brightBlack: '#6f6a60',
}

const DARK: ITheme = {
  background: '#23211e',
  foreground: '#ece7dd',
  cursor: '#ece7dd',
  selectionBackground: '#47525e',
  green: '#8fcfa6',
  blue: '#8cc4ec',
  red: '#ff9c92',
  yellow: '#e8c070',
  brightBlack: '#a39b8d',
}

const THEMES: Readonly<Record<ThemeName, ITheme>> = {
  light: LIGHT,
  dark: DARK,
  projector: { ...LIGHT, background: '#ffffff', foreground: '#000000' },
}
