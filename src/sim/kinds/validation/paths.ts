// Paths in manifests: none may climb with `..` (core/validation validatePathNoBacksteps).
import { invalid, required, type FieldErrors } from './field.ts'

export function noBacksteps(path: string, field: string): FieldErrors {
  return path.split('/').includes('..') ? [invalid(field, path, "must not contain '..'")] : []
}

/** A relative path. */
export function descendingPath(path: string, field: string): FieldErrors {
  return [
    ...(path.startsWith('/') ? [invalid(field, path, 'must be a relative path')] : []),
    ...noBacksteps(path, field),
  ]
}

/** A relative path whose name does not begin with `..`, which the kubelet keeps for itself. */
export function unreservedPath(path: string, field: string): FieldErrors {
  const reserved = path.startsWith('..') && !path.startsWith('../')
  return [
    ...descendingPath(path, field),
    ...(reserved ? [invalid(field, path, "must not start with '..'")] : []),
  ]
}

/** A file's permission bits. */
export function fileMode(mode: number | undefined, field: string): FieldErrors {
  if (mode === undefined || (mode >= 0 && mode <= 0o777)) return []
  return [invalid(field, mode, 'must be a number between 0 and 0777 (octal), both inclusive')]
}

/** Required when empty. */
export function requiredText(value: string | undefined, field: string): FieldErrors {
  return value ? [] : [required(field)]
}
