// `kubectl logs` (kubectl pkg/cmd/logs): of a Pod, of the Pods of a workload, or of a selector.
import { addMs, parseTime, SECOND_MS, type SimTime } from '../../base/time.ts'
import type { Container, Pod } from '../../sim/api-types/pod.ts'
import { ApiError } from '../../sim/errors.ts'
import { pod as podKind } from '../../sim/kinds/pod.ts'
import type { Call, Command } from '../command.ts'
import { isUserError, KubectlError, usageError } from '../errors.ts'
import { SELECTOR_FLAG } from '../flag-groups.ts'
import { followLog, logText, type LogOptions, type LogSource } from '../log-text.ts'
import { targetPods } from '../log-target.ts'
import type { Process, Wait } from '../process.ts'

const USAGE = 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'
/** What `-l` shows of each log unless `--tail` says otherwise. */
const SELECTOR_TAIL = 10
const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container'

export const logs: Command = {
  name: 'logs',
  use: '[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]',
  short: 'Print the logs for a container in a pod',
  examples: [
    'kubectl logs job/pi-calculator',
    'kubectl logs -l job-name=pi-calculator --prefix',
    'kubectl logs -f agent-x2m4q',
  ],
  completes: 'pods',
  flags: [
    SELECTOR_FLAG,
    { name: 'all-containers', type: 'bool', usage: 'Of all containers of the Pods.' },
    { name: 'all-pods', type: 'bool', usage: 'Of all Pods of the workload; sets --prefix.' },
    { name: 'container', short: 'c', type: 'string', usage: 'Of this container.' },
    { name: 'follow', short: 'f', type: 'bool', usage: 'Go on as more is written.' },
    { name: 'ignore-errors', type: 'bool', usage: 'Go on after an error.' },
    {
      name: 'insecure-skip-tls-verify-backend',
      type: 'bool',
      usage: 'Trust any certificate of the node; not used here.',
    },
    { name: 'limit-bytes', type: 'int', value: '0', usage: 'At most so many bytes.' },
    {
      name: 'max-log-requests',
      type: 'int',
      value: '5',
      usage: 'How many logs to follow at once at most.',
    },
    {
      name: 'pod-running-timeout',
      type: 'duration',
      value: '20s',
      usage: 'How long to wait for a first Pod.',
    },
    { name: 'prefix', type: 'bool', usage: 'Begin each line with Pod and container.' },
    { name: 'previous', short: 'p', type: 'bool', usage: 'Of the run before the last restart.' },
    { name: 'since', type: 'duration', value: '0s', usage: 'Only what is newer: 5s, 2m, 3h.' },
    { name: 'since-time', type: 'string', usage: 'Only what is newer than this time (RFC3339).' },
    { name: 'tail', type: 'int', value: '-1', usage: 'The last so many lines; with -l 10.' },
    { name: 'timestamps', type: 'bool', usage: 'Begin each line with its time.' },
  ],
  run: runLogs,
}

/** When a log that cannot be read yet is asked for again. */
const RETRY_MS = SECOND_MS

function* runLogs(call: Call): Process {
  const { args, flags, path } = call
  const selector = flags.string('selector')
  if ((args.length === 0 && selector === '') || args.length > 2)
    throw usageError(
      path,
      `expected '${USAGE}'.\nPOD or TYPE/NAME is a required argument for the logs command`,
    )
  if (args.length === 1 && selector !== '')
    throw usageError(path, 'only a selector (-l) or a POD name is allowed')
  if (flags.duration('pod-running-timeout') <= 0)
    throw new KubectlError('--pod-running-timeout must be higher than zero')
  const options = readOptions(call)
  const pods = yield* targetPods(call, () => requireSense(call))
  const container = args[1] ?? flags.string('container')
  const quiet = flags.bool('all-pods')
  const sources = pods.flatMap((pod) =>
    containersOf(call, pod, container, quiet).map((each) => ({ pod, container: each.name })),
  )
  if (!flags.bool('follow')) {
    for (const source of sources) printLog(call, source, options)
    return 0
  }
  requireFew(call, sources.length)
  yield* followAll(call, sources, options)
  return 0
}

function readOptions({ flags, context }: Call): LogOptions {
  const sinceTime = flags.string('since-time')
  const since = flags.duration('since')
  const selected = flags.string('selector') !== '' && !flags.changed('tail')
  return {
    previous: flags.bool('previous'),
    sinceAt: sinceTime === '' ? sinceOf(context.world.now, since) : readTime(sinceTime),
    tail: selected ? SELECTOR_TAIL : flags.int('tail'),
    limitBytes: flags.int('limit-bytes'),
    timestamps: flags.bool('timestamps'),
    prefix: flags.bool('prefix') || flags.bool('all-pods'),
  }
}

function sinceOf(now: SimTime, ms: number): SimTime | undefined {
  return ms === 0 ? undefined : addMs(now, -Math.round(ms / SECOND_MS) * SECOND_MS)
}

function readTime(text: string): SimTime {
  try {
    return parseTime(text)
  } catch {
    throw new KubectlError(
      `parsing time "${text}" as "2006-01-02T15:04:05Z07:00": cannot parse "${text}" as "2006"`,
    )
  }
}

function requireSense({ flags, args }: Call): void {
  const container = args[1] ?? flags.string('container')
  if (flags.string('since-time') !== '' && flags.duration('since') !== 0)
    throw new KubectlError('at most one of `sinceTime` or `sinceSeconds` may be specified')
  if (flags.bool('all-containers') && container !== '')
    throw new KubectlError(
      `--all-containers=true should not be specified with container name ${container}`,
    )
  if (flags.changed('container') && args.length === 2)
    throw new KubectlError('only one of -c or an inline [CONTAINER] arg is allowed')
  if (flags.int('limit-bytes') < 0) throw new KubectlError('--limit-bytes must be greater than 0')
  if (flags.duration('since') < 0) throw new KubectlError('--since must be greater than 0')
  if (flags.int('tail') < -1) throw new KubectlError('--tail must be greater than or equal to -1')
}

function requireFew({ flags }: Call, count: number): void {
  const most = flags.int('max-log-requests')
  if (count > 1 && count > most)
    throw new KubectlError(
      `you are attempting to follow ${count} log streams, but maximum allowed concurrency is ` +
        `${most}, use --max-log-requests to increase the limit`,
    )
}

/** The containers of a Pod whose logs are wanted: all, the named one, or the first. */
function containersOf(
  call: Call,
  pod: Pod,
  wanted: string,
  quiet: boolean,
): readonly Pick<Container, 'name'>[] {
  const { containers, initContainers = [] } = pod.spec
  if (call.flags.bool('all-containers')) return [...initContainers, ...containers]
  const names = [
    ...containers.map(({ name }) => name),
    ...initContainers.map(({ name }) => `${name} (init)`),
  ].join(', ')
  const preset = pod.metadata.annotations?.[DEFAULT_CONTAINER] ?? ''
  const all = [...containers, ...initContainers]
  let name = wanted
  if (name === '' && preset !== '') {
    if (all.some((each) => each.name === preset)) name = preset
    else
      call.context.stderr(
        `Default container name "${preset}" not found in pod ${pod.metadata.name}\n`,
      )
  }
  if (name === '') {
    name = containers[0]!.name
    if (all.length > 1 && !quiet)
      call.context.stderr(`Defaulted container "${name}" out of: ${names}\n`)
  }
  const found = all.find((each) => each.name === name)
  if (found !== undefined) return [found]
  throw new KubectlError(
    `container ${name} is not valid for pod ${pod.metadata.name} out of: ${names}`,
  )
}

function printLog(call: Call, source: LogSource, options: LogOptions): void {
  try {
    call.context.stdout(logText(call.context.world, source, options))
  } catch (error) {
    if (!isUserError(error) || !call.flags.bool('ignore-errors')) throw error
    call.context.stdout(`error: ${error.message}\n`)
  }
}

/** Prints what is there and what comes, of all sources at once, until all have ended. */
function* followAll(
  call: Call,
  sources: readonly LogSource[],
  options: LogOptions,
): Generator<Wait, void, void> {
  const { world, stdout, stderr } = call.context
  const deadline = addMs(world.now, call.flags.duration('pod-running-timeout'))
  let streams = sources.map((source) => ({ source, stream: followLog(world, source, options) }))
  let retryAt = addMs(world.now, RETRY_MS)
  for (;;) {
    for (const { stream } of streams) {
      const { text, error } = stream.next()
      stdout(text)
      if (error === undefined) continue
      if (!(error instanceof ApiError)) throw error
      if (world.now >= deadline) throw new KubectlError('context deadline exceeded')
      stderr(`${error.message}\n`)
      retryAt = addMs(world.now, RETRY_MS)
    }
    streams = streams.filter(({ stream }) => !stream.ended())
    if (streams.length === 0) return
    const waiting = streams.some(({ stream }) => !stream.started())
    const wakes = streams.map(({ stream }) => stream.nextAt()).filter((at) => at !== undefined)
    if (waiting) wakes.push(retryAt)
    const until = wakes.length === 0 ? undefined : (Math.min(...wakes) as SimTime)
    yield until === undefined ? { kinds: [podKind.kind] } : { kinds: [podKind.kind], until }
    if (waiting) while (world.now < retryAt) yield { until: retryAt }
  }
}
