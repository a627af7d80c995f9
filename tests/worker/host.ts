// A host with the story's cluster, in process, for the tests of what the page asks it.
import { planOf } from '../../src/story/plans.ts'
import { createHost } from '../../src/worker/host.ts'
import type { Host, Update } from '../../src/worker/protocol.ts'

export function openHost(): Host {
  const host = createHost(() => 0, planOf)
  const start = '2026-03-02T09:00:00Z'
  host.open({ title: 'test', start, seed: 1, cluster: {}, files: {} })
  return host
}

/** Runs `kubectl apply` on a manifest as the terminal does. */
export function apply(host: Host, text: string): { output: string; update: Update } {
  const file = 'manifest.yaml'
  const argv = ['apply', '-f', file]
  const line = `kubectl ${argv.join(' ')}`
  const { update } = host.exec('kubectl', argv, { stdin: '', files: { [file]: text }, line })
  return { output: update.output.map(({ text: part }) => part).join(''), update }
}
