// What a frame costs in clusters of different sizes: the time to take it, and what is made for it
// because the World continues to write. The cluster is the same each time: an agent on every node and
// the tutorial's CronJob, so that it is only the size that differs.
import { addMs, MINUTE_MS, parseTime } from '../base/time.ts'
import { PROGRAMS } from '../kubectl/programs/index.ts'
import { advance, createLab, exec, type Lab } from '../session/lab.ts'
import { ACTORS } from '../sim/actors/index.ts'
import { clusterConfig } from '../sim/cluster.ts'
import { takeFrame, type Frame } from '../sim/history.ts'
import { step } from '../sim/world.ts'

/** Measured at one size of the cluster. */
export interface FrameCost {
  nodes: number
  /** Processor time from nothing to a settled cluster. */
  bootSeconds: number
  /** Until the agent runs on every node. */
  rolloutSeconds: number
  /** Taking one frame: the median, and the worst of all. */
  takeMs: number
  takeWorstMs: number
  /** Taking it, in microseconds for each node. */
  takeMicrosecondsANode: number
  /** What one frame has that the one before has not, TASKS_BETWEEN tasks earlier. */
  madeObjects: number
  /** Estimated: eight bytes a field or element, forty an entry of a map. */
  madeBytes: number
  /** What both share. */
  sharedObjects: number
}

const SIZES: readonly number[] = [4, 100, 1_000, 5_000]
const FRAMES = 30
const TASKS_BETWEEN = 200
const AGENT = `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec:
      containers: [{ name: agent, image: busybox, command: [sleep, '1000000'] }]
`

export function benchFrames(cronJob: string, sizes = SIZES): FrameCost[] {
  return sizes.map((nodes) => measure(nodes, cronJob))
}

function measure(nodes: number, cronJob: string): FrameCost {
  const names = Array.from({ length: nodes }, (_, index) => ({ name: `node-${index}` }))
  const start = parseTime('2026-03-02T09:00:00Z')
  const cluster = clusterConfig({ nodes: names })
  const bootBegan = processorSeconds()
  const lab = createLab({ start, seed: 1, cluster, freezes: false })
  const bootSeconds = processorSeconds() - bootBegan
  const rolloutBegan = processorSeconds()
  apply(lab, AGENT)
  advance(lab, addMs(lab.world.now, 2 * MINUTE_MS))
  const rolloutSeconds = processorSeconds() - rolloutBegan
  apply(lab, cronJob)
  advance(lab, addMs(lab.world.now, 10 * MINUTE_MS))
  const took: number[] = []
  const frames: Frame[] = []
  for (let frame = 0; frame < FRAMES; frame++) {
    for (let task = 0; task < TASKS_BETWEEN; task++) step(lab.world, ACTORS)
    const began = performance.now()
    frames.push(takeFrame(lab.world, 0))
    took.push(performance.now() - began)
  }
  took.sort((a, b) => a - b)
  const takeMs = took[FRAMES / 2]!
  return {
    nodes,
    bootSeconds,
    rolloutSeconds,
    takeMs,
    takeWorstMs: took.at(-1)!,
    takeMicrosecondsANode: (takeMs * 1000) / nodes,
    ...compare(frames.at(-2)!, frames.at(-1)!),
  }
}

/** Not the log: it is one array that all frames share, and grows without them as well. */
function compare({ world: before }: Frame, { world: after }: Frame) {
  const known = new Set<object>()
  const made = { objects: 0, bytes: 0 }
  const walk = (value: unknown, visit: (part: object) => void): void => {
    if (typeof value !== 'object' || value === null || known.has(value)) return
    known.add(value)
    visit(value)
    const parts =
      value instanceof Map || value instanceof Set ? value.values() : Object.values(value)
    for (const part of parts) walk(part, visit)
  }
  const { log: _before, ...old } = before
  const { log: _after, ...fresh } = after
  walk(old, () => undefined)
  const sharedObjects = known.size
  walk(fresh, (part) => {
    made.objects++
    made.bytes += sizeOf(part)
  })
  return { madeObjects: made.objects, madeBytes: made.bytes, sharedObjects }
}

function sizeOf(value: object): number {
  if (value instanceof Map || value instanceof Set) return 32 + 40 * value.size
  return 24 + 8 * Object.keys(value).length
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

function apply(lab: Lab, text: string): void {
  const argv = ['apply', '-f', 'it.yaml']
  const stderr = (message: string): never => {
    throw new Error(message)
  }
  const terminal = { stdin: '', files: { 'it.yaml': text }, stdout: () => undefined, stderr }
  exec(lab, PROGRAMS['kubectl']!, argv, `kubectl ${argv.join(' ')}`, terminal)
}
