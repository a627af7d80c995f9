// Flags that many commands share, in kubectl's spelling.
import type { Call } from './command.ts'
import { KubectlError } from './errors.ts'
import { parseBool, type FlagSpec } from './flags.ts'
import type { Submission } from './submit.ts'

/** `-f`, `-k`, `-R`. */
export function fileFlags(usage: string): readonly FlagSpec[] {
  return [
    { name: 'filename', short: 'f', type: 'list', usage: `File, folder or - (stdin) ${usage}` },
    { name: 'kustomize', short: 'k', type: 'string', usage: 'The folder of a kustomization.' },
    { name: 'recursive', short: 'R', type: 'bool', usage: 'Read folders with what is in them.' },
  ]
}

export const SELECTOR_FLAG: FlagSpec = {
  name: 'selector',
  short: 'l',
  type: 'string',
  usage: "Only objects with these labels: '=', '==', '!=', 'in', 'notin' (-l key1=value1,key2).",
}

export const FIELD_SELECTOR_FLAG: FlagSpec = {
  name: 'field-selector',
  type: 'string',
  usage: "Only objects with these fields: '=', '==', '!=' (--field-selector status.phase=Failed).",
}

export const ALL_NAMESPACES_FLAG: FlagSpec = {
  name: 'all-namespaces',
  short: 'A',
  type: 'bool',
  usage: 'Look into all namespaces.',
}

export const VALIDATE_FLAG: FlagSpec = {
  name: 'validate',
  type: 'string',
  value: 'strict',
  bare: 'strict',
  usage: 'What to do about unknown fields: strict (or true), warn, ignore (or false).',
}

export const CHUNK_FLAG: FlagSpec = {
  name: 'chunk-size',
  type: 'int',
  value: '500',
  usage: 'Fetch long lists in parts; they are never long here.',
}

export function fieldManagerFlag(value: string): FlagSpec {
  return { name: 'field-manager', type: 'string', value, usage: 'Name of the writer; not kept.' }
}

export const SAVE_CONFIG_FLAG: FlagSpec = {
  name: 'save-config',
  type: 'bool',
  usage: 'Keep the manifest in the annotation that "kubectl apply" reads.',
}

/** Only commands copied from old texts have it. */
export const RECORD_FLAG: FlagSpec = {
  name: 'record',
  type: 'bool',
  usage: 'Note the command in an annotation (deprecated).',
  hidden: true,
  deprecated: '--record will be removed in the future',
}

/** Throws unless `-f` or `-k` was given. */
export function requireFiles({ flags }: Call): void {
  const files = flags.list('filename')
  const folder = flags.string('kustomize')
  if (files.length > 0 && folder !== '')
    throw new KubectlError('only one of -f or -k can be specified')
  if (files.length === 0 && folder === '') throw new KubectlError('must specify one of -f and -k')
}

/** How a call's objects are submitted; warnings go to stderr, each once. */
export function submissionOf(call: Call, dryRun: boolean): Submission {
  const { world, by, stderr } = call.context
  const seen = new Set<string>()
  const warn = (text: string): void => {
    if (seen.has(text)) return
    seen.add(text)
    stderr(`Warning: ${text}\n`)
  }
  return { world, by, dryRun, validation: validationOf(call), warn }
}

function validationOf({ flags }: Call): NonNullable<Submission['validation']> {
  // Without the parameter the server only warns (the default of fieldValidation).
  if (flags.spec('validate') === undefined) return 'warn'
  const value = flags.string('validate')
  const isOn = parseBool(value)
  if (isOn === true || value === 'strict') return 'strict'
  if (isOn === false || value === 'ignore') return 'ignore'
  if (value === 'warn') return 'warn'
  throw new KubectlError(
    `invalid - validate option "${value}"; must be one of: strict (or true), warn, ` +
      'ignore (or false)',
  )
}
