// Files that volumes project from keys, the Pod's own fields and tokens (core/validation
// validateProjectionSources, validateDownwardAPIVolumeFile).
import {
  validateFieldRef,
  validateResourceRef,
  type FieldRef,
  type ResourceFieldRef,
} from './env.ts'
import { forbidden, invalid, required, type FieldErrors } from './field.ts'
import { fileMode, requiredText, unreservedPath } from './paths.ts'

export interface KeyToPath {
  key?: string
  path?: string
  mode?: number
}

export interface DownwardFile {
  path?: string
  mode?: number
  fieldRef?: FieldRef
  resourceFieldRef?: ResourceFieldRef
}

interface KeySource {
  name?: string
  items?: readonly KeyToPath[]
}

interface TokenSource {
  path?: string
  expirationSeconds?: number
}

interface ProjectedSource {
  secret?: KeySource
  configMap?: KeySource
  downwardAPI?: { items?: readonly DownwardFile[] }
  serviceAccountToken?: TokenSource
}

export interface Projected {
  defaultMode?: number
  sources?: readonly ProjectedSource[] | null
}

const VOLUME_FIELDS = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
]
const TOKEN_SECONDS_MIN = 600
const TOKEN_SECONDS_MAX = 2 ** 32

/** A key of a ConfigMap or Secret and the file it becomes. */
export function keyErrors({ key, path, mode }: KeyToPath, field: string): FieldErrors {
  return [
    ...requiredText(key, `${field}.key`),
    ...requiredText(path, `${field}.path`),
    ...unreservedPath(path ?? '', `${field}.path`),
    ...fileMode(mode, `${field}.mode`),
  ]
}

export function validateDownwardFile(file: DownwardFile, field: string): FieldErrors {
  const { path, mode, fieldRef, resourceFieldRef } = file
  return [
    ...requiredText(path, `${field}.path`),
    ...unreservedPath(path ?? '', `${field}.path`),
    ...downwardSource(fieldRef, resourceFieldRef, field),
    ...fileMode(mode, `${field}.mode`),
  ]
}

function downwardSource(
  fieldRef: FieldRef | undefined,
  resourceRef: ResourceFieldRef | undefined,
  field: string,
): FieldErrors {
  if (fieldRef !== undefined) {
    const both = 'fieldRef and resourceFieldRef can not be specified simultaneously'
    return [
      ...validateFieldRef(fieldRef, `${field}.fieldRef`, VOLUME_FIELDS),
      ...(resourceRef === undefined ? [] : [invalid(field, 'resource', both)]),
    ]
  }
  if (resourceRef !== undefined)
    return validateResourceRef(resourceRef, `${field}.resourceFieldRef`, true)
  return [required(field, 'one of fieldRef and resourceFieldRef is required')]
}

export function validateProjected(projected: Projected, field: string): FieldErrors {
  const paths = new Set<string>()
  /** Two sources may not make the same file. */
  const taken = (path: string | undefined, shown: string): FieldErrors => {
    if (!path) return []
    if (paths.has(path)) return [invalid(field, shown, 'conflicting duplicate paths')]
    paths.add(path)
    return []
  }
  return [
    ...fileMode(projected.defaultMode, `${field}.defaultMode`),
    ...(projected.sources ?? []).flatMap((source, index) => {
      const at = `${field}.sources[${index}]`
      const { secret, configMap, downwardAPI, serviceAccountToken } = source
      const many = Object.keys(source).length > 1
      const why = 'may not specify more than 1 volume type per source'
      return [
        ...(secret ? keySourceErrors(secret, `${at}.secret`, taken) : []),
        ...(configMap ? keySourceErrors(configMap, `${at}.configMap`, taken) : []),
        ...(downwardAPI?.items ?? []).flatMap((file) => [
          ...validateDownwardFile(file, `${at}.downwardAPI`),
          ...taken(file.path, file.path ?? ''),
        ]),
        ...(serviceAccountToken ? tokenErrors(serviceAccountToken, at, field) : []),
        ...(many ? [forbidden(at, why)] : []),
      ]
    }),
  ]
}

function keySourceErrors(
  { name, items = [] }: KeySource,
  at: string,
  taken: (path: string | undefined, shown: string) => FieldErrors,
): FieldErrors {
  return [
    ...requiredText(name, `${at}.name`),
    ...items.flatMap((item, index) => [
      ...keyErrors(item, `${at}.items[${index}]`),
      ...taken(item.path, name ?? ''),
    ]),
  ]
}

function tokenErrors(
  { path, expirationSeconds = 0 }: TokenSource,
  at: string,
  field: string,
): FieldErrors {
  const seconds = `${at}.serviceAccountToken.expirationSeconds`
  const short = 'may not specify a duration less than 10 minutes'
  const long = 'may not specify a duration larger than 2^32 seconds'
  return [
    ...(expirationSeconds < TOKEN_SECONDS_MIN ? [invalid(seconds, expirationSeconds, short)] : []),
    ...(expirationSeconds > TOKEN_SECONDS_MAX ? [invalid(seconds, expirationSeconds, long)] : []),
    ...(path ? unreservedPath(path, `${field}.path`) : [required(`${field}.path`)]),
  ]
}
