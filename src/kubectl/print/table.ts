// The tables of `kubectl get`: header and rows from a kind's columns, decorated as the flags ask.
// Source: cli-runtime/pkg/printers/tableprinter.go.
import type { SimTime } from '../../base/time.ts'
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { formatLabels } from '../../sim/kinds/columns/format.ts'
import type { Column } from '../../sim/kinds/kind.ts'
import { alignTabs, escapeTerminal, TABLE_STYLE } from './tabwriter.ts'

export interface TableOptions {
  wide?: boolean
  noHeaders?: boolean
  showLabels?: boolean
  /** `-L key,key`. */
  labelColumns?: readonly string[]
  /** `-A` for a namespaced kind. */
  withNamespace?: boolean
  /** `job.batch` where rows read `job.batch/x`: more than one type was asked for. */
  kindPrefix?: string
  /** `--output-watch-events`: ADDED, MODIFIED, DELETED as first column. */
  eventType?: string
}

/** A table as text cells; `header` is empty when none is to be printed. */
interface Table {
  header: readonly string[]
  rows: readonly (readonly string[])[]
}

/** What a watch remembers between two prints: column widths, and that the header was printed. */
export interface TableMemory {
  widths: number[]
  headerPrinted: boolean
}

export function createTableMemory(): TableMemory {
  return { widths: [], headerPrinted: false }
}

/** The cells of `objects`, in their order. */
export function tableOf(
  objects: readonly KubeObject[],
  columns: readonly Column[],
  now: SimTime,
  options: TableOptions,
): Table {
  const shown = options.wide ? columns : columns.filter((column) => column.wide !== true)
  const header = shown.map((column) => column.name.toUpperCase())
  const rows = objects.map((object) => {
    const cells = shown.map((column) => {
      const text = column.cell(object, now)
      const named = options.kindPrefix !== undefined && column.name.toUpperCase() === 'NAME'
      return cleanCell(named ? `${options.kindPrefix}/${text}` : text)
    })
    return decorateRow(cells, object, options)
  })
  return { header: options.noHeaders ? [] : decorateHeader(header, options), rows }
}

/** The text of a table; '' when there are no rows. Ends with a newline. */
export function printTable(table: Table, memory: TableMemory = createTableMemory()): string {
  if (table.rows.length === 0) return ''
  const lines = table.rows.map((row) => row.join('\t'))
  if (table.header.length > 0 && !memory.headerPrinted) lines.unshift(table.header.join('\t'))
  memory.headerPrinted = true
  return `${alignTabs(lines.join('\n'), TABLE_STYLE, memory.widths)}\n`
}

/** `objects` as `kubectl get` prints them, in one call. */
export function printObjects(
  objects: readonly KubeObject[],
  columns: readonly Column[],
  now: SimTime,
  options: TableOptions = {},
): string {
  return printTable(tableOf(objects, columns, now, options))
}

/** `job.batch`, or `pod` in the core group: what stands before the slash of a printed name. */
export function kindPrefixOf(kind: { kind: string; group: string }): string {
  const name = kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`
  return name.toLowerCase()
}

function decorateHeader(header: readonly string[], options: TableOptions): string[] {
  const labels = (options.labelColumns ?? []).map((key) =>
    key.slice(key.lastIndexOf('/') + 1).toUpperCase(),
  )
  return [
    ...(options.eventType === undefined ? [] : ['EVENT']),
    ...(options.withNamespace ? ['NAMESPACE'] : []),
    ...header,
    ...labels,
    ...(options.showLabels ? ['LABELS'] : []),
  ]
}

function decorateRow(cells: string[], object: KubeObject, options: TableOptions): string[] {
  const labels = object.metadata.labels ?? {}
  return [
    ...(options.eventType === undefined ? [] : [options.eventType.padEnd(8)]),
    ...(options.withNamespace ? [object.metadata.namespace ?? ''] : []),
    ...cells,
    ...(options.labelColumns ?? []).map((key) => labels[key] ?? ''),
    ...(options.showLabels ? [formatLabels(labels)] : []),
  ]
}

// A cell is one line: more than that is cut, which `...` tells.
function cleanCell(text: string): string {
  const end = text.search(/[\f\n\r]/)
  return end < 0 ? escapeTerminal(text) : `${escapeTerminal(text.slice(0, end))}...`
}
