// A run of the page without a page: engine and console against a host in the same process, over ports
// whose messages arrive one by one, when the test says so.
import type { ChapterPlan } from '../../src/story/plan.ts'
import { createPageRun, type PageRun } from '../../src/ui/page-run.ts'
import type { ShellWorker } from '../../src/ui/terminal/shell-client.ts'
import { serve, type Port } from '../../src/worker/channel.ts'
import { linkOver } from '../../src/worker/client.ts'
import { createHost } from '../../src/worker/host.ts'
import type { Host, Persistence } from '../../src/worker/protocol.ts'
import type { FromShell, ToShell } from '../../src/worker/shell-messages.ts'
import { serveShell } from '../../src/worker/serve-shell.ts'

export const JOB = `apiVersion: batch/v1
kind: Job
metadata:
  name: pi
spec:
  template:
    spec:
      containers:
      - name: main
        image: busybox
        command: ["sleep", "3600"]
      restartPolicy: Never
`

export interface Bench {
  run: PageRun
  host: Host
  /** Everything the terminal's screen was sent since it was last cleared, without colours. */
  screen: () => string
  /** Types a line and presses Enter. */
  type: (line: string) => void
  /** Delivers the next message; false when there is none, and none comes soon. */
  deliver: () => Promise<boolean>
  /** Delivers messages until none comes. */
  settle: () => Promise<void>
  /** Lets time run on by so many seconds. */
  pass: (seconds: number) => Promise<void>
  /** The worker that owns the World dies. */
  die: () => void
  /** How many workers for the shell were started. */
  shells: () => number
}

/** Promises that follow on each other take less than this. */
const QUIET_TURNS = 3

/** A run with the chapter `first` open. `change` may make the host another. */
export async function openBench(change: (host: Host) => Host = (host) => host): Promise<Bench> {
  const mail: Mail = { posted: [], computing: false }
  const host = change(createHost(() => 0, planOf))
  const [page, worker] = ports(mail)
  serve(worker, { ...host, ...nothingKept })
  const link = linkOver(page)
  let shells = 0
  const run = createPageRun(link, () => {
    shells += 1
    return startShell(mail)
  })
  let screen = ''
  run.console.attachScreen({
    write: (text) => (screen += text),
    clear: () => (screen = ''),
    columns: () => 80,
  })
  const deliver = (): Promise<boolean> => deliverOne(mail)
  const settle = async (): Promise<void> => {
    while (await deliver());
  }
  const opened = run.engine.enterChapter('first')
  await settle()
  await opened
  return {
    run,
    host,
    screen: () => plain(screen),
    type: (line) => run.console.typeKeys(`${line}\r`),
    deliver,
    settle,
    async pass(seconds) {
      void run.engine.advance(run.engine.clockNow() + seconds * 1000, 1)
      await settle()
      run.engine.flush()
    },
    die: () => link.lose('it is gone'),
    shells: () => shells,
  }
}

/** Chapters `first` and `second`, which differ in their files only. */
function planOf(slug: string): ChapterPlan {
  return {
    slug,
    start: '2026-03-02T09:00:00Z',
    seed: 1,
    cluster: {},
    files: { [`${slug}.yaml`]: JOB },
    solutionFiles: {},
    prepare: [],
    goals: [],
    solution: [],
  }
}

const nothingKept: Persistence = {
  keep: () => Promise.resolve(false),
  recall: () => Promise.resolve({ found: 'nothing' }),
  forget: () => Promise.resolve(),
}

/** What is on its way. */
interface Mail {
  /** Delivers a message each, in the order in which they were posted. */
  posted: (() => void)[]
  /** The shell has something to do and will post more. */
  computing: boolean
}

/** Two ends of a port; what is posted is copied and waits in `mail`. */
function ports(mail: Mail): [Port, Port] {
  const listeners: ((event: MessageEvent) => void)[][] = [[], []]
  const end = (own: number): Port => ({
    postMessage(message) {
      const data: unknown = structuredClone(message)
      mail.posted.push(() => {
        for (const listener of listeners[1 - own]!) listener({ data } as MessageEvent)
      })
    },
    addEventListener: (_type, listener) => void listeners[own]!.push(listener),
  })
  return [end(0), end(1)]
}

/** A worker of the shell; once terminated it is not heard any more. */
function startShell(mail: Mail): ShellWorker {
  const [page, worker] = ports(mail)
  let alive = true
  serveShell({
    postMessage(message) {
      if (!alive) return
      if (/call|done/.test((message as FromShell).type)) mail.computing = false
      worker.postMessage(message)
    },
    addEventListener: (type, listener) =>
      worker.addEventListener(type, (event) => {
        mail.computing = alive && (event.data as ToShell).type !== 'output'
        listener(event)
      }),
  })
  return {
    postMessage: page.postMessage,
    addEventListener(type: 'message' | 'error', listener: (event: never) => void) {
      if (type === 'message') page.addEventListener(type, listener as () => void)
    },
    terminate() {
      alive = false
      mail.computing = false
    },
  }
}

async function deliverOne(mail: Mail): Promise<boolean> {
  const { posted } = mail
  for (let turns = 0; posted.length === 0 && turns < QUIET_TURNS; turns++) {
    await turn()
    if (mail.computing) turns = 0
  }
  const next = posted.shift()
  next?.()
  await turn()
  return next !== undefined
}

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

const ESCAPE = '\x1b'
const COLOUR = new RegExp(`${ESCAPE}\\[\\d*m`, 'g')
const MOVE = new RegExp(`${ESCAPE}\\[\\d*[A-Z]|\r`, 'g')
/** Erases the line being typed. */
const ERASE = `\r${ESCAPE}[J`

/** The text as a screen shows it: without colours, what was erased left out. */
function plain(text: string): string {
  const [first = '', ...pieces] = text.replaceAll(COLOUR, '').split(ERASE)
  let shown = first
  for (const piece of pieces) shown = shown.slice(0, shown.lastIndexOf('\n') + 1) + piece
  return shown.replaceAll(MOVE, '')
}
