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

/** An input as the first links had it. */
const OLD_APPLY = {
  at: START + 10_000,
  program: 'kubectl',
  argv: ['apply', '-f', 'first.yaml'],
  line: 'kubectl apply -f first.yaml',
  stdin: '',
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

describe('commands and their interrupts', () => {
  it('are told apart by which they are, not by what was typed', () => {
    const host = openHost()
    type(host, 'kubectl apply -f first.yaml -f second.yaml')
    run(host, 10)
    const line = 'kubectl drain novacraft-worker novacraft-worker2 --force'
    const { pid } = type(host, line)
    run(host, 12)
    type(host, line)
    run(host, 20)
    // The first of the two: the second one goes on and evicts.
    host.interrupt(pid)
    run(host, 120)
    expect(pods(host)).toEqual([])
    expect(linked(host).logHash()).toBe(host.logHash())
  })

  it('of one instant keep their order, and what the first one caused then comes before', () => {
    const host = openHost()
    run(host, 5)
    type(host, 'kubectl apply -f first.yaml')
    // A step may stop in the middle of an instant; what is typed there stands at its end.
    host.step('task')
    type(host, 'kubectl cordon novacraft-worker2')
    type(host, 'kubectl apply -f second.yaml')
    run(host, 60)
    const hash = host.logHash()
    expect(linked(host).logHash()).toBe(hash)
    seek(host, 2)
    run(host, 60)
    expect(host.logHash()).toBe(hash)
  })

  it('that have ended cannot be interrupted', () => {
    const host = openHost()
    const { pid } = type(host, 'kubectl apply -f first.yaml')
    host.interrupt(pid)
    expect(host.share().timeline.branches[0]!.inputs.map(({ kind }) => kind)).toEqual(['run'])
  })

  it('go on being heard when time is set back into them, without saying it again', () => {
    const host = openHost()
    type(host, 'kubectl apply -f first.yaml')
    run(host, 10)
    const { pid } = type(host, 'kubectl get pods --watch')
    run(host, 20)
    const back = seek(host, 15)
    expect([back.output, back.exits]).toEqual([[], []])
    type(host, 'kubectl delete pod first --wait=false')
    const { output } = run(host, 60)
    expect(output.some((said) => said.pid === pid && said.text.includes('first'))).toBe(true)
  })

  it('end when time is set back to before they were typed', () => {
    const host = openHost()
    run(host, 10)
    const { pid } = type(host, 'kubectl get pods --watch')
    run(host, 20)
    expect(seek(host, 5).exits).toEqual([{ pid, code: 130 }])
  })
})

describe('a reload', () => {
  it('in the middle of a drain lets it go on', () => {
    const host = openHost()
    type(host, 'kubectl apply -f first.yaml -f second.yaml')
    run(host, 100)
    type(host, 'kubectl drain novacraft-worker novacraft-worker2 --force')
    run(host, 110)
    const other = createHost(() => 0, planOf)
    other.restore(structuredClone(host.save()))
    run(host, 200)
    run(other, 200)
    expect(other.logHash()).toBe(host.logHash())
    expect(pods(other)).toEqual([])
  })

  it('keeps the future that lies ahead and the ones that were left', () => {
    const host = openHost()
    run(host, 30)
    type(host, 'kubectl apply -f first.yaml')
    run(host, 60)
    seek(host, 10)
    type(host, 'kubectl apply -f second.yaml')
    run(host, 50)
    seek(host, 5)
    const other = createHost(() => 0, planOf)
    const { update } = other.restore(structuredClone(host.save()))
    expect(update.branches).toEqual([{ id: 1, name: '', leftAt: START + 60_000, commands: 1 }])
    run(other, 50)
    expect(pods(other)).toEqual(['second'])
  })

  it('does without a kept World that is not whole, and runs the inputs again', () => {
    const host = openHost()
    type(host, 'kubectl apply -f first.yaml')
    run(host, 90)
    const saved = structuredClone(host.save())
    for (const broken of [{ trace: undefined }, { trace: [] }, { world: {} }, { world: null }]) {
      const again = createHost(() => 0, planOf)
      again.restore({ ...saved, frame: { ...saved.frame, ...broken } })
      expect(again.logHash()).toBe(host.logHash())
    }
  })

  it('of a session that an earlier version saved runs its inputs again', () => {
    const saved = {
      version: 2,
      session: SESSION,
      files: FILES,
      world: { world: { now: START + 60_000 }, inputs: [OLD_APPLY], trace: {} },
    }
    const host = createHost(() => 0, planOf)
    expect(host.restore(saved).update.now).toBe(START + 60_000)
    expect(pods(host)).toEqual(['first'])
  })
})

describe('another future', () => {
  it('is left by typing in the past, and is found again as it was', () => {
    const host = openHost()
    run(host, 30)
    type(host, 'kubectl apply -f first.yaml')
    run(host, 300)
    const hash = host.logHash()
    seek(host, 10)
    expect(host.branches()).toEqual([])
    type(host, 'kubectl apply -f second.yaml')
    run(host, 100)
    const [left] = host.branches()
    expect(left).toEqual({ id: 1, name: '', leftAt: START + 300_000, commands: 1 })
    const back = host.enterBranch(left!.id)
    expect([back.reset, back.now]).toEqual([true, START + 300_000])
    expect(host.logHash()).toBe(hash)
    expect(back.spans.filter(({ kind }) => kind === 'Pod').map(({ name }) => name)).toEqual([
      'first',
    ])
    expect(host.branches().map(({ leftAt }) => leftAt)).toEqual([START + 100_000])
  })

  it('can be named and forgotten', () => {
    const host = openHost()
    run(host, 30)
    type(host, 'kubectl apply -f first.yaml')
    seek(host, 10)
    type(host, 'kubectl apply -f second.yaml')
    expect(host.nameBranch(1, 'first').branches.map(({ name }) => name)).toEqual(['first'])
    expect(host.removeBranch(1).branches).toEqual([])
    expect(() => host.enterBranch(1)).toThrow('there is no branch 1')
    expect(linked(host).logHash()).toBe(host.logHash())
  })
})

describe('a link', () => {
  it('of the first version is opened, with its interrupts at their times', () => {
    const drain = {
      ...OLD_APPLY,
      at: START + 20_000,
      argv: ['drain', 'novacraft-worker', 'novacraft-worker2', '--force'],
      line: 'kubectl drain novacraft-worker novacraft-worker2 --force',
      interruptedAt: START + 55_000,
    }
    const both = { ...OLD_APPLY, argv: [...OLD_APPLY.argv, '-f', 'second.yaml'] }
    const link = {
      version: 1,
      session: SESSION,
      files: FILES,
      now: START + 120_000,
      inputs: [both, drain],
    }
    const host = createHost(() => 0, planOf)
    expect(host.openShared(link).files).toEqual(FILES)
    expect(pods(host)).toEqual([])
    expect(linked(host).logHash()).toBe(host.logHash())
  })

  const wrong: Record<string, [string, (link: ReturnType<Host['share']>) => unknown]> = {
    'that is none': ['the link is not an object', () => 'hello'],
    'without a version': ['version is not a number', () => ({})],
    'with a time that is none': [
      'branches[0].inputs[0].at is not a number',
      (link) => changed(link, { at: 'now' }),
    ],
    'with a command there is not': [
      'branches[0].inputs[0].program is no program: rm',
      (link) => changed(link, { program: 'rm' }),
    ],
    'with an input of another kind': [
      'branches[0].inputs[0].kind is none of run, interrupt, file',
      (link) => changed(link, { kind: 'quake' }),
    ],
    'with an interrupt of nothing': [
      'branch 1: inputs[0].run is no command before it',
      (link) => changed(link, { kind: 'interrupt', run: 0 }),
    ],
    'to a moment beyond all patience': [
      "now is too far from the session's start",
      (link) => ({ ...link, timeline: { ...link.timeline, now: START + 1e15 } }),
    ],
  }
  for (const [what, [message, damage]] of Object.entries(wrong))
    it(`${what} is refused with where it is wrong`, () => {
      const host = openHost()
      type(host, 'kubectl apply -f first.yaml')
      const link = JSON.parse(JSON.stringify(host.share())) as ReturnType<Host['share']>
      const other = createHost(() => 0, planOf)
      expect(() => other.openShared(damage(link))).toThrow(message)
    })
})

/** The link with other fields in its first input. */
function changed(link: ReturnType<Host['share']>, fields: Record<string, unknown>): unknown {
  const { timeline } = link
  const [first, ...rest] = timeline.branches
  const [input, ...others] = first!.inputs
  const branches = [{ ...first, inputs: [{ ...input, ...fields }, ...others] }, ...rest]
  return { ...link, timeline: { ...timeline, branches } }
}

describe('a step', () => {
  it('in a cluster where nothing happens goes on by a minute and no further', () => {
    const host = openHost()
    const { now } = host.step('change')
    expect(now).toBe(Date.parse('2026-03-02T09:01:00Z'))
  })

  it('back goes where each step forward stopped', () => {
    const host = openHost()
    type(host, 'kubectl apply -f first.yaml')
    const stops = [host.advance(Date.parse('2026-03-02T09:00:00Z'), 1e9).now]
    const isQuiet = (): boolean => stops.length > 1 && stops.at(-1)! - stops.at(-2)! >= 60_000
    while (!isQuiet()) {
      const { now } = host.step('change')
      if (now > stops.at(-1)!) stops.push(now)
    }
    expect(stops.length).toBeGreaterThan(4)
    for (const stop of stops.slice(1, -1).toReversed()) {
      expect(host.changeBefore()).toBe(stop)
      host.seek(stop)
    }
  })
})

describe('the past', () => {
  it('knows how far was seen, and a new future there keeps the old one', () => {
    const host = openHost()
    type(host, 'kubectl apply -f first.yaml')
    run(host, 60)
    const past = seek(host, 2)
    expect(past.seenTo - past.now).toBe(58_000)
    const anew = host.dropFuture()
    expect(anew.seenTo).toBe(anew.now)
  })
})
