// What the API server answers when it refuses. An ApiError is caught in two places only: the actor
// runner (which retries with back-off) and kubectl (which prints it).

/** metav1.StatusReason values the lab uses, with their HTTP codes. */
const STATUS_CODES = {
  BadRequest: 400,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  AlreadyExists: 409,
  Conflict: 409,
  Gone: 410,
  Invalid: 422,
  InternalError: 500,
} as const

type StatusReason = keyof typeof STATUS_CODES

/** One field error of a validation, rendered: `field: message`. */
export interface StatusCause {
  field: string
  message: string
  /** FieldValueRequired, FieldValueInvalid, NamespaceTerminating … */
  reason?: string
}

export interface StatusDetails {
  kind?: string
  group?: string
  name?: string
  causes?: readonly StatusCause[]
}

/** A refusal by the API server, in Kubernetes' own words. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly reason: StatusReason
  readonly details: StatusDetails
  constructor(reason: StatusReason, message: string, details: StatusDetails = {}) {
    super(message)
    this.reason = reason
    this.details = details
  }
  get code(): number {
    return STATUS_CODES[this.reason]
  }
}

/** The cause of what is refused because its namespace is on its way out (metav1.CauseType). */
export const NAMESPACE_TERMINATING = 'NamespaceTerminating'

export function hasCause({ details }: ApiError, reason: string): boolean {
  return details.causes?.some((cause) => cause.reason === reason) === true
}

/** What an error message calls a resource: `jobs.batch`, or `pods` in the core group. */
interface ResourceName {
  plural: string
  group: string
}

export function qualifiedPlural(resource: ResourceName): string {
  return resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`
}

/** `pods "x" not found` (apimachinery api/errors NewNotFound). */
export function notFound(resource: ResourceName, name: string): ApiError {
  return new ApiError('NotFound', `${qualifiedPlural(resource)} "${name}" not found`, {
    kind: resource.plural,
    group: resource.group,
    name,
  })
}

/** `jobs.batch "x" already exists` (NewAlreadyExists). */
export function alreadyExists(resource: ResourceName, name: string): ApiError {
  return new ApiError('AlreadyExists', `${qualifiedPlural(resource)} "${name}" already exists`, {
    kind: resource.plural,
    group: resource.group,
    name,
  })
}

/**
 * The optimistic concurrency refusal (registry/generic/registry/store.go OptimisticLockErrorMsg).
 */
export function conflict(resource: ResourceName, name: string): ApiError {
  const why =
    'the object has been modified; please apply your changes to the latest version and try again'
  const what = `Operation cannot be fulfilled on ${qualifiedPlural(resource)} "${name}"`
  return new ApiError('Conflict', `${what}: ${why}`, { kind: resource.plural, name })
}

/** 422 with its causes: `Job.batch "x" is invalid: …` (NewInvalid). Duplicates are dropped. */
export function invalid(
  kind: { kind: string; group: string },
  name: string,
  errors: readonly StatusCause[],
): ApiError {
  const lines = [...new Set(errors.map((error) => `${error.field}: ${error.message}`))]
  const list = lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`
  const qualified = kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`
  return new ApiError('Invalid', `${qualified} "${name}" is invalid: ${list}`, {
    kind: kind.kind,
    group: kind.group,
    name,
    causes: errors,
  })
}
