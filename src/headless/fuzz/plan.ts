// What happens in the run of one seed: a small cluster, a few minutes of commands and faults.
import { forkRng, type Rng } from '../../base/rng.ts'
import { clusterConfig, type ClusterConfig } from '../../sim/cluster.ts'
import { between, once, pick } from './dice.ts'
import { AGENT_IMAGES, LABEL, LABEL_VALUES, randomManifest } from './manifests.ts'
import type { FuzzAction, FuzzStep } from './steps.ts'

export interface FuzzPlan {
  seed: number
  cluster: ClusterConfig
  steps: FuzzStep[]
}

/** Steps are drawn from this stretch of time. */
const STEPS_MS = 240_000
const OBJECTS_MAX = 6
const NODES_MAX = 4
const FAULTS_MAX = 6
/** The label by which the Pods of a kind are known. */
const POD_LABELS: Readonly<Record<string, string>> = {
  Job: 'batch.kubernetes.io/job-name',
  DaemonSet: 'app',
}

export function planOf(seed: number): FuzzPlan {
  const rng = forkRng(seed, 'fuzz')
  const workers = between(rng, 1, NODES_MAX - 1)
  const names = Array.from({ length: workers }, (_, index) => `worker${index + 1}`)
  const cluster = clusterConfig({
    nodes: [{ name: 'control', controlPlane: true }, ...names.map((name) => ({ name }))],
    cpu: '2',
    images: [...AGENT_IMAGES, 'busybox'],
    serializeImagePulls: once(rng, 2),
  })
  const steps: FuzzStep[] = []
  const step = (atMs: number, action: FuzzAction): void => {
    steps.push({ atMs, action })
  }
  for (let index = between(rng, 1, OBJECTS_MAX); index > 0; index--) planObject(rng, index, step)
  for (let faults = between(rng, 0, FAULTS_MAX); faults > 0; faults--) planFault(rng, names, step)
  steps.sort((a, b) => a.atMs - b.atMs)
  return { seed, cluster, steps }
}

type AddStep = (atMs: number, action: FuzzAction) => void

function anyTime(rng: Rng, after = 0): number {
  return between(rng, after, STEPS_MS)
}

/** An object, and perhaps what is done to it later. */
function planObject(rng: Rng, index: number, step: AddStep): void {
  const object = randomManifest(rng, `thing${index}`)
  const { kind } = object
  const name = object.metadata.name!
  const at = once(rng, 2) ? 0 : anyTime(rng)
  step(at, { do: 'apply', object })
  const patches = patchesOf(rng, kind)
  if (patches.length > 0 && once(rng, 2))
    step(anyTime(rng, at), { do: 'patch', kind, name, patch: pick(rng, patches) })
  if (patches.length > 0 && once(rng, 4))
    step(anyTime(rng, at), { do: 'patch', kind, name, patch: pick(rng, patches) })
  const label = POD_LABELS[kind]
  if (label !== undefined && once(rng, 3))
    step(anyTime(rng, at), { do: 'deletePods', label, name, force: once(rng, 2) })
  if (!once(rng, 4)) return
  const deletedAt = anyTime(rng, at)
  const cascade = pick(rng, ['background', 'foreground', 'orphan'] as const)
  step(deletedAt, { do: 'delete', kind, name, cascade })
  if (once(rng, 2)) step(anyTime(rng, deletedAt), { do: 'apply', object })
}

function patchesOf(rng: Rng, kind: string): readonly unknown[] {
  const suspend = { spec: { suspend: once(rng, 2) } }
  if (kind === 'Job')
    return [suspend, { spec: { parallelism: between(rng, 0, 4) } }, { spec: { backoffLimit: 1 } }]
  if (kind === 'CronJob')
    return [
      suspend,
      { spec: { schedule: '*/3 * * * *' } },
      { spec: { concurrencyPolicy: pick(rng, ['Allow', 'Forbid', 'Replace']) } },
    ]
  if (kind !== 'DaemonSet') return []
  const containers = [{ name: 'agent', image: pick(rng, AGENT_IMAGES) }]
  const restartedAt = { 'kubectl.kubernetes.io/restartedAt': '2026-03-02T09:00:00Z' }
  return [
    { spec: { template: { spec: { containers } } } },
    { spec: { template: { metadata: { annotations: restartedAt } } } },
  ]
}

function planFault(rng: Rng, workers: readonly string[], step: AddStep): void {
  const name = pick(rng, workers)
  const from = anyTime(rng)
  const to = anyTime(rng, from)
  const program = pick(rng, ['controller-manager', 'scheduler'] as const)
  const label = { do: 'label' as const, name, key: LABEL, value: pick(rng, LABEL_VALUES) }
  const kind = between(rng, 0, 5)
  if (kind === 0) step(from, { do: 'node', verb: 'add', name: `extra${between(rng, 1, 2)}` })
  else if (kind === 1) step(from, label)
  else if (kind === 2) {
    step(from, { do: 'cordon', name })
    if (once(rng, 2)) step(to, { do: 'uncordon', name })
  } else if (kind === 3) {
    step(from, { do: 'program', verb: 'stop', name: program })
    if (once(rng, 2)) step(to, { do: 'program', verb: 'start', name: program })
  } else {
    step(from, { do: 'node', verb: 'stop', name })
    if (once(rng, 2)) step(to, { do: 'node', verb: 'start', name })
    else if (once(rng, 3)) step(to, { do: 'delete', kind: 'Node', name, cascade: 'background' })
  }
}
