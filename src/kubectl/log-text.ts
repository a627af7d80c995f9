// The lines of a container's log as `kubectl logs` prints them, at once or as they come.
import type { SimTime } from '../base/time.ts'
import { containerLog, hasContainerEnded, nextWakeOfPod } from '../sim/kubelets.ts'
import type { Pod } from '../sim/api-types/pod.ts'
import { pod as podKind } from '../sim/kinds/pod.ts'
import type { LogLine } from '../container/container.ts'
import { getObject, keyOf } from '../sim/store.ts'
import type { World } from '../sim/world.ts'
import { isUserError } from './errors.ts'

export interface LogSource {
  readonly pod: Pod
  readonly container: string
}

export interface LogOptions {
  readonly previous: boolean
  readonly sinceAt: SimTime | undefined
  /** Negative: all lines. */
  readonly tail: number
  /** 0: no limit. */
  readonly limitBytes: number
  readonly timestamps: boolean
  readonly prefix: boolean
}

/** The whole log so far. Throws ApiError when there is none to read. */
export function logText(world: World, source: LogSource, options: LogOptions): string {
  const { pod, container } = source
  const lines = containerLog(world, pod, container, { previous: options.previous })
  const last = options.tail < 0 ? lines : lines.slice(Math.max(0, lines.length - options.tail))
  const text = last.map((line) => lineText(source, line, options)).join('')
  return options.limitBytes > 0 ? text.slice(0, options.limitBytes) : text
}

function lineText({ pod, container }: LogSource, line: LogLine, options: LogOptions): string {
  if (options.sinceAt !== undefined && line.at < options.sinceAt) return ''
  const prefix = options.prefix ? `[pod/${pod.metadata.name}/${container}] ` : ''
  const time = options.timestamps ? `${nanoTime(line.at)} ` : ''
  return `${prefix}${time}${line.text}${line.partial ? '' : '\n'}`
}

/** RFC 3339 with nine digits, as container runtimes write it. */
function nanoTime(at: SimTime): string {
  return new Date(at).toISOString().replace('Z', '000000Z')
}

/** A log that is being followed. */
export interface LogStream {
  /** What came since the last call; an error as long as the log cannot be read. */
  next(): { text: string; error: Error | undefined }
  started(): boolean
  ended(): boolean
  /** When more may have come; undefined: not before the Pod changes. */
  nextAt(): SimTime | undefined
}

/** Follows one run of a container; a restart ends the stream, as with a real kubelet. */
export function followLog(world: World, source: LogSource, options: LogOptions): LogStream {
  let shown: number | undefined
  let run: readonly LogLine[] | undefined
  let over = false
  const next = (): { text: string; error: Error | undefined } => {
    const pod = getObject<Pod>(world.store, podKind.kind, keyOf(source.pod))
    if (pod === undefined) {
      over = true
      return { text: '', error: undefined }
    }
    try {
      if (shown === undefined) {
        const text = logText(world, { ...source, pod }, options)
        run = containerLog(world, pod, source.container, { previous: options.previous })
        shown = run.length
        over = hasContainerEnded(world, pod, source.container)
        return { text, error: undefined }
      }
      const lines = run!
      const fresh = lines.slice(shown)
      shown = lines.length
      over = hasContainerEnded(world, pod, source.container)
      const text = fresh.map((line) => lineText(source, line, options)).join('')
      return { text, error: undefined }
    } catch (error) {
      if (!isUserError(error)) throw error
      return { text: '', error }
    }
  }
  return {
    next,
    started: () => shown !== undefined,
    ended: () => over,
    nextAt: () => wakeOf(world, source.pod),
  }
}

function wakeOf(world: World, { metadata }: Pod): SimTime | undefined {
  const pod = getObject<Pod>(world.store, podKind.kind, `${metadata.namespace}/${metadata.name}`)
  const at = nextWakeOfPod(world, pod?.spec.nodeName ?? '', metadata.uid)
  return at === undefined || at > world.now ? at : undefined
}
