// `-o custom-columns=NAME:.metadata.name,…`; source kubectl/pkg/cmd/get/customcolumn.go.
import { KubectlError } from '../errors.ts'
import { goText } from './go-value.ts'
import { evaluate } from './jsonpath/evaluate.ts'
import { JsonPathError, type JsonPath } from './jsonpath/nodes.ts'
import { parseJsonPath } from './jsonpath/parse.ts'
import { relaxedJsonPath } from './jsonpath/relaxed.ts'
import { createTableMemory, printTable, type TableMemory } from './table.ts'
import { alignTabs, escapeTerminal, TABLE_STYLE } from './tabwriter.ts'

export interface CustomColumn {
  header: string
  path: JsonPath
}

/** Reads `HEADER:path,HEADER:path`. Throws KubectlError. */
export function parseCustomColumns(spec: string): CustomColumn[] {
  if (spec === '') {
    throw new KubectlError('custom-columns format specified but no custom columns given')
  }
  return spec.split(',').map((part) => {
    const colon = part.indexOf(':')
    if (colon < 0) {
      throw new KubectlError(
        `unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`,
      )
    }
    return customColumn(part.slice(0, colon), part.slice(colon + 1))
  })
}

/** Reads a file of two lines: headers, and the paths below them. Throws KubectlError. */
export function parseCustomColumnsFile(text: string): CustomColumn[] {
  const [first, second] = text.split('\n')
  const expected =
    'Expected format is one line of space separated headers, one line of space separated ' +
    'column specs.'
  if (!first) throw new KubectlError(`invalid template, missing header line. ${expected}`)
  if (!second) throw new KubectlError(`invalid template, missing spec line. ${expected}`)
  const headers = words(first)
  const specs = words(second)
  if (headers.length !== specs.length) {
    throw new KubectlError(
      `number of headers (${headers.length}) and field specifications (${specs.length}) ` +
        "don't match",
    )
  }
  return headers.map((header, index) => customColumn(header, specs[index] ?? ''))
}

function words(line: string): string[] {
  return line.split(/\s+/).filter((word) => word !== '')
}

function customColumn(header: string, spec: string): CustomColumn {
  return { header, path: asKubectlError(() => parseJsonPath(relaxedJsonPath(spec))) }
}

/**
 * The table of `objects`. Unlike other tables it has its header even without rows.
 * `memory` keeps widths and header between the prints of a watch.
 */
export function printCustomColumns(
  objects: readonly unknown[],
  columns: readonly CustomColumn[],
  noHeaders: boolean,
  memory: TableMemory = createTableMemory(),
): string {
  const header = noHeaders ? [] : columns.map((column) => column.header)
  const rows = objects.map((object) => columns.map((column) => cellText(object, column)))
  if (rows.length > 0) return printTable({ header, rows }, memory)
  if (header.length === 0 || memory.headerPrinted) return ''
  memory.headerPrinted = true
  return `${alignTabs(header.join('\t'), TABLE_STYLE, memory.widths)}\n`
}

function cellText(object: unknown, { path }: CustomColumn): string {
  const results = asKubectlError(() => evaluate(path, object))
  if ((results[0] ?? []).length === 0) return '<none>'
  return results
    .flat()
    .map((value) => escapeTerminal(goText(value)))
    .join(',')
}

function asKubectlError<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error
    throw new KubectlError(error.message)
  }
}
