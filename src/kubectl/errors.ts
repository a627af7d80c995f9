// How kubectl fails: the errors its commands throw, and the one place where any error becomes the
// text on stderr and the exit code (kubectl pkg/cmd/util/helpers.go checkErr).
import { goQuote } from '../sim/lib/go-quote.ts'
import { ApiError } from '../sim/errors.ts'

/** A refusal by kubectl itself: printed as `error: MESSAGE`. */
export class KubectlError extends Error {
  override name = 'KubectlError'
}

/** A template that failed: what it had printed until then goes to stdout all the same. */
export class PrintError extends KubectlError {
  readonly printed: string
  constructor(message: string, printed: string) {
    super(message)
    this.printed = printed
  }
}

/** No resource type of that name (meta.NoResourceMatchError and the builder's own words). */
export class NoResourceError extends KubectlError {
  readonly resource: string
  constructor(resource: string) {
    super(`the server doesn't have a resource type "${resource}"`)
    this.resource = resource
  }
}

/** A message that is printed as it is, with another exit code than 1 or without any text. */
export class ExitError extends Error {
  override name = 'ExitError'
  readonly code: number
  constructor(message: string, code = 1) {
    super(message)
    this.code = code
  }
}

/** Several errors: printed one a line, each in its standard form (utilerrors.Aggregate). */
export class ManyErrors extends Error {
  override name = 'ManyErrors'
  readonly errors: readonly Error[]
  /** Print even a single error as a list is printed: without `error: `. */
  readonly nested: boolean
  constructor(errors: readonly Error[], nested = false) {
    super(errors.length === 1 ? errors[0]!.message : `[${[...unique(errors)].join(', ')}]`)
    this.errors = errors
    this.nested = nested
  }
}

/** Throws what was gathered: nothing, the one error, or all of them. */
export function throwAll(errors: readonly Error[]): void {
  if (errors.length === 1) throw errors[0]!
  if (errors.length > 1) throw new ManyErrors(errors)
}

/** A wrong use of a command: the message and where its help is (UsageErrorf). */
export function usageError(commandPath: string, message: string): KubectlError {
  return new KubectlError(`${message}\nSee '${commandPath} -h' for help and examples`)
}

/** `error when creating "job.yaml": …`; the reason of an API refusal stays (AddSourceToErr). */
export function withSource(verb: string, source: string, error: Error): Error {
  if (source === '') return error
  const message = `error when ${verb} ${goQuote(source)}: ${error.message}`
  if (error instanceof ApiError) return new ApiError(error.reason, message, error.details)
  return new KubectlError(message)
}

/** Whether this is one of the errors a user can cause. Everything else is a fault of ours. */
export function isUserError(error: unknown): error is Error {
  return (
    error instanceof KubectlError ||
    error instanceof ExitError ||
    error instanceof ManyErrors ||
    error instanceof ApiError
  )
}

/** What stderr says of an error, and the exit code. */
export function renderError(error: Error): { text: string; code: number } {
  if (error instanceof ExitError) return { text: ended(error.message), code: error.code }
  if (error instanceof ManyErrors) {
    if (error.errors.length === 1 && !error.nested) return renderError(error.errors[0]!)
    return { text: error.errors.map((each) => ended(standardMessage(each))).join(''), code: 1 }
  }
  if (error instanceof ApiError && error.reason === 'Invalid')
    return { text: ended(invalidMessage(error)), code: 1 }
  if (error instanceof ApiError) return { text: ended(standardMessage(error)), code: 1 }
  const prefix = error.message.startsWith('error: ') ? '' : 'error: '
  return { text: ended(prefix + error.message), code: 1 }
}

/** StandardErrorMessage: an API refusal with its reason, anything else bare. */
function standardMessage(error: Error): string {
  if (!(error instanceof ApiError)) return error.message
  return `Error from server (${error.reason}): ${error.message}`
}

function invalidMessage({ details, message }: ApiError): string {
  const causes = details.causes ?? []
  const named = details.kind || details.name
  const subject = named
    ? `The ${details.kind ?? ''} ${goQuote(details.name ?? '')} is invalid`
    : 'The request is invalid'
  if (causes.length === 0) return named || message === '' ? subject : `${subject}: ${message}`
  const lines = [...new Set(causes.map((cause) => `${cause.field}: ${cause.message}`))]
  if (lines.length === 1) return `${subject}: ${lines[0]}`
  return [`${subject}: `, ...lines.map((line) => `* ${line}`)].join('\n')
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

function unique(errors: readonly Error[]): Set<string> {
  return new Set(errors.map((error) => error.message))
}
