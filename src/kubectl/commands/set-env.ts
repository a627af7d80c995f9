// `kubectl set env` (kubectl pkg/cmd/set/set_env.go): the environment of containers, given, taken
// away, taken from a ConfigMap or Secret, or listed.
import type { KubeObject } from '../../sim/api-types/meta.ts'
import type { Container, EnvVar, PodSpec } from '../../sim/api-types/pod.ts'
import { configMap } from '../../sim/kinds/configmap.ts'
import { secret } from '../../sim/kinds/secret.ts'
import { envName } from '../../sim/kinds/validation/names.ts'
import { goQuote } from '../../sim/lib/go-quote.ts'
import type { Call, Command } from '../command.ts'
import { KubectlError, throwAll } from '../errors.ts'
import { fieldManagerFlag, fileFlags, SELECTOR_FLAG } from '../flag-groups.ts'
import { DRY_RUN_FLAG, OUTPUT_FLAGS } from '../output.ts'
import type { Process } from '../process.ts'
import { build, selectionOf } from '../resolve.ts'
import {
  ALL_FLAG,
  changeEach,
  changePodSpec,
  CONTAINERS_FLAG,
  foundInfos,
  LOCAL_FLAG,
  mapContainers,
  matchesName,
  nameFinder,
  requireLocalSense,
  setContext,
} from './set-shared.ts'

export const setEnv: Command = {
  name: 'env',
  use: 'RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N',
  short: 'Update environment variables on a pod template',
  examples: ['kubectl set env ds/agent LEVEL=debug', 'kubectl set env ds/agent --list'],
  completes: 'resources',
  flags: [
    ...OUTPUT_FLAGS,
    ...fileFlags('with the objects to change.'),
    DRY_RUN_FLAG,
    SELECTOR_FLAG,
    fieldManagerFlag('kubectl-set'),
    ALL_FLAG,
    CONTAINERS_FLAG,
    LOCAL_FLAG,
    { name: 'env', short: 'e', type: 'array', usage: 'A variable: key=value.' },
    { name: 'from', type: 'string', usage: 'A ConfigMap or Secret to take variables from.' },
    { name: 'keys', type: 'list', usage: 'Only these keys, with --from.' },
    { name: 'list', type: 'bool', usage: 'Show the environment.' },
    { name: 'overwrite', type: 'bool', value: 'true', usage: 'Replace what is there already.' },
    { name: 'prefix', type: 'string', usage: 'What names of variables begin with.' },
    { name: 'resolve', type: 'bool', usage: 'Show values for references, with --list.' },
  ],
  run: runSetEnv,
}

function* runSetEnv(call: Call): Process {
  const { flags, args } = call
  if (flags.bool('all') && flags.string('selector') !== '')
    throw new KubectlError('cannot set --all and --selector at the same time')
  const { resources, changes } = splitArguments(args)
  const context = setContext(call)
  requireSense(call, resources, () => requireLocalSense(context))
  const given = readChanges(call, [...flags.list('env'), ...changes])
  const env = [...given.env, ...fromSource(call)].map((variable) => ({
    ...variable,
    name: `${flags.string('prefix')}${variable.name}`,
  }))
  const infos = foundInfos(call, resources)
  const change = changePodSpec(nameFinder(infos), (spec, object) =>
    withEnv(call, spec, object, env, given.remove),
  )
  const failure = 'failed to patch env update to pod template:'
  const errors = changeEach(context, infos, change, { done: 'env updated', failure })
  if (!flags.bool('list')) throwAll(errors)
  return 0
}

/** Objects first, then KEY=VALUE and KEY-. */
function splitArguments(args: readonly string[]) {
  const isChange = (arg: string): boolean => /^.+=/s.test(arg) || arg.endsWith('-')
  const first = args.findIndex(isChange)
  if (first < 0) return { resources: args, changes: [] }
  const changes = args.slice(first)
  if (!changes.every(isChange))
    throw new KubectlError(
      `all resources must be specified before environment changes: ${args.join(' ')}`,
    )
  return { resources: args.slice(0, first), changes }
}

function requireSense(
  { flags }: Call,
  resources: readonly string[],
  requireLocal: () => void,
): void {
  requireLocal()
  if (flags.list('filename').length === 0 && resources.length === 0)
    throw new KubectlError(
      'one or more resources must be specified as <resource> <name> or <resource>/<name>',
    )
  if (flags.bool('list') && flags.string('output') !== '')
    throw new KubectlError('--list and --output may not be specified together')
  if (flags.list('keys').length > 0 && flags.string('from') === '')
    throw new KubectlError(
      'when specifying --keys, a configmap or secret must be provided with --from',
    )
}

function readChanges({ context }: Call, words: readonly string[]) {
  const env: EnvVar[] = []
  const remove: string[] = []
  const set = new Set<string>()
  for (const word of words)
    if (word === '-') env.push(...readLines(context.stdin))
    else if (word.includes('=')) {
      const equals = word.indexOf('=')
      const name = word.slice(0, equals)
      const problems = envName(name)
      if (problems.length > 0)
        throw new KubectlError(`${goQuote(name)} is not a valid key name: ${problems.join(';')}`)
      set.add(name)
      env.push({ name, value: word.slice(equals + 1) })
    } else if (word.endsWith('-')) remove.push(word.slice(0, -1))
    else throw new KubectlError(`unknown environment variable: ${word}`)
  if (remove.some((name) => set.has(name)))
    throw new KubectlError(
      'can not both modify and remove the same environment variable in the same command',
    )
  return { env, remove }
}

function readLines(text: string): readonly EnvVar[] {
  const lines = text.split('\n').map((line) => line.replace(/#.*$/, ''))
  return lines
    .filter((line) => line.includes('='))
    .map((line) => {
      const equals = line.indexOf('=')
      return { name: line.slice(0, equals), value: line.slice(equals + 1) }
    })
}

/** Variables that refer to the keys of `--from`. */
function fromSource(call: Call): readonly EnvVar[] {
  const { flags, context } = call
  const from = flags.string('from')
  if (from === '') return []
  const found = build(call, {
    ...selectionOf(call),
    args: [from],
    continueOnError: true,
    latest: true,
  })
  if (found.error !== undefined) throw found.error
  const keys = flags.list('keys')
  return found.infos.flatMap(({ object, name }) => {
    const { kind, data = {} } = object as KubeObject & { data?: Record<string, string> }
    if (kind !== configMap.kind && kind !== secret.kind)
      throw new KubectlError('unsupported resource specified in --from')
    const wanted = Object.keys(data).filter((key) => keys.length === 0 || keys.includes(key))
    return wanted.map((key): EnvVar => {
      const variable = key.replace(/[^a-zA-Z0-9_]/g, '_').toUpperCase()
      if (variable !== key) context.stderr(`Warning: key ${key} transferred to ${variable}\n`)
      const reference = { name, key }
      return kind === secret.kind
        ? { name: variable, valueFrom: { secretKeyRef: reference } }
        : { name: variable, valueFrom: { configMapKeyRef: reference } }
    })
  })
}

function withEnv(
  call: Call,
  spec: PodSpec,
  object: KubeObject,
  env: readonly EnvVar[],
  remove: readonly string[],
): PodSpec {
  const { flags, context } = call
  const pattern = flags.string('containers')
  const matches = matchesName(pattern)
  const all = [...spec.containers, ...(spec.initContainers ?? [])]
  if (!all.some(matches)) {
    const who = `${object.kind}/${object.metadata.name}`
    context.stderr(`Warning: ${who} does not have any containers matching ${goQuote(pattern)}\n`)
    return spec
  }
  const changed = mapContainers(spec, matches, (container) => {
    if (!flags.bool('overwrite')) requireNew(container, env)
    return { ...container, env: updated(container.env ?? [], env, remove) }
  })
  if (flags.bool('list')) {
    const shown = [...changed.containers, ...(changed.initContainers ?? [])].filter(matches)
    for (const container of shown) list(call, object, container)
  }
  return changed
}

function requireNew({ env: present = [] }: Container, env: readonly EnvVar[]): void {
  for (const { name, value } of env) {
    const current = present.find((each) => each.name === name)
    if (current !== undefined && (current.value ?? '') !== (value ?? ''))
      throw new KubectlError(
        `'${name}' already has a value (${current.value ?? ''}), and --overwrite is false`,
      )
  }
}

/** New values stand where the old ones stood, new variables at the end. */
function updated(
  present: readonly EnvVar[],
  env: readonly EnvVar[],
  remove: readonly string[],
): EnvVar[] {
  const covered = new Set(remove)
  const result: EnvVar[] = []
  for (const old of present) {
    if (covered.has(old.name)) continue
    const newer = env.find(({ name }) => name === old.name)
    if (newer !== undefined) covered.add(old.name)
    result.push(newer ?? old)
  }
  for (const added of env) {
    if (covered.has(added.name)) continue
    covered.add(added.name)
    result.push(added)
  }
  return result
}

function list({ context }: Call, object: KubeObject, container: Container): void {
  const { kind, metadata } = object
  context.stdout(`# ${kind} ${metadata.name}, container ${container.name}\n`)
  for (const { name, value = '', valueFrom } of container.env ?? [])
    context.stdout(
      valueFrom === undefined
        ? `${name}=${value}\n`
        : `# ${name} from ${referenceText(valueFrom)}\n`,
    )
}

function referenceText(source: NonNullable<EnvVar['valueFrom']>): string {
  const { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef } = source
  if (configMapKeyRef !== undefined)
    return `configmap ${configMapKeyRef.name}, key ${configMapKeyRef.key}`
  if (secretKeyRef !== undefined) return `secret ${secretKeyRef.name}, key ${secretKeyRef.key}`
  if (fieldRef !== undefined) return `field path ${fieldRef.fieldPath}`
  const { containerName, resource } = resourceFieldRef ?? { resource: '' }
  return containerName
    ? `resource field ${containerName}/${resource}`
    : `resource field ${resource}`
}
