// Elastic tab stops, as Go's text/tabwriter computes them. A cell is what a tab ends; a column is a
// run of consecutive lines that all have a cell there, and is as wide as its longest cell. A line
// without a tab ends every column, which is why neighbouring parts of `describe` align differently.

interface TabStyle {
  /** Columns are at least this wide, padding included. */
  minWidth: number
  /** Spaces added after the longest cell of a column. */
  padding: number
}

/** kubectl describe and rollout history. */
export const DESCRIBE_STYLE: TabStyle = { minWidth: 0, padding: 2 }

/** kubectl get and the other tables (cli-runtime/pkg/printers/tabwriter.go). */
export const TABLE_STYLE: TabStyle = { minWidth: 6, padding: 3 }

/**
 * Replaces the tabs of `text` by spaces. `remembered` holds, by column, the widths of what was
 * printed before and is widened in place: a watch keeps its columns.
 */
export function alignTabs(text: string, style: TabStyle, remembered?: number[]): string {
  const lines = text.split('\n').map((line) => line.split('\t'))
  const out: string[] = lines.map(() => '')
  const widths: number[] = []

  function write(from: number, to: number): void {
    for (let at = from; at < to; at++) out[at] = padCells(lines[at] ?? [], widths)
  }

  function format(from: number, to: number): void {
    const column = widths.length
    let unwritten = from
    for (let at = from; at < to; at++) {
      if (!hasCell(lines[at], column)) continue
      write(unwritten, at)
      unwritten = at
      while (at < to && hasCell(lines[at], column)) at++
      widths.push(columnWidth(unwritten, at, column))
      format(unwritten, at)
      widths.pop()
      unwritten = at
    }
    write(unwritten, to)
  }

  function columnWidth(from: number, to: number, column: number): number {
    let width = Math.max(style.minWidth, remembered?.[column] ?? 0)
    for (let at = from; at < to; at++) {
      width = Math.max(width, textWidth(lines[at]?.[column] ?? '') + style.padding)
    }
    if (remembered !== undefined) remembered[column] = width
    return width
  }

  format(0, lines.length)
  return out.join('\n')
}

// What follows the last tab of a line is text, not a cell.
function hasCell(line: readonly string[] | undefined, column: number): boolean {
  return line !== undefined && column < line.length - 1
}

function padCells(cells: readonly string[], widths: readonly number[]): string {
  let line = ''
  cells.forEach((cell, column) => {
    const width = widths[column]
    line += cell
    if (width !== undefined && column < cells.length - 1) {
      line += ' '.repeat(Math.max(0, width - textWidth(cell)))
    }
  })
  return line
}

/** Code points of a cell: Go counts runes, whatever their width on a screen. */
function textWidth(text: string): number {
  let width = text.length
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit >= 0xd800 && unit < 0xdc00) width--
  }
  return width
}

/** What kubectl does to text before it reaches a terminal (printers/terminal.go). */
export function escapeTerminal(text: string): string {
  return text.replaceAll('\x1b', '^[').replaceAll('\r', '\\r')
}
