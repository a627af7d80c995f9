// What the generators of kubectl have in common: a name from the arguments, a typed object, and
// errors that lose their status because upstream wraps them as text.
import type { KubeObject } from '../sim/api-types/meta.ts'
import { goJson } from '../sim/lib/go-quote.ts'
import { decodeStruct } from '../sim/schema/decode.ts'
import { hasStruct } from '../sim/schema/structs.ts'
import type { Call } from './command.ts'
import { isUserError, KubectlError, usageError } from './errors.ts'
import type { FlagSpec } from './flags.ts'
import { fieldManagerFlag, SAVE_CONFIG_FLAG, submissionOf, VALIDATE_FLAG } from './flag-groups.ts'
import { goOrdered } from './go-order.ts'
import { LAST_APPLIED } from './last-applied.ts'
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, resultPrinter } from './output.ts'
import { resourceForVersion } from './resources.ts'
import { submitCreate } from './submit.ts'

/** The flags every generator has. */
export const GENERATOR_FLAGS: readonly FlagSpec[] = [
  ...OUTPUT_FLAGS,
  DRY_RUN_FLAG,
  VALIDATE_FLAG,
  SAVE_CONFIG_FLAG,
  fieldManagerFlag('kubectl-create'),
]

/** The one NAME of `kubectl create job NAME -- command` (NameFromCommandArgs). */
export function nameOf({ args, dashAt, path }: Call): string {
  const count = dashAt < 0 ? args.length : dashAt
  if (count !== 1) throw usageError(path, `exactly one NAME is required, got ${count}`)
  return args[0]!
}

/**
 * Makes an object, submits it and prints it. It is made after the flags are understood; `failure`
 * begins the message of a refusal, unless it is ''. Throws KubectlError or ApiError.
 */
export function submitGenerated(
  call: Call,
  make: () => KubeObject,
  failure: string,
  separator = ': ',
  mayAnnotate = true,
): void {
  const dryRun = dryRunOf(call)
  const print = resultPrinter(call, dryRun, { isStruct: true })
  const submission = submissionOf(call, dryRun === 'server')
  const object = withStructAnnotation(
    typed(call, make()),
    mayAnnotate && call.flags.bool('save-config'),
  )
  if (dryRun === 'client') return print(object, 'created')
  const resource = resourceForVersion(object.apiVersion, object.kind)!
  const namespaced = resource.namespaced ? inNamespace(object, call.namespace) : object
  try {
    print(goOrdered(submitCreate(submission, resource, namespaced)), 'created')
  } catch (error) {
    if (!isUserError(error) || failure === '') throw error
    throw new KubectlError(`${failure}${separator}${error.message}`)
  }
}

/** As Go writes the struct: empty structs stand where they are not omitted. */
function typed({ namespace, namespaceGiven }: Call, manifest: KubeObject): KubeObject {
  const object = hasStruct(manifest.kind)
    ? goOrdered(decodeStruct(manifest, manifest.kind).value as unknown as KubeObject)
    : manifest
  const resource = resourceForVersion(manifest.apiVersion, manifest.kind)!
  return namespaceGiven && resource.namespaced ? inNamespace(object, namespace) : object
}

/** The namespace stands behind the name, as in Go's struct. */
function inNamespace(object: KubeObject, namespace: string): KubeObject {
  const { name, namespace: _given, ...rest } = object.metadata
  return { ...object, metadata: { name, namespace, ...rest } }
}

/** The annotation of `--save-config`: the struct as Go writes it, without an empty map. */
function withStructAnnotation(object: KubeObject, always: boolean): KubeObject {
  if (!always) return object
  const text = `${goJson(object)}\n`
  const { annotations, ...rest } = object.metadata
  const metadata = { ...rest, annotations: { ...annotations, [LAST_APPLIED]: text } }
  return goOrdered({ ...object, metadata })
}

/** The fields of a map that are set: what is undefined or empty Go leaves out. */
export function setFields<T extends object>(fields: T): T {
  const isSet = ([, value]: [string, unknown]): boolean =>
    value !== undefined &&
    value !== '' &&
    value !== 0 &&
    value !== false &&
    !(Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(fields).filter(isSet)) as T
}
