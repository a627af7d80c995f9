// How wide output wants to be shown. Tables that are wrapped cannot be read, so the terminal grows with
// them and is scrolled sideways; prose and long values may wrap.

/** Wider tables than this are wrapped after all. */
const COLUMNS_MAX = 400
/** Two columns with room between them. */
const TABLE_ROW = /\S {2,}\S/
/** A colour or the like, which takes no cells, begins so. */
const ESCAPE = '\x1b['

/** The columns that the tables in a text need; 0 when there are none. */
export function tableWidth(text: string): number {
  let width = 0
  for (const line of text.split(/\r?\n/)) {
    const shown = plain(line).trimEnd()
    if (shown.length <= COLUMNS_MAX && TABLE_ROW.test(shown)) width = Math.max(width, shown.length)
  }
  return width
}

function plain(line: string): string {
  const [first = '', ...rest] = line.split(ESCAPE)
  return first + rest.map((part) => part.replace(/^[0-9;]*[A-Za-z]/, '')).join('')
}
