// Reads upstream's tables from folders and says of each which of its rows hold.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { problemsOf, type Table } from './runners/index.ts'
import type { Problems } from './json.ts'

export interface RowVerdict {
  readonly name: string
  readonly problems: Problems
}

/** One table: which file it is, upstream's name of it, and its rows in order. */
export interface TableVerdict {
  readonly file: string
  readonly test: string
  readonly rows: readonly RowVerdict[]
}

/** The tables below a folder, in order of their names. */
export function tableFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .sort()
    .map((path) => join(folder, path))
}

/** Runs every row of one table. */
export function judgeTable(file: string): TableVerdict {
  const table = JSON.parse(readFileSync(file, 'utf8')) as Table
  const rows = table.cases.map((row) => ({ name: row.name, problems: problemsOf(table, row) }))
  return { file, test: table.test, rows }
}

/** How many rows hold. */
export function held({ rows }: TableVerdict): number {
  return rows.filter(({ problems }) => problems.length === 0).length
}
