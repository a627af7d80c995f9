// Refusals as the API server sends them: a Status object with reason, details and causes. Whatever
// a request makes go wrong ends here; what is no refusal is a fault of ours and a 500.
import { ApiError, type StatusDetails } from '../../sim/errors.ts'
import { KubectlError } from '../../kubectl/errors.ts'
import { SelectorError } from '../../kubectl/selectors.ts'
import { ProtobufError } from './protobuf.ts'

/** A refusal that only a server that speaks HTTP can meet. */
export class HttpError extends Error {
  override name = 'HttpError'
  readonly code: number
  readonly reason: string
  readonly details: StatusDetails | undefined
  constructor(code: number, reason: string, message: string, details?: StatusDetails) {
    super(message)
    this.code = code
    this.reason = reason
    this.details = details
  }
}

export interface Status {
  kind: 'Status'
  apiVersion: 'v1'
  metadata: object
  status: 'Success' | 'Failure'
  message?: string
  reason?: string
  details?: object
  code?: number
}

/** No such path or resource type (apiserver's own not-found handler for resources). */
export function noResource(): HttpError {
  return new HttpError(404, 'NotFound', 'the server could not find the requested resource', {})
}

export function badRequest(message: string): ApiError {
  return new ApiError('BadRequest', message)
}

/** The verb is not of this resource (NewMethodNotSupported). */
export function notAllowed(): HttpError {
  const message = 'the server does not allow this method on the requested resource'
  return new HttpError(405, 'MethodNotAllowed', message, {})
}

/** The Status of a refusal. Never throws. */
export function statusOf(error: unknown): Status & { code: number } {
  if (error instanceof HttpError) return failure(error.code, error.reason, error)
  if (error instanceof ApiError) return failure(error.code, error.reason, error)
  const known =
    error instanceof SelectorError ||
    error instanceof KubectlError ||
    error instanceof ProtobufError ||
    error instanceof SyntaxError
  if (known) return failure(400, 'BadRequest', { message: error.message })
  const message = error instanceof Error ? error.message : String(error)
  return failure(500, 'InternalError', { message: `Internal error occurred: ${message}` })
}

function failure(
  code: number,
  reason: string,
  { message, details }: { message: string; details?: StatusDetails | undefined },
): Status & { code: number } {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    ...(details === undefined ? {} : { details: detailsOf(details) }),
    code,
  }
}

function detailsOf({ name, group, kind, causes }: StatusDetails): object {
  return {
    ...(name ? { name } : {}),
    ...(group ? { group } : {}),
    ...(kind ? { kind } : {}),
    ...(causes === undefined
      ? {}
      : {
          causes: causes.map(({ reason = 'FieldValueInvalid', message, field }) => ({
            reason,
            message,
            field,
          })),
        }),
  }
}
