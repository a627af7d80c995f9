// `--raw`: a request to a path of the server itself. The lab answers those that say what it is;
// what they would change goes by types and names.
import { ApiError } from '../sim/errors.ts'
import type { Call } from './command.ts'
import { KubectlError } from './errors.ts'

/** Paths that a server has beside those of its resources, and that only tell something. */
const TOLD = /^\/(version|healthz|livez|readyz|metrics|openapi)(\/|$)/

/** Why a file is not sent to this path; throws for flags that do not go with `--raw`. */
export function rawRefusal({ flags }: Call): Error {
  const path = flags.string('raw')
  if (flags.list('filename').length !== 1)
    throw new KubectlError('--raw can only use a single local file or stdin')
  if (flags.bool('recursive'))
    throw new KubectlError('--raw and --recursive are mutually exclusive')
  if (flags.string('output') !== '')
    throw new KubectlError('--raw and --output are mutually exclusive')
  if (TOLD.test(path))
    return new ApiError(
      'MethodNotAllowed',
      'the server does not allow this method on the requested resource',
    )
  if (!/^\/apis?(\/|$)/.test(path))
    return new ApiError('NotFound', 'the server could not find the requested resource')
  return new KubectlError('the lab has no raw URIs: name the type and the object')
}
