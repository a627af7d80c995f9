// Engines in process: each run has its own, and what comes back is taken in once and in order.
import { describe, expect, it } from 'vitest'
import type { Write } from '../../src/ui/programs.ts'
import type { ProgramCall } from '../../src/worker/program-call.ts'
import { JOB, openBench, type Bench } from './bench.ts'

function call(line: string, files: Readonly<Record<string, string>> = {}): ProgramCall {
  const [program = '', ...argv] = line.split(' ')
  return { program, argv, stdin: '', files, line }
}

function pods({ run }: Bench): string[] {
  return [...run.store.getState().objects.values()]
    .filter(({ object }) => object.kind === 'Pod')
    .map(({ object }) => object.metadata.name)
}

describe('an engine', () => {
  it('takes in what a program did, and its output before its exit', async () => {
    const bench = await openBench()
    const heard: string[] = []
    const write: Write = (stream, text) => heard.push(`${stream}: ${text}`)
    const { exit } = bench.run.engine.startProgram(
      call('kubectl apply -f a.yaml', { 'a.yaml': JOB }),
      write,
    )
    void exit.then((code) => heard.push(`exit ${code}`))
    await bench.settle()
    expect(heard).toEqual(['stdout: job.batch/pi created\n', 'exit 0'])
    await bench.pass(2)
    expect(pods(bench)).toHaveLength(1)
  })

  it('interrupts a program that the host has not answered for yet', async () => {
    const bench = await openBench()
    const { exit, interrupt } = bench.run.engine.startProgram(call('kubectl get pods -w'), () => 0)
    interrupt()
    await bench.settle()
    expect(await exit).toBe(130)
  })

  it('ends what runs when time is set back', async () => {
    const bench = await openBench()
    await bench.pass(10)
    const { exit } = bench.run.engine.startProgram(call('kubectl get pods -w'), () => 0)
    await bench.settle()
    void bench.run.engine.seek(bench.run.store.getState().start)
    await bench.settle()
    expect(await exit).toBe(130)
  })

  it('lets a program run on when time is set back into its midst', async () => {
    const bench = await openBench()
    let written = ''
    const { exit, interrupt } = bench.run.engine.startProgram(
      call('kubectl get pods -w'),
      (_stream, text) => (written += text),
    )
    await bench.pass(60)
    void bench.run.engine.seek(bench.run.engine.clockNow() - 30_000)
    await bench.settle()
    expect(bench.run.store.getState().notices).toEqual([])
    const { exit: made } = bench.run.engine.startProgram(
      call('kubectl create job again --image=busybox'),
      () => 0,
    )
    await bench.settle()
    expect(await made).toBe(0)
    await bench.pass(2)
    expect(written).toContain('again-')
    interrupt()
    await bench.settle()
    expect(await exit).toBe(130)
  })

  it('lets a program run on when time goes forward', async () => {
    const bench = await openBench()
    let ended = false
    const { exit } = bench.run.engine.startProgram(call('kubectl get pods -w'), () => 0)
    void exit.then(() => (ended = true))
    void bench.run.engine.seek(bench.run.engine.clockNow() + 60_000)
    await bench.settle()
    expect(ended).toBe(false)
  })

  it('shows a fault and ends programs when the worker dies', async () => {
    const bench = await openBench()
    const waits = bench.run.engine.startProgram(call('kubectl get pods -w'), () => 0).exit
    await bench.settle()
    const asked = bench.run.engine.startProgram(call('kubectl get pods'), () => 0).exit
    bench.die()
    await expect(waits).rejects.toThrow('it is gone')
    await expect(asked).rejects.toThrow('it is gone')
    await expect(bench.run.engine.host.share()).rejects.toThrow('it is gone')
    const { fault, playing } = bench.run.store.getState()
    expect([fault, playing]).toEqual(['The simulation stopped: it is gone', false])
  })

  it('shows a fault when the host refuses to move time', async () => {
    const bench = await openBench((host) => ({
      ...host,
      seek: () => {
        throw new Error('no such moment')
      },
    }))
    void bench.run.engine.seek(0)
    await bench.settle()
    expect(bench.run.store.getState().fault).toBe('no such moment')
    expect(bench.run.engine.isNavigating()).toBe(false)
  })
})

describe('two engines side by side', () => {
  it('do not disturb each other', async () => {
    const [left, right] = [await openBench(), await openBench()]
    left.type('kubectl apply -f first.yaml')
    right.type('kubectl get nodes')
    await left.settle()
    await right.settle()
    await left.pass(5)
    expect(pods(left)).toHaveLength(1)
    expect(pods(right)).toEqual([])
    expect(left.run.engine.clockNow() - right.run.engine.clockNow()).toBe(5_000)
    expect(left.screen()).toContain('job.batch/pi created')
    expect(right.screen()).not.toContain('job.batch/pi created')
    const lanes = (bench: Bench) => bench.run.engine.timeline.lanes().map(({ kind }) => kind)
    expect(lanes(left)).toContain('Job')
    expect(lanes(right)).not.toContain('Job')
    left.die()
    await left.settle()
    expect(right.run.store.getState().fault).toBeUndefined()
  })
})
