// The console in process: what it shows, in which order, and that its prompt always comes back.
import { describe, expect, it } from 'vitest'
import { openBench, type Bench } from './bench.ts'

const PROMPT = 'alex:~$ '

/** The lines that the screen shows last. */
function last(bench: Bench, count: number): string[] {
  return bench.screen().split('\n').slice(-count)
}

describe('the console', () => {
  it('shows a program’s output between its line and the next prompt', async () => {
    const bench = await openBench()
    bench.type('kubectl apply -f first.yaml')
    await bench.settle()
    expect(last(bench, 3)).toEqual([
      `${PROMPT}kubectl apply -f first.yaml`,
      'job.batch/pi created',
      PROMPT,
    ])
  })

  it('starts no shell for lines that are single programs', async () => {
    const bench = await openBench()
    for (const line of ['kubectl get pods', 'k get nodes && cron next "* * * * *"', 'lab images'])
      bench.type(line)
    await bench.settle()
    expect(bench.shells()).toBe(0)
    bench.type('ls')
    await bench.settle()
    expect(bench.shells()).toBe(1)
    expect(last(bench, 2)).toEqual(['first.yaml', PROMPT])
  })

  it('shows all of a shell’s output before the prompt, programs within it included', async () => {
    const bench = await openBench()
    bench.type('for i in 1 2; do kubectl get nodes --no-headers | wc -l; echo $i; done')
    await bench.settle()
    expect(last(bench, 5)).toEqual(['4', '1', '4', '2', PROMPT])
  })

  it('has files, folder and variables in common between the ways that lines go', async () => {
    const bench = await openBench()
    bench.type('mkdir jobs && cp first.yaml jobs/job.yaml && cd jobs')
    await bench.settle()
    bench.type('kubectl apply -f job.yaml')
    await bench.settle()
    expect(last(bench, 2)).toEqual(['job.batch/pi created', 'alex:~/jobs$ '])
    bench.type('kubectl delete -f ../first.yaml | cut -c1-19; name=pi')
    await bench.settle()
    expect(last(bench, 2)).toEqual(['job.batch "pi" dele', 'alex:~/jobs$ '])
    bench.type('cd; echo $name')
    await bench.settle()
    expect(last(bench, 2)).toEqual(['pi', PROMPT])
  })

  it('keeps folder and variables when a line that hangs costs the shell its worker', async () => {
    const bench = await openBench()
    bench.type('mkdir jobs; cp first.yaml jobs; cd jobs; x=1')
    await bench.settle()
    bench.type('while true; do kubectl get nodes -w | cat; done')
    await bench.settle()
    bench.run.console.typeKeys('\x03')
    await expect.poll(() => bench.settle().then(() => bench.run.console.isAtRest())).toBe(true)
    bench.type('echo $x')
    await bench.settle()
    expect(last(bench, 2)).toEqual(['1', 'alex:~/jobs$ '])
  })

  it('ends a watch on Ctrl-C and runs nothing after it', async () => {
    const bench = await openBench()
    bench.type('kubectl get nodes -w; echo more')
    await bench.settle()
    bench.run.console.typeKeys('\x03')
    await bench.settle()
    expect(last(bench, 2)).toEqual(['^C', PROMPT])
    expect(bench.screen().split('more')).toHaveLength(2)
  })

  it('takes Ctrl-C for a program that was just started', async () => {
    const bench = await openBench()
    bench.run.console.typeKeys('kubectl get nodes -w\r\x03')
    await bench.settle()
    expect(bench.run.console.isAtRest()).toBe(true)
  })

  it('keeps what is typed ahead for when the line has ended', async () => {
    const bench = await openBench()
    bench.run.console.typeKeys('kubectl get job\recho two | cat\rech')
    await bench.settle()
    expect(last(bench, 4)).toEqual([
      'No resources found in default namespace.',
      `${PROMPT}echo two | cat`,
      'two',
      `${PROMPT}ech`,
    ])
  })

  it('calls back typed lines, also after another chapter has begun', async () => {
    const bench = await openBench()
    bench.type('kubectl get jobs')
    await bench.settle()
    bench.run.console.reset()
    bench.run.console.typeKeys('\x1b[A')
    expect(last(bench, 1)).toEqual([`${PROMPT}kubectl get jobs`])
    expect(bench.run.console.memory().history).toEqual(['kubectl get jobs'])
  })

  it('runs a line of the story after interrupting what runs', async () => {
    const bench = await openBench()
    bench.type('kubectl get nodes -w')
    await bench.settle()
    const ended = bench.run.console.run('kubectl get jobs')
    await bench.settle()
    expect(await ended).toBe(true)
    expect(last(bench, 4)).toEqual([
      '^C',
      `${PROMPT}kubectl get jobs`,
      'No resources found in default namespace.',
      PROMPT,
    ])
  })

  it('prints why a host refuses a line, and goes on', async () => {
    const bench = await openBench((host) => ({
      ...host,
      exec: () => {
        throw new Error('no more pids')
      },
    }))
    for (const line of ['kubectl get pods', 'kubectl get pods | cat']) {
      bench.type(line)
      await bench.settle()
      expect(last(bench, 2)).toEqual(['no more pids', PROMPT])
    }
  })

  it('holds a line typed while a chapter opens until it is open', async () => {
    const bench = await openBench()
    bench.run.console.reset()
    void bench.run.engine.enterChapter('second')
    bench.type('ls; kubectl apply -f second.yaml')
    await bench.settle()
    expect(last(bench, 3)).toEqual(['second.yaml', 'job.batch/pi created', PROMPT])
    expect(Object.keys(bench.run.store.getState().files)).toEqual(['second.yaml'])
  })
})

describe('when time is set back', () => {
  const SAID = 'Time was set back, so the command that was running has ended.'
  const notices = ({ run }: Bench): string[] => run.store.getState().notices.map(({ text }) => text)

  it('a loop of the shell ends with the program it waits for, and the page says so', async () => {
    const bench = await openBench()
    await bench.pass(10)
    bench.type('for i in 1 2 3; do kubectl get nodes -w | cat; done')
    await bench.settle()
    void bench.run.engine.seek(bench.run.store.getState().start)
    await bench.settle()
    expect(bench.run.console.isAtRest()).toBe(true)
    expect(bench.shells()).toBe(1)
    expect(notices(bench)).toEqual([SAID])
  })

  it('a line typed meanwhile runs there', async () => {
    const bench = await openBench()
    await bench.pass(10)
    void bench.run.engine.seek(bench.run.store.getState().start)
    bench.type('date')
    await bench.settle()
    expect(last(bench, 2)).toEqual(['Mon Mar  2 09:00:00 UTC 2026', PROMPT])
    expect(notices(bench)).toEqual([])
  })
})

/** What may happen to a run while a line is under way. */
const ENDS: Readonly<Record<string, (bench: Bench) => void>> = {
  'the chapter begins again': ({ run }) => {
    run.console.reset()
    void run.engine.enterChapter('first')
  },
  'another chapter begins': ({ run }) => {
    run.console.reset()
    void run.engine.enterChapter('second')
  },
  'a link is opened': ({ run, host }) => {
    const shared = host.share()
    void run.engine.enterShared(shared).then(() => run.console.reset())
  },
  'time is set back': ({ run }) => void run.engine.seek(run.store.getState().start),
  'the worker dies': ({ die }) => die(),
}

const LINES = [
  'kubectl apply -f first.yaml',
  'kubectl get nodes -w',
  'ls',
  'kubectl get nodes -w | cat',
]
/** More messages than any of the lines sends until it waits or has ended. */
const MESSAGES_MAX = 10

for (const [what, happen] of Object.entries(ENDS))
  describe(`when ${what}`, () => {
    for (const line of LINES)
      it(`the prompt comes back, however far “${line}” is`, { timeout: 120_000 }, async () => {
        for (let messages = 0; messages < MESSAGES_MAX; messages++) {
          const bench = await openBench()
          await bench.pass(10)
          bench.type(line)
          let delivered = 0
          while (delivered < messages && (await bench.deliver())) delivered++
          happen(bench)
          await bench.settle()
          expect(bench.run.console.isAtRest(), `after ${messages} messages`).toBe(true)
          expect(bench.run.store.getState().terminalBusy).toBeUndefined()
          expect(last(bench, 1)).toEqual([PROMPT])
          bench.type('kubectl get namespaces')
          await bench.settle()
          expect(bench.screen()).toMatch(/kube-system +Active|it is gone/)
          expect(last(bench, 1)).toEqual([PROMPT])
          if (delivered < messages) break
        }
      })
  })
