// Every way the page can reach a moment shows the same one: rewinding, links and reloads while
// commands are open that may still write, and two futures of one past.
import { describe, expect, it } from 'vitest'
import { planOf } from '../../src/story/plans.ts'
import { createHost } from '../../src/worker/host.ts'
import type { Host, SessionStart, Update } from '../../src/worker/protocol.ts'

const START = Date.parse('2026-03-02T09:00:00Z')
const BUDGET = 1e9

const pod = (name: string, node: string, grace: number): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {nodeName: ${node}, ` +
  `terminationGracePeriodSeconds: ${grace}, containers: [{name: main, image: busybox, ` +
  `command: [sleep, "100000"]}]}}`

const FILES = {
  'slow.yaml': pod('slow', 'novacraft-worker', 150),
  'first.yaml': pod('first', 'novacraft-worker', 20),
  'second.yaml': pod('second', 'novacraft-worker2', 20),
}
const SESSION: SessionStart = {
  title: 'moments',
  start: '2026-03-02T09:00:00Z',
  seed: 3,
  cluster: {},
  files: FILES,
}

function openHost(): Host {
  const host = createHost(() => 0, planOf)
  host.open(SESSION)
  return host
}

function type(host: Host, line: string, files: Record<string, string> = FILES) {
  const [program = '', ...argv] = line.split(' ')
  return host.exec(program, argv, { stdin: '', files, line })
}

function run(host: Host, toSeconds: number): Update {
  return host.advance(START + toSeconds * 1000, BUDGET)
}

function seek(host: Host, toSeconds: number): Update {
  return host.seek(START + toSeconds * 1000)
}

/** The Pods there are, by name. */
function pods(host: Host): string[] {
  const { objects } = host.seek(host.advance(0, BUDGET).now - 1)
  return objects
    .filter(({ object }) => object.kind === 'Pod')
    .map(({ object }) => object.metadata.name)
    .sort()
}

/** Opens what `host` shares in another host, as a link does. */
function linked(host: Host): Host {
  const other = createHost(() => 0, planOf)
  other.openShared(JSON.parse(JSON.stringify(host.share())))
  return other
}

describe('a command that waits and then writes', () => {
  it('writes again when time was set back into its wait: a forced replacement', () => {
    const host = openHost()
    type(host, 'kubectl apply -f slow.yaml')
    run(host, 10)
    type(host, 'kubectl replace --force -f slow.yaml')
    run(host, 400)
    const hash = host.logHash()
    seek(host, 100)
    run(host, 400)
    expect(host.logHash()).toBe(hash)
    expect(pods(host)).toEqual(['slow'])
  })

  it('is interrupted in a link when it was interrupted: a drain of two nodes', () => {
    const host = openHost()
    type(host, 'kubectl apply -f first.yaml -f second.yaml')
    run(host, 10)
    const { pid } = type(host, 'kubectl drain novacraft-worker novacraft-worker2 --force')
    // The first Pod is gone, the second one was evicted when this was noticed.
    run(host, 45)
    host.interrupt(pid)
    run(host, 120)
    const other = linked(host)
    expect(other.logHash()).toBe(host.logHash())
    expect(pods(other)).toEqual([])
    expect(pods(host)).toEqual([])
  })
})
