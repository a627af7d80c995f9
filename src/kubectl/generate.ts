// What the generators of kubectl have in common: a name from the arguments, a typed object, and
// errors that lose their status because upstream wraps them as text.
import type { KubeObject } from '../sim/api-types/meta.ts'
import { decodeStruct } from '../sim/schema/decode.ts'
import type { Call } from './command.ts'
import { isUserError, KubectlError, usageError } from './errors.ts'
import type { FlagSpec } from './flags.ts'
import { fieldManagerFlag, SAVE_CONFIG_FLAG, submissionOf, VALIDATE_FLAG } from './flag-groups.ts'
import { withAnnotation } from './last-applied.ts'
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

/** Submits a generated object and prints it; `failure` begins the message of a refusal. */
export function submitGenerated(call: Call, manifest: KubeObject, failure: string): void {
  const dryRun = dryRunOf(call)
  const print = resultPrinter(call, dryRun)
  const submission = submissionOf(call, dryRun === 'server')
  const object = withAnnotation(typed(call, manifest), call.flags.bool('save-config'))
  if (dryRun === 'client') return print(object, 'created')
  const resource = resourceForVersion(object.apiVersion, object.kind)!
  const namespaced = resource.namespaced ? inNamespace(object, call.namespace) : object
  try {
    print(submitCreate(submission, resource, namespaced), 'created')
  } catch (error) {
    if (!isUserError(error) || failure === '') throw error
    throw new KubectlError(`${failure}: ${error.message}`)
  }
}

/** As Go writes the struct: empty structs stand where they are not omitted. */
function typed({ namespace, namespaceGiven }: Call, manifest: KubeObject): KubeObject {
  const { value } = decodeStruct(manifest, manifest.kind)
  const object = value as unknown as KubeObject
  const resource = resourceForVersion(manifest.apiVersion, manifest.kind)!
  return namespaceGiven && resource.namespaced ? inNamespace(object, namespace) : object
}

function inNamespace(object: KubeObject, namespace: string): KubeObject {
  return { ...object, metadata: { ...object.metadata, namespace } }
}
