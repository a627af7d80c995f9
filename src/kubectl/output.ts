// What a command prints of the objects it made or changed: `job.batch/x created`, or the object
// itself with `-o` (cli-runtime genericclioptions PrintFlags).
import type { KubeObject } from '../sim/api-types/meta.ts'
import type { Call } from './command.ts'
import { KubectlError } from './errors.ts'
import { parseBool, type FlagSpec } from './flags.ts'
import { toJson, toStructJson } from './print/json.ts'
import { toKyaml } from './print/kyaml.ts'
import { objectName, printNames } from './print/name.ts'
import { toYaml } from './print/yaml.ts'
import { templatePrinter } from './templates.ts'

export type DryRun = 'none' | 'client' | 'server'

/** The formats of every command that prints objects. */
export const ALLOWED_FORMATS = [
  'go-template',
  'go-template-file',
  'json',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'kyaml',
  'name',
  'template',
  'templatefile',
  'yaml',
]

/** The flags of every command that prints objects this way. */
export const OUTPUT_FLAGS: readonly FlagSpec[] = [
  {
    name: 'output',
    short: 'o',
    type: 'string',
    usage: `Output format. One of: (${ALLOWED_FORMATS.join(', ')}).`,
  },
  { name: 'template', type: 'string', usage: 'The template for -o go-template and jsonpath.' },
  {
    name: 'allow-missing-template-keys',
    type: 'bool',
    value: 'true',
    usage: 'Print nothing for what a template names and an object lacks.',
  },
  { name: 'show-managed-fields', type: 'bool', usage: 'Keep managed fields; the lab has none.' },
]

/** Prints one object after `operation`; '' stands for no suffix. */
export type ResultPrinter = (object: KubeObject, operation: string) => void

/** The printer `-o` asks for. Throws KubectlError for a format that does not exist. */
export function resultPrinter(
  call: Call,
  dryRun: DryRun,
  { isStruct = false }: { isStruct?: boolean } = {},
): ResultPrinter {
  const format = outputFormat(call)
  const suffix = dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)'
  const { stdout } = call.context
  if (format === '')
    return (object, operation) => stdout(`${objectName(object)} ${operation}${suffix}\n`)
  const text = objectPrinter(call, format, ALLOWED_FORMATS, isStruct)
  let first = true
  return (object) => {
    if (format.toLowerCase() === 'yaml' && !first) stdout('---\n')
    first = false
    stdout(text(object))
  }
}

/** The text of one object in a format that prints the whole object. */
export function objectPrinter(
  call: Call,
  format: string,
  allowed: readonly string[] = ALLOWED_FORMATS,
  isStruct = false,
): (object: unknown) => string {
  const name = format.toLowerCase()
  if (name === 'yaml') return toYaml
  if (name === 'kyaml') return (object) => toKyaml(object, isStruct)
  if (name === 'json') return isStruct ? toStructJson : toJson
  if (name === 'name') return (object) => printNames(itemsOf(object as KubeObject))
  const template = templatePrinter(call, format)
  if (template !== undefined) return template
  throw noPrinter(format, allowed)
}

/** `-o`, or go-template when only `--template` is given. */
export function outputFormat({ flags }: Call): string {
  const format = flags.string('output')
  const templateOnly = format === '' && flags.spec('template') && flags.string('template') !== ''
  return templateOnly ? 'go-template' : format
}

function noPrinter(format: string, allowed: readonly string[]): KubectlError {
  const list = [...allowed].sort().join(',')
  return new KubectlError(
    `unable to match a printer suitable for the output format "${format}", ` +
      `allowed formats are: ${list}`,
  )
}

function itemsOf(object: KubeObject): readonly KubeObject[] {
  const { items } = object as { items?: readonly KubeObject[] }
  return items ?? [object]
}

export const DRY_RUN_FLAG: FlagSpec = {
  name: 'dry-run',
  type: 'string',
  value: 'none',
  bare: 'unchanged',
  usage:
    'Must be "none", "server", or "client". With client nothing is sent; with server it is ' +
    'checked as if it were stored.',
}

/** Reads `--dry-run`; throws for what is no strategy. */
export function dryRunOf({ flags }: Call): DryRun {
  const value = flags.string('dry-run')
  if (value === 'none' || value === 'client' || value === 'server') return value
  // A bare flag and booleans are deprecated and still work.
  const isOn = parseBool(value)
  if (value === 'unchanged' || isOn === true) return 'client'
  if (isOn === false) return 'none'
  throw new KubectlError(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`)
}
