// The scheduler's rows: filters, scores, queueing hints, and the helpers they stand on.
import { mayPass, rejectionOf } from '../../../src/sim/actors/scheduler/filters.ts'
import { nodeInfo } from '../../../src/sim/actors/scheduler/requests.ts'
import { scheduler } from '../../../src/sim/actors/scheduler/scheduler.ts'
import { scoresOf } from '../../../src/sim/actors/scheduler/scores.ts'
import { matchesNode, matchesTerm, namedNodes } from '../../../src/sim/lib/node-affinity.ts'
import { toleratesTaint } from '../../../src/sim/lib/taints.ts'
import { putSlot } from '../../../src/sim/shelf.ts'
import { getObject, keyOf, putObject } from '../../../src/sim/store.ts'
import { type Json, perform } from '../json.ts'
import { eq, newWorld, nodeOf, plainPod } from './machine-objects.ts'

/** By form of row: what differs from the row's `expect`, once for each strategy where it names any. */
export const SCHEDULING_RUNS: Readonly<
  Record<string, (g: Json, e: Json, strategy?: Json) => string[]>
> = {
  filter: (g, e) => {
    const out: string[] = []
    const info = nodeInfo(
      nodeOf(g.node),
      g.existing.map((s: Json, i: number) => plainPod({ nodeName: g.node.name, ...s }, `p${i}`)),
    )
    const r = rejectionOf(plainPod(g.pod), info)
    eq(
      'rejection',
      e.rejection,
      r === undefined ? null : { plugin: r.plugin, reasons: r.reasons, resolvable: r.resolvable },
      out,
    )
    if ('candidates' in e) {
      const p = namedNodes(plainPod(g.pod).spec)
      eq('candidates of PreFilter', e.candidates, p ?? null, out)
    }
    if (e.preFilter) {
      const w = newWorld([scheduler])
      putObject(w.store, nodeOf(g.node))
      putObject(w.store, nodeOf({ ...g.node, name: 'node1', labels: {} }))
      const pod = plainPod(g.pod)
      putObject(w.store, pod)
      perform(w, scheduler, keyOf(pod))
      const live = getObject<Json>(w.store, 'Pod', keyOf(pod))
      const message =
        live.status.conditions?.find((c: Json) => c.type === 'PodScheduled')?.message ?? ''
      if (!message.includes(e.preFilter))
        out.push(`PreFilter: want "${e.preFilter}" in "${message}"`)
    }
    return out
  },
  score: (g, e) => {
    const out: string[] = []
    const existing = (n: string) =>
      g.existing
        .filter((s: Json) => s.nodeName === n)
        .map((s: Json, i: number) => plainPod(s, `${n}-${i}`))
    const infos = g.nodes.map((n: Json) =>
      nodeInfo(nodeOf({ ...n, allocatable: n.allocatable ?? { pods: '110' } }), existing(n.name)),
    )
    const pod = plainPod(g.pod)
    // The total minus what the other plugins give: taints 3 x 100 where there are none, affinity 0, and for
    // LeastAllocated the evenness, which is worked out here by upstream's formula.
    const totals = scoresOf(pod, infos)
    const got: Json = {}
    g.nodes.forEach((n: Json, i: number) => {
      if (g.plugin === 'TaintToleration') got[n.name] = totals[i]! / 3
      else if (g.plugin === 'NodeAffinity') got[n.name] = (totals[i]! - 300) / 2
      else {
        // evenness is a function of the same sums; subtract what balanced() gives when cpu and memory alone differ
        const info = infos[i]!
        const part = (name: string, add: number) =>
          Math.min(1, ((info.requested[name] ?? 0) + add) / info.allocatable[name]!)
        const even = (c: number, m: number) =>
          (1 - Math.abs(part('cpu', c) - part('memory', m)) / 2) * 100
        const req = {
          cpu: Number(g.pod.containers[0].resources.requests.cpu) * 1000,
          memory: Number(g.pod.containers[0].resources.requests.memory) * 1000,
        }
        got[n.name] =
          totals[i]! - 300 - Math.floor(50 + (50 + even(req.cpu, req.memory) - even(0, 0)) / 2)
      }
    })
    eq('scores', e.scores, got, out)
    return out
  },
  preferredSum: (g, e) => {
    const out: string[] = []
    const node = nodeOf(g.node)
    const sum = g.pod.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution.reduce(
      (s: number, t: Json) => s + (matchesTerm(t.preference, node) ? t.weight : 0),
      0,
    )
    eq('sum', e.sum, sum, out)
    return out
  },
  hint: (g, e) => {
    const out: string[] = []
    const info = (n: Json) =>
      nodeInfo(nodeOf({ ...n, allocatable: n.allocatable ?? { pods: '110' } }), [])
    eq(
      'queue',
      e.queue,
      mayPass(
        plainPod(g.pod),
        g.plugin,
        info(g.after),
        g.before === null ? undefined : info(g.before),
      ),
      out,
    )
    return out
  },
  podHint: (g, e) => {
    const out: string[] = []
    const w = newWorld([scheduler])
    for (const name of ['fake-node', 'fake'])
      putObject(w.store, nodeOf({ name, allocatable: { pods: '110', cpu: '100' } }))
    const pod = plainPod(g.pod.spec ?? {}, g.pod.name)
    putObject(w.store, pod)
    putSlot(w.memory, 'default-scheduler', {
      epoch: 0,
      value: { waiting: new Map([[keyOf(pod), [g.plugin]]]) },
    })
    const make = (x: Json) => (x === null ? undefined : plainPod(x.spec ?? {}, x.name))
    const before = make(g.before),
      after = make(g.after)
    const wakes = scheduler.watches['Pod']!({ kind: 'Pod', before, after } as Json, w)
    eq(
      'queue',
      e.queue,
      wakes.some(({ key }) => key === keyOf(pod)),
      out,
    )
    return out
  },
  matches: (g, e) => {
    const out: string[] = []
    eq('matches', e.matches, matchesNode(plainPod(g.pod).spec, nodeOf(g.node)), out)
    return out
  },
  tolerates: (g, e) => {
    const out: string[] = []
    eq('tolerated', e.tolerated, toleratesTaint(g.toleration, g.taint), out)
    return out
  },
}
