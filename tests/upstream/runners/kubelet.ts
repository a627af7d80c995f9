// The kubelet's rows: phases, conditions and statuses of Pods, pulls, actions and environments.
import { parseTime, type SimTime } from '../../../src/base/time.ts'
import { podActions } from '../../../src/sim/actors/kubelet/actions.ts'
import { podConditions } from '../../../src/sim/actors/kubelet/conditions.ts'
import { containerStatuses, shouldStart } from '../../../src/sim/actors/kubelet/container-status.ts'
import { containerEnvironment } from '../../../src/sim/actors/kubelet/environment.ts'
import { ensureImage, finishPull } from '../../../src/sim/actors/kubelet/images.ts'
import { phaseOf, restartsAfter } from '../../../src/sim/actors/kubelet/phase.ts'
import { createWorker, kubeletOf } from '../../../src/sim/actors/kubelet/state.ts'
import { generateStatus } from '../../../src/sim/actors/kubelet/status.ts'
import { createObject } from '../../../src/sim/api.ts'
import { accountManifest, namespaceManifest } from '../../../src/sim/boot.ts'
import { clusterConfig } from '../../../src/sim/cluster.ts'
import { putObject } from '../../../src/sim/store.ts'
import { createWorld, ctxOf } from '../../../src/sim/world.ts'
import type { Json } from '../json.ts'
import { NOW, now, pick, same } from './values.ts'

/** A kubelet whose API server has nothing. */
function dryCluster(at: SimTime): Json {
  return { ctx: ctxOf(createWorld(at, 1, clusterConfig({})), 'kubelet/machine', []) }
}

/** A kubelet on a machine that has present_image, with a registry that has missing_image too. */
const pullingKubelet = {
  world(): Json {
    const cluster: Json = clusterConfig({
      images: ['missing_image', 'present_image'],
      presentImages: { machine: ['present_image'] },
      nodes: [{ name: 'machine' }],
    } as Json)
    const world = createWorld(parseTime('2026-01-01T00:00:00Z')!, 1, cluster)
    for (const m of [namespaceManifest('default'), accountManifest('default')])
      createObject(world, { actor: 'user', causes: [] }, m as Json)
    return world
  },
  at: (world: Json): Json => kubeletOf(ctxOf(world, 'kubelet/machine', [])),
}
/** Every event said so far, one per count, in order of the log. */
function eventsOf(world: Json): Json[] {
  const entries = world.log.entries ?? []
  return entries
    .filter((e: Json) => (e.object ?? e.after)?.kind === 'Event')
    .map((e: Json) => e.object ?? e.after)
}

export function phase(c: Json): string | undefined {
  const { spec, statuses, terminal, initialized } = c.given
  return same(phaseOf(spec, statuses, terminal, initialized), c.expect.phase)
}
export function condition(c: Json): string | undefined {
  const { spec, statuses, phase: p, conditions, sandbox = true } = c.given
  const inits = new Set((spec.initContainers ?? []).map((x: Json) => x.name))
  const pod: Json = {
    metadata: { name: 'p', namespace: 'd', uid: 'u' },
    spec,
    status: { conditions },
  }
  const next = {
    phase: p,
    containerStatuses: statuses.filter((s: Json) => !inits.has(s.name)),
    initContainerStatuses: statuses.filter((s: Json) => inits.has(s.name)),
  }
  const all = podConditions(pod, {}, next, sandbox === true, NOW)
  const found: Json = all.find((x) => x.type === c.expect.condition.type)
  const want = c.expect.condition
  const got = Object.fromEntries(Object.keys(want).map((k) => [k, found?.[k] ?? '']))
  return same(got, want)
}
const mainStatuses = (list: Json[], like: Json[]) => pick(list, like)
export function podStatus(c: Json): string | undefined {
  const { spec, deleted, terminal = false, sandbox, running = [], status, previous } = c.given
  const pod: Json = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'my-pod',
      namespace: 'default',
      uid: 'u',
      ...(deleted ? { deletionTimestamp: NOW } : {}),
    },
    spec,
    status,
  }
  const worker = createWorker(pod, 'default/my-pod')
  worker.status = previous
  const view: Json =
    sandbox || running.length > 0
      ? {
          sandbox: sandbox ? { id: 's', ready: true, attempt: 0 } : undefined,
          ip: '10.0.0.10',
          containers: running.map((r: Json) => ({
            id: r.id,
            name: r.name,
            attempt: 0,
            image: '',
            imageId: '',
            state: 'running',
            startedAt: parseTime(`1970-01-01T00:00:0${r.startedAt}Z`),
            finishedAt: 0,
            exitCode: 0,
            reason: '',
            message: '',
          })),
        }
      : undefined
  if (c.expect.phase === undefined)
    return same(
      mainStatuses(containerStatuses(worker, view, previous, false), c.expect.containerStatuses),
      c.expect.containerStatuses,
    )
  const got: Json = generateStatus(dryCluster(now) as Json, worker, view, terminal)
  const e = c.expect
  const conditions = e.conditions.map((w: Json) => {
    const f = got.conditions.find((x: Json) => x.type === w.type)
    return f === undefined ? undefined : Object.fromEntries(Object.keys(w).map((k) => [k, f[k]]))
  })
  const order = got.conditions
    .map((x: Json) => x.type)
    .filter((t: string) => e.conditions.some((w: Json) => w.type === t))
  const unexpectedReason = got.conditions.find(
    (x: Json) =>
      e.conditions.some((w: Json) => w.type === x.type && w.reason === undefined) &&
      x.reason !== undefined,
  )
  return (
    same(got.phase, e.phase) ??
    (e.noReason
      ? same([got.reason, got.message], [undefined, undefined])
      : same([got.reason, got.message], [e.reason, e.message])) ??
    same(conditions, e.conditions) ??
    same(
      order,
      e.conditions.map((w: Json) => w.type),
    ) ??
    (unexpectedReason ? `unexpected reason ${JSON.stringify(unexpectedReason)}` : undefined) ??
    same(mainStatuses(got.containerStatuses, e.containerStatuses), e.containerStatuses)
  )
}
/** The steps are 10 s apart, as the kubelet's own back-off begins with 10 s (the test: 1 s and 1 s). */
export function pull(c: Json): string | undefined {
  const container: Json = {
    name: 'container_name',
    image: c.given.pull,
    imagePullPolicy: c.given.policy,
  }
  const pod: Json = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'test-pod', namespace: 'default', uid: 'bar', resourceVersion: '42' },
    spec: { containers: [container] },
    status: {},
  }
  const worker = createWorker(pod, 'default/test-pod')
  const world = pullingKubelet.world()
  const got = c.expect.steps.map((_: Json, i: number) => {
    world.now = Number(now) + (i + 1) * 10_000
    const kubelet = pullingKubelet.at(world)
    const before = eventsOf(world).length
    let wish: Json = ensureImage(kubelet, worker, container)
    if (wish !== 'present' && wish.reason === undefined)
      wish = finishPull(kubelet, worker, container, wish) ?? 'pulled'
    const said = eventsOf(world)
      .slice(before)
      .filter((e: Json) => !e.message.startsWith('Error: '))
      .map((e: Json) => e.reason)
    return { ...(wish.reason === undefined ? {} : { err: wish.reason }), events: said }
  })
  return JSON.stringify(got) === JSON.stringify(c.expect.steps)
    ? undefined
    : `want ${JSON.stringify(c.expect.steps)}\n    got  ${JSON.stringify(got)}`
}
export function actions(c: Json): string | undefined {
  const g = c.given.actions
  const containers = ['foo1', 'foo2', 'foo3'].map((name) => ({
    name,
    image: g.images?.[name] ?? 'busybox',
  }))
  const initContainers = g.inits.map((text: string) => {
    const [name, marks] = text.split('*')
    return {
      name,
      image: g.images?.[name!] ?? 'bar-image',
      ...(marks === undefined ? {} : { restartPolicy: 'Always' }),
      ...(marks === 'ls' ? { livenessProbe: {}, startupProbe: {} } : {}),
    }
  })
  const pod: Json = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'foo', namespace: 'foo-ns', uid: '12345678' },
    spec: {
      restartPolicy: g.policy,
      containers,
      ...(initContainers.length === 0 ? {} : { initContainers }),
    },
    status: {},
  }
  const worker = createWorker(pod, 'foo-ns/foo')
  for (const [container, types] of Object.entries(g.probes ?? {}) as Json)
    for (const [type, result] of Object.entries(types) as Json)
      if (result !== null)
        worker.probes.push({
          container,
          type,
          containerId: g.views.find((v: Json) => v.name === container)?.id ?? '',
          result,
          lastResult: result,
          resultRun: 1,
          isOnHold: false,
          nextAt: now,
        } as Json)
  const full = g.views
    .map((v: Json) => ({
      attempt: 0,
      image: `docker.io/library/${v.name.startsWith('foo') ? 'busybox' : 'bar-image'}:latest`,
      imageId: '',
      specImage: v.name.startsWith('foo') ? 'busybox' : 'bar-image',
      startedAt: now,
      finishedAt: now,
      reason: '',
      message: '',
      ...v,
    }))
    .reverse()
  const view: Json =
    g.sandbox === null
      ? undefined
      : {
          sandbox: { id: 'sandboxID', ready: g.sandbox, attempt: 0 },
          ip: '10.0.0.1',
          containers: full,
        }
  const got = podActions(worker, view)
  const names = {
    init: initContainers.map((x: Json) => x.name),
    start: containers.map((x) => x.name),
  }
  const mine: Json = {
    sandbox: got.createSandbox,
    init: got.starts.filter((x) => x.isInit).map((x) => names.init.indexOf(x.name)),
    start: got.starts.filter((x) => !x.isInit).map((x) => names.start.indexOf(x.name)),
    kill: got.kills.map((x) => x.id),
  }
  if ('killPod' in c.expect) mine.killPod = got.killPod
  const wrong = Object.keys(c.expect).filter(
    (k) => JSON.stringify(c.expect[k]) !== JSON.stringify(mine[k]),
  )
  return wrong.length === 0
    ? undefined
    : `want ${JSON.stringify(c.expect)} got ${JSON.stringify(mine)}`
}
export function environment(c: Json): string | undefined {
  const g = c.given
  const kubelet = dryCluster(now)
  for (const o of g.objects ?? [])
    putObject(kubelet.ctx.world.store, { ...o, metadata: { uid: o.metadata.name, ...o.metadata } })
  const container = { name: 'c', image: 'i', ...g.env }
  const pod: Json = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'dapi-test-pod-name', namespace: g.namespace, uid: 'u' },
    spec: { serviceAccountName: 'special', nodeName: 'node-name', containers: [container] },
    status: { hostIP: '127.0.0.1' },
  }
  const got: Json = containerEnvironment(kubelet, createWorker(pod, 'k'), container, g.podIp ?? '')
  if (c.expect.error)
    return got.error === undefined ? `no error: ${JSON.stringify(got)}` : undefined
  if (got.error !== undefined) return `error ${got.error}`
  const api = {
    SERVICE_HOST: '10.96.0.1',
    SERVICE_PORT: '443',
    PORT: 'tcp://10.96.0.1:443',
    PORT_443_TCP: 'tcp://10.96.0.1:443',
    PORT_443_TCP_PROTO: 'tcp',
    PORT_443_TCP_PORT: '443',
    PORT_443_TCP_ADDR: '10.96.0.1',
  }
  const sorted = (o: Json) =>
    JSON.stringify(
      Object.entries(o)
        .filter(([k]) => k !== 'KUBERNETES_SERVICE_PORT_HTTPS')
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    )
  const want = sorted({
    ...Object.fromEntries(Object.entries(api).map(([k, v]) => [`KUBERNETES_${k}`, v])),
    ...c.expect.env,
  })
  return sorted(got.env) === want ? undefined : `want ${want}\n    got  ${sorted(got.env)}`
}

/** Whether a container that ended, or one with these runs behind it, is started again. */
export function restart(c: Json): string | undefined {
  const g = c.given
  const spec: Json = { restartPolicy: g.policy, containers: [g.ended ?? { name: g.restart }] }
  const metadata = { name: 'foo', ...(g.deleted ? { deletionTimestamp: NOW } : {}) }
  const view: Json = { sandbox: { id: 's', ready: true, attempt: 0 }, ip: '', containers: g.views }
  const got = g.ended
    ? restartsAfter(g.ended, spec, g.exitCode)
    : shouldStart({ metadata, spec } as Json, spec.containers[0], view)
  return got === c.expect.restart ? undefined : `want ${c.expect.restart} got ${got}`
}
