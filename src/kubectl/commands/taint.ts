// `kubectl taint` (kubectl pkg/cmd/taint).
import type { Node, Taint } from '../../sim/api-types/core.ts'
import { node as nodeKind } from '../../sim/kinds/node.ts'
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { decodeStruct } from '../../sim/schema/decode.ts'
import type { Call, Command } from '../command.ts'
import { isUserError, KubectlError, throwAll, usageError } from '../errors.ts'
import { fieldManagerFlag, SELECTOR_FLAG, submissionOf, VALIDATE_FLAG } from '../flag-groups.ts'
import { labelKeyProblems, labelValueProblems } from '../label-rules.ts'
import { DRY_RUN_FLAG, dryRunOf, OUTPUT_FLAGS, resultPrinter } from '../output.ts'
import type { Process } from '../process.ts'
import { build, errorsOf, type BuildOptions, type Info } from '../resolve.ts'
import { resourceOf } from '../resources.ts'
import { submitPatch } from '../submit.ts'

export const taint: Command = {
  name: 'taint',
  use: 'NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N',
  short: 'Update the taints on one or more nodes',
  examples: [
    'kubectl taint nodes novacraft-worker dedicated=batch:NoSchedule',
    'kubectl taint nodes novacraft-worker dedicated-',
  ],
  completes: 'nodes',
  flags: [
    ...OUTPUT_FLAGS,
    DRY_RUN_FLAG,
    VALIDATE_FLAG,
    SELECTOR_FLAG,
    fieldManagerFlag('kubectl-taint'),
    { name: 'all', type: 'bool', usage: 'All nodes.' },
    { name: 'overwrite', type: 'bool', usage: 'Replace taints that are there already.' },
  ],
  run: runTaint,
}

interface Change {
  readonly add: readonly Taint[]
  /** Without an effect: every taint of that key. */
  readonly remove: readonly { key: string; effect: string }[]
}

function* runTaint(call: Call): Process {
  const dryRun = dryRunOf(call)
  const { resources, change } = readArgs(call)
  requireNodes(resources[0]!)
  requireNoConflict(change)
  const found = build(call, selectionFor(call, resources.slice(1)))
  // Taints are reported in the same words whether they are stored or not.
  const print = resultPrinter(call, 'none')
  const submission = submissionOf(call, dryRun === 'server')
  const errors = [...errorsOf(found.error)]
  for (const info of found.infos)
    try {
      const { taints, operation } = changed(call, info, change)
      const body = { spec: { taints: taints.length === 0 ? null : taints } }
      const { resource, name } = info
      const patch = { namespace: '', name, type: 'merge', body } as const
      // A dry run by the client shows the node as Go's struct has it.
      const shown =
        dryRun === 'client'
          ? asStruct({ ...info.object!, spec: { ...(info.object as Node).spec, taints } })
          : submitPatch(submission, resource, patch)
      print(shown, operation)
    } catch (error) {
      if (!isUserError(error)) throw error
      errors.push(error)
    }
  throwAll(errors)
  return 0
}

function asStruct(object: KubeObject): KubeObject {
  return decodeStruct(object, object.kind).value as unknown as KubeObject
}

function readArgs(call: Call): { resources: readonly string[]; change: Change } {
  const resources: string[] = []
  const specs: string[] = []
  for (const arg of call.args) {
    const isTaint = arg.includes('=') || arg.includes(':') || arg.endsWith('-')
    if (isTaint) specs.push(arg)
    else if (specs.length === 0) resources.push(arg)
    else throw new KubectlError(`all resources must be specified before taint changes: ${arg}`)
  }
  if (resources.length === 0)
    throw new KubectlError('one or more resources must be specified as <resource> <name>')
  if (specs.length === 0) throw new KubectlError('at least one taint update is required')
  try {
    return { resources, change: readChange(specs) }
  } catch (error) {
    if (!isUserError(error)) throw error
    throw usageError(call.path, error.message)
  }
}

function readChange(specs: readonly string[]): Change {
  const add: Taint[] = []
  const remove: { key: string; effect: string }[] = []
  for (const spec of specs) {
    if (spec.endsWith('-')) {
      const { key, effect } = readTaint(spec.slice(0, -1))
      remove.push({ key, effect })
      continue
    }
    const fresh = readTaint(spec)
    if (fresh.effect === '') throw new KubectlError(`invalid taint spec: ${spec}`)
    if (add.some(({ key, effect }) => key === fresh.key && effect === fresh.effect))
      throw new KubectlError(
        `duplicated taints with the same key and effect: {${fresh.key} ${fresh.value} ` +
          `${fresh.effect} <nil>}`,
      )
    const { key, value, effect } = fresh
    add.push({ key, ...(value === '' ? {} : { value }), effect } as Taint)
  }
  return { add, remove }
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** `key=value:effect`, `key:effect` or `key`. */
function readTaint(spec: string): { key: string; value: string; effect: string } {
  const parts = spec.split(':')
  const invalid = (why: readonly string[] = []): KubectlError =>
    new KubectlError(`invalid taint spec: ${[spec, ...why].join(', ')}`)
  if (parts.length > 2) throw invalid()
  let key = parts[0]!
  let value = ''
  const effect = parts[1] ?? ''
  if (parts.length === 2) {
    if (!EFFECTS.includes(effect))
      throw new KubectlError(`invalid taint effect: ${effect}, unsupported taint effect`)
    const pair = key.split('=')
    if (pair.length > 2) throw invalid()
    key = pair[0]!
    value = pair[1] ?? ''
    const problems = labelValueProblems(value)
    if (problems.length > 0) throw invalid([problems.join('; ')])
  }
  const problems = labelKeyProblems(key)
  if (problems.length > 0) throw invalid([problems.join('; ')])
  return { key, value, effect }
}

function requireNodes(word: string): void {
  if (resourceOf(word.toLowerCase()).kind === nodeKind.kind) return
  const type = word.toLowerCase()
  throw new KubectlError(`invalid resource type ${type}, only node types are supported`)
}

function requireNoConflict({ add, remove }: Change): void {
  const both = add.flatMap((fresh) =>
    remove
      .filter(({ key, effect }) => key === fresh.key && (effect === '' || effect === fresh.effect))
      .map(({ key, effect }) => `${key}=${effect}`),
  )
  if (both.length > 0)
    throw new KubectlError(
      'can not both modify and remove the following taint(s) in the same command: ' +
        both.join(', '),
    )
}

function selectionFor({ flags }: Call, names: readonly string[]): BuildOptions {
  const labels = flags.string('selector')
  const all = flags.bool('all')
  const options = { continueOnError: true, latest: true }
  if (all && labels !== '')
    throw new KubectlError("setting 'all' parameter with a non empty selector is prohibited")
  if (all) return { ...options, args: [nodeKind.plural], all: true }
  if (labels !== '') return { ...options, args: [nodeKind.plural], labels }
  if (names.length === 0)
    throw new KubectlError(
      "at least one resource name must be specified since 'all' parameter is not set",
    )
  return { ...options, args: names.map((name) => (name.includes('/') ? name : `node/${name}`)) }
}

/** New taints come first, then the old ones that stay (reorganizeTaints). */
function changed(call: Call, info: Info, { add, remove }: Change) {
  const overwrite = call.flags.bool('overwrite')
  const old = (info.object as Node).spec.taints ?? []
  const same = (a: { key: string; effect: string }, b: { key: string; effect: string }): boolean =>
    a.key === b.key && a.effect === b.effect
  const existing = add.filter((fresh) => old.some((other) => same(fresh, other)))
  if (!overwrite && existing.length > 0) {
    const keys = existing.map(({ key }) => key).join(',')
    throw new KubectlError(
      `node ${info.name} already has ${keys} taint(s) with same effect(s) and ` +
        '--overwrite is false',
    )
  }
  let taints = [...add, ...old.filter((other) => !add.some((fresh) => same(fresh, other)))]
  const added = taints.length !== old.length
  let deleted = false
  const missing: KubectlError[] = []
  for (const gone of remove) {
    const left = taints.filter(
      (other) => !(other.key === gone.key && (gone.effect === '' || other.effect === gone.effect)),
    )
    deleted = left.length !== taints.length
    const name = gone.effect === '' ? gone.key : `${gone.key}:${gone.effect}`
    if (!deleted) missing.push(new KubectlError(`taint "${name}" not found`))
    taints = left
  }
  throwAll(missing)
  const operation = (added && deleted) || overwrite ? 'modified' : added ? 'tainted' : 'untainted'
  return { taints, operation }
}
