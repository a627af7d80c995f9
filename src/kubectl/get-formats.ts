// The output formats that only `kubectl get` has beside those of every command.
import type { KubeObject } from '../sim/api-types/meta.ts'
import type { Call } from './command.ts'
import { KubectlError } from './errors.ts'
import { ALLOWED_FORMATS, objectPrinter } from './output.ts'
import {
  parseCustomColumns,
  parseCustomColumnsFile,
  printCustomColumns,
  type CustomColumn,
} from './print/custom-columns.ts'
import { createTableMemory } from './print/table.ts'

const ALLOWED = [...ALLOWED_FORMATS, 'custom-columns', 'custom-columns-file', 'wide']

/** The printer of a format of `get`, for an object or a List. Throws KubectlError. */
export function getPrinter(call: Call, format: string): (object: unknown) => string {
  const columns = customColumns(call, format)
  if (columns === undefined) return objectPrinter(call, format, ALLOWED)
  const noHeaders = call.flags.bool('no-headers')
  const memory = createTableMemory()
  return (object) => printCustomColumns(itemsOf(object), columns, noHeaders, memory)
}

function customColumns(call: Call, format: string): readonly CustomColumn[] | undefined {
  const equals = format.indexOf('=')
  const name = equals < 0 ? format : format.slice(0, equals)
  if (name !== 'custom-columns' && name !== 'custom-columns-file') return undefined
  const given = equals < 0 ? call.flags.string('template') : format.slice(equals + 1)
  if (given === '')
    throw new KubectlError('custom-columns format specified but no custom columns given')
  if (name === 'custom-columns') return parseCustomColumns(given)
  const text = call.context.readFile(given)
  if (text !== undefined) return parseCustomColumnsFile(text)
  throw new KubectlError(
    `error reading template ${given}, open ${given}: no such file or directory\n`,
  )
}

function itemsOf(object: unknown): readonly KubeObject[] {
  const { items } = object as { items?: readonly KubeObject[] }
  return items ?? [object as KubeObject]
}
