// What a manifest was refused for, taken apart: each refusal with its words and what it names. Where
// the API's status has causes they say it; the rest is in the words, which stay the server's own
// without what frames them (which file, which verb).
import { ManyErrors } from '../kubectl/errors.ts'
import { ApiError } from '../sim/errors.ts'
import { decodeStruct } from '../sim/schema/decode.ts'
import { hasStruct } from '../sim/schema/structs.ts'
import { namespace as namespaceKind } from '../sim/kinds/namespace.ts'
import { TRIED_FILE, type Trial } from './trial.ts'

/** One refusal or warning. */
export interface ErrorPath {
  message: string
  warning: boolean
  /** What it is about; undefined: the object as a whole. */
  about: Subject | undefined
}

/** How a refusal names its place. */
export type Subject =
  /** A field path with indexes. */
  | { by: 'path'; path: string }
  /** A path as Go's decoder has it, without indexes, and the JSON type it found there. */
  | { by: 'go-path'; path: string; found: string }
  /** Only the words a value of a special type is refused with. */
  | { by: 'leaf' }
  /** The apiVersion or the kind, whichever is wrong. */
  | { by: 'type' }
  /** The first field of that name. */
  | { by: 'name'; name: string }

const FIELD = /^([A-Za-z][^\s:]*): /
const UNKNOWN_FIELD = /(?:unknown|duplicate) field "([^"]+)"/g
const GO_FIELD = /cannot unmarshal (\w+)(?: (\S+))? into Go struct field \w+\.(\S+) of type/
const FRAME_ENDS = [`${JSON.stringify(TRIED_FILE)}: `, 'error validating data: ']
const HANDLED = /^[\w.]+ in version "[^"]*" cannot be handled as a \w+: /
const ASIDE =
  /; if you choose to ignore these errors, turn validation off with --validate=false$|\nensure CRDs are installed first$/
/** Words by which a refusal that gives no path still tells the field. */
const NAMED: readonly (readonly [RegExp, string])[] = [
  [/PriorityClass/, 'priorityClassName'],
  [/service ?account/i, 'serviceAccountName'],
  [/resource name may not be empty/, 'metadata'],
  [/invalid resource name/, 'name'],
  [/kind not set/, 'apiVersion'],
  [/apiVersion not set/, 'kind'],
]
/** Longer messages hold a whole object; its middle says nothing. */
const MESSAGE_MAX = 200
const MESSAGE_END = 120
/** `spec.template: Invalid value: {…}: field is immutable`, taken apart. */
const ABOUT_VALUE = /^(\S+): (\w+ value): ([\s\S]*): ([^":}\]]+)$/
/** Of a long value, enough to know it again. */
const VALUE_BEGIN = 80

/** Every complaint about a tried manifest, of which `value` was applied: refusals, then warnings. */
export function errorPathsOf(
  { refusal, warnings }: Omit<Trial, 'written'>,
  value: unknown,
): ErrorPath[] {
  return [
    ...(refusal === undefined ? [] : refusalsOf(refusal, value)),
    ...warnings.map((line) => ({ ...fieldComplaint(line), warning: true })),
  ]
}

function refusalsOf(error: Error, value: unknown): ErrorPath[] {
  if (error instanceof ManyErrors) return error.errors.flatMap((one) => refusalsOf(one, value))
  const { causes = [], kind } = error instanceof ApiError ? error.details : {}
  if (causes.some(({ field }) => field === 'patch')) return [patchComplaint(error.message, value)]
  if (causes.length > 0) {
    const texts = causes.map(({ field, message }) => `${field}: ${message}`.trimEnd())
    return [...new Set(texts)].map(fieldComplaint)
  }
  const bare = unframed(error.message.trim())
  if (kind === namespaceKind.plural) return [complaint(bare, { by: 'name', name: 'namespace' })]
  const unknown = [...bare.matchAll(UNKNOWN_FIELD)]
  if (unknown.length > 0)
    return unknown.map(([message, path]) => complaint(message, { by: 'path', path: path! }))
  return [complaint(bare, subjectOf(bare))]
}

/** `spec.template: Invalid value: …`: a field error, or a warning of the same form. */
function fieldComplaint(text: string): ErrorPath {
  const path = FIELD.exec(text)?.[1]
  return complaint(text, path === undefined ? undefined : { by: 'path', path })
}

/**
 * A value of the wrong type in a change of a live object. The server shows the whole patch and
 * names no field; whoever decodes the manifest finds it.
 */
function patchComplaint(message: string, value: unknown): ErrorPath {
  const kind: unknown = Object(value).kind
  const typed = typeof kind === 'string' && hasStruct(kind) ? decodeStruct(value, kind) : undefined
  const words = typed?.typeError ?? ABOUT_VALUE.exec(message)?.[4] ?? message
  return complaint(words, subjectOf(words))
}

function subjectOf(message: string): Subject | undefined {
  const typed = GO_FIELD.exec(message)
  if (typed !== null) {
    const [, kind, number = '', path] = typed
    return { by: 'go-path', path: path!, found: number === '' ? kind! : number }
  }
  if (/^no (matches for )?kind "/.test(message)) return { by: 'type' }
  const named = NAMED.find(([words]) => words.test(message))
  return named === undefined ? { by: 'leaf' } : { by: 'name', name: named[1] }
}

function complaint(message: string, about: Subject | undefined): ErrorPath {
  return { message: shortened(message), warning: false, about }
}

/** Takes off what says only where the manifest came from and what was tried with it. */
function unframed(text: string): string {
  let bare = text.replace(/^error: /, '')
  for (const end of FRAME_ENDS) {
    const at = bare.lastIndexOf(end)
    if (at >= 0) bare = bare.slice(at + end.length)
  }
  return bare.replace(HANDLED, '').replace(ASIDE, '')
}

/** Of a message that holds a whole object: what is wrong first, and of the object its beginning. */
function shortened(message: string): string {
  if (message.length <= MESSAGE_MAX) return message
  const [, path, what, value, reason] = ABOUT_VALUE.exec(message) ?? []
  if (value !== undefined) return `${path}: ${reason}. ${what}: ${value.slice(0, VALUE_BEGIN)} …`
  const begin = message.slice(0, MESSAGE_MAX - MESSAGE_END)
  return `${begin} … ${message.slice(-MESSAGE_END)}`
}
