// How the API server refuses a Widget.
import { ApiError } from '../../../src/sim/errors.ts'

export function forbidden(name: string, why: string): ApiError {
  const message = `widgets.example.com "${name}" is forbidden: ${why}`
  return new ApiError('Forbidden', message, { kind: 'widgets', name })
}
