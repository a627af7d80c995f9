// Where the characters of a line stand on the screen: it wraps at the last column, and a command
// of several lines, called back from the history, continues at the left.

interface Cell {
  row: number
  /** From 0; `columns` when the row is full and the next character begins another. */
  column: number
}

/** Where the cursor is after writing a lead of `lead` cells and then `text`. */
export function cellAfter(text: string, lead: number, columns: number): Cell {
  const full = Math.max(1, columns)
  const cell = { row: Math.floor(lead / full), column: lead % full }
  for (const char of text) {
    if (char === '\n') {
      cell.row++
      cell.column = 0
      continue
    }
    if (cell.column === full) {
      cell.row++
      cell.column = 0
    }
    cell.column++
  }
  return cell
}

/** The cell in which the next character will stand. */
export function nextCell({ row, column }: Cell, columns: number): Cell {
  return column >= columns ? { row: row + 1, column: 0 } : { row, column }
}
