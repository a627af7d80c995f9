// What the terminal shows: the transcript of what was printed, and below it the line being typed. It
// outlives the screen, which may come late and go again.
import { cellAfter, nextCell } from './line-cells.ts'

/** A screen that shows what is written. */
export interface Screen {
  write: (text: string) => void
  clear: () => void
  columns: () => number
}

export interface Display {
  /** Shows everything on this screen from now on; returns a function that takes it away. */
  attach: (screen: Screen) => () => void
  /** Everything printed, as far as it is kept. */
  transcript: () => string
  /** Begins with this transcript. */
  reset: (transcript: string) => void
  print: (text: string) => void
  /** Ends the line that output has left open. */
  endLine: () => void
  /** Text that stands there for a while only; `eraseLine` takes it away. */
  note: (text: string) => void
  bell: () => void
  columns: () => number
  eraseLine: () => void
  drawLine: (line: DrawnLine) => void
}

/** A line being typed, with what stands before it. */
interface DrawnLine {
  lead: string
  /** Cells that the lead takes, which its colours do not. */
  leadWidth: number
  text: string
  cursor: number
}

/** Kept of what was printed, to show it again after a reload or in a new screen. */
const TRANSCRIPT_MAX = 60_000
const COLUMNS = 80

/** A display without a screen. `drawn` is called when a new screen lacks the line being typed. */
export function createDisplay(drawn: () => void): Display {
  let screen: Screen | undefined
  let transcript = ''
  /** The row, of those the line takes, on which the cursor stands. */
  let cursorRow = 0
  const print = (text: string): void => {
    transcript = kept(transcript + text)
    screen?.write(text)
  }
  const eraseLine = (): void => {
    screen?.write(`${cursorRow > 0 ? `\x1b[${cursorRow}A` : ''}\r\x1b[J`)
    cursorRow = 0
  }
  const columns = (): number => screen?.columns() ?? COLUMNS
  return {
    attach(next) {
      screen = next
      cursorRow = 0
      next.write(transcript)
      drawn()
      return () => {
        if (screen === next) screen = undefined
      }
    },
    transcript: () => transcript,
    reset(text) {
      transcript = text
      cursorRow = 0
      screen?.clear()
      if (text !== '') screen?.write(text)
    },
    print,
    endLine() {
      if (transcript !== '' && !transcript.endsWith('\n')) print('\n')
    },
    note: (text) => screen?.write(text),
    bell: () => screen?.write('\x07'),
    columns,
    eraseLine,
    drawLine(line) {
      if (screen === undefined) return
      eraseLine()
      const { text, row } = drawing(line, columns())
      screen.write(text)
      cursorRow = row
    },
  }
}

function kept(transcript: string): string {
  if (transcript.length <= TRANSCRIPT_MAX) return transcript
  return transcript.slice(transcript.indexOf('\n', transcript.length - TRANSCRIPT_MAX * 0.8) + 1)
}

/** What draws a line, and the row on which the cursor stands afterwards. */
function drawing(line: DrawnLine, columns: number): { text: string; row: number } {
  const { lead, leadWidth, text, cursor } = line
  const last = cellAfter(text, leadWidth, columns)
  const end = nextCell(last, columns)
  const at = nextCell(cellAfter(text.slice(0, cursor), leadWidth, columns), columns)
  // A line that fills its last column leaves the cursor hanging there: take it to the next row.
  let out = lead + text + (end.row > last.row ? '\r\n' : '')
  if (end.row > at.row) out += `\x1b[${end.row - at.row}A`
  return { text: `${out}\r${at.column > 0 ? `\x1b[${at.column}C` : ''}`, row: at.row }
}
