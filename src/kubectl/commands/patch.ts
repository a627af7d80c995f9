// `kubectl patch` (kubectl pkg/cmd/patch): strategic, merge and JSON patches, in JSON or YAML.
import { deepEqual } from '../../base/deep-equal.ts'
import { goQuote } from '../../sim/lib/go-quote.ts'
import { ApiError } from '../../sim/errors.ts'
import type { KubeObject } from '../../sim/api-types/meta.ts'
import type { Call, Command } from '../command.ts'
import { isUserError, KubectlError, throwAll } from '../errors.ts'
import { fieldManagerFlag, fileFlags, RECORD_FLAG, submissionOf } from '../flag-groups.ts'
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, resultPrinter } from '../output.ts'
import { isMap } from '../patch/lists.ts'
import type { Process } from '../process.ts'
import { build, errorsOf, selectionOf, type Info } from '../resolve.ts'
import { patchedBody, submitPatch, type PatchType } from '../submit.ts'
import { JsonError, readJson } from '../yaml/json-reader.ts'
import { readManifest } from '../yaml/manifest.ts'

const TYPES = ['json', 'merge', 'strategic']

export const patch: Command = {
  name: 'patch',
  use: '(-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]',
  short: 'Update fields of a resource',
  examples: [
    `kubectl patch cronjob daily-report -p '{"spec":{"suspend":true}}'`,
    `kubectl patch ds agent --type=json -p '[{"op":"remove","path":"/spec/template/spec/tolerations/0"}]'`,
  ],
  completes: 'resources',
  flags: [
    ...OUTPUT_FLAGS,
    ...fileFlags('with the objects to change.'),
    DRY_RUN_FLAG,
    RECORD_FLAG,
    fieldManagerFlag('kubectl-patch'),
    { name: 'local', type: 'bool', usage: 'Patch what the files say, without the server.' },
    { name: 'patch', short: 'p', type: 'string', usage: 'The patch.' },
    { name: 'patch-file', type: 'string', usage: 'A file with the patch.' },
    { name: 'subresource', type: 'string', usage: 'The subresource to change: status.' },
    { name: 'type', type: 'string', value: 'strategic', usage: 'json, merge or strategic.' },
  ],
  run: runPatch,
}

function* runPatch(call: Call): Process {
  const { args } = call
  dryRunOf(call)
  const type = requireSense(call)
  const body = readPatch(call, type)
  const options = { ...selectionOf(call), args, continueOnError: true }
  const subresource = call.flags.string('subresource')
  if (subresource !== '' && subresource !== 'status')
    throw new ApiError('NotFound', 'the server could not find the requested resource')
  const found = build(call, { ...options, local: call.flags.bool('local') })
  const errors = [...errorsOf(found.error)]
  let count = 0
  for (const info of found.infos)
    try {
      count++
      patchOne(call, info, type, body)
    } catch (error) {
      if (!isUserError(error)) throw error
      errors.push(error)
    }
  throwAll(errors)
  if (count === 0) throw new KubectlError('no objects passed to patch')
  return 0
}

function requireSense({ flags, args }: Call): PatchType {
  const inline = flags.string('patch')
  const file = flags.string('patch-file')
  if (inline !== '' && file !== '')
    throw new KubectlError('cannot specify --patch and --patch-file together')
  if (inline === '' && file === '')
    throw new KubectlError(
      'must specify --patch or --patch-file containing the contents of the patch',
    )
  if (flags.bool('local')) {
    if (args.length > 0) throw new KubectlError('cannot specify --local and server resources')
    if (flags.string('dry-run') === 'server')
      throw new KubectlError(
        'cannot specify --local and --dry-run=server - did you mean --dry-run=client?',
      )
  }
  const type = flags.string('type').toLowerCase()
  if (!TYPES.includes(type))
    throw new KubectlError(
      `--type must be one of [${TYPES.join(' ')}], not ${goQuote(flags.string('type'))}`,
    )
  return type as PatchType
}

/** The patch as data. JSON goes to the server as it is, which then says what is wrong with it. */
function readPatch({ flags, context }: Call, type: PatchType): unknown {
  const file = flags.string('patch-file')
  const text = file === '' ? flags.string('patch') : context.readFile(file)
  if (text === undefined)
    throw new KubectlError(`unable to read patch file: open ${file}: no such file or directory`)
  if (/^\s*\{/.test(text)) return readJsonPatch(text, type)
  const [document] = readManifest(text)
  if (document?.error !== undefined) {
    const why = document.error.replace(/^error converting YAML to JSON: /, '')
    throw new KubectlError(`unable to parse ${goQuote(flags.string('patch'))}: ${why}`)
  }
  return document?.value ?? null
}

function readJsonPatch(text: string, type: PatchType): unknown {
  try {
    readJson(text, 0)
    return JSON.parse(text) as unknown
  } catch (error) {
    if (!(error instanceof JsonError) && !(error instanceof SyntaxError)) throw error
    const message =
      error instanceof JsonError ? error.message : 'invalid character after top-level value'
    throw refusedPatch(type, message)
  }
}

function refusedPatch(type: PatchType, why: string): ApiError {
  return new ApiError('BadRequest', type === 'strategic' ? why : `error decoding patch: ${why}`)
}

function patchOne(call: Call, info: Info, type: PatchType, body: unknown): void {
  const { resource, namespace, name } = info
  const dryRun = dryRunOf(call)
  const live = info.object!
  const local = dryRun === 'client' || call.flags.bool('local')
  if (local && type === 'json' && !Array.isArray(body))
    throw new KubectlError(
      `json: cannot unmarshal ${jsonKind(body)} into Go value of type jsonpatch.Patch`,
    )
  requireShape(type, body)
  const subresource = call.flags.string('subresource') === 'status' ? 'status' : undefined
  const patched = local
    ? (patchedBody(live, { type, body }) as KubeObject)
    : submitPatch(submissionOf(call, dryRun === 'server'), resource, {
        namespace,
        name,
        type,
        body,
        ...(subresource === undefined ? {} : { subresource }),
      })
  const same = deepEqual(live, patched)
  // The real client does not say that it was a dry run.
  resultPrinter(call, 'none')(patched, same ? 'patched (no change)' : 'patched')
}

/** A patch that is no patch at all is refused by the server's decoder. */
function requireShape(type: PatchType, body: unknown): void {
  if (type === 'json' ? Array.isArray(body) : isMap(body)) return
  const kind = jsonKind(body)
  const goType = type === 'json' ? '[]handlers.jsonPatchOp' : 'map[string]interface {}'
  throw refusedPatch(type, `json: cannot unmarshal ${kind} into Go value of type ${goType}`)
}

/** What encoding/json calls a value. */
function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (value === null) return 'null'
  return typeof value === 'boolean' ? 'bool' : typeof value
}
