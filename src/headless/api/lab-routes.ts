// What the lab adds to Kubernetes' API: the clock, its own shell on the same cluster, and the
// ledger of what ran.
import { addMs, formatTime } from '../../base/time.ts'
import { DOCS } from '../../sim/schema/docs.generated.ts'
import { isMap } from '../../kubectl/patch/lists.ts'
import { PROGRAMS } from '../../kubectl/programs/index.ts'
import {
  exec,
  EXIT_INTERRUPTED,
  interrupt,
  stepLab,
  type RunningProcess,
} from '../../session/lab.ts'
import { HOME, plainCall } from '../../worker/program-call.ts'
import { createShell, type RunProgram, type Shell, type ShellOutput } from '../../worker/shell.ts'
import type { ShellState } from '../../worker/shell-messages.ts'
import { advanceBy, type Host } from './host.ts'
import { feedFollowers } from './logs.ts'
import type { ExtraRoutes } from './server.ts'
import { badRequest, notAllowed } from './status.ts'
import { timelineReport } from './timeline.ts'

/** Simulated seconds that a line may take when it does not say. */
const SECONDS_DEFAULT = 300
const SECONDS_MAX = 100 * 366 * 24 * 3600

interface Terminal {
  readonly shell: Shell
  readonly runProgram: RunProgram
  /** What the last line left: its folder and variables. */
  state: ShellState
  /** The program that runs, if any. */
  current: RunningProcess | undefined
}

/** Answers /lab/…; `isFree` says that nothing moves time but these requests. */
export function labRoutes(host: Host, isFree: boolean): ExtraRoutes {
  const terminal = terminalOf(host)
  // Lines and advances run one after the other: each has the cluster's time for itself.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
  return (method, path, body) => {
    if (!path.startsWith('/lab/')) return undefined
    const isGet = path === '/lab/now' || path === '/lab/timeline'
    if (method !== (isGet ? 'GET' : 'POST')) throw notAllowed()
    if (path === '/lab/now') return nowReport(host)
    if (path === '/lab/timeline') return timelineReport(host.timeline, host.lab.world.now)
    const request = readBody(body)
    if (path === '/lab/advance') {
      const ms = Math.round(secondsOf(request, 0) * 1000)
      return inTurn(async () => {
        await advanceBy(host, ms)
        return nowReport(host)
      })
    }
    if (path !== '/lab/exec') throw badRequest(`unknown path ${path}`)
    const line = lineOf(request)
    return inTurn(() => runLine(host, terminal, line, isFree))
  }
}

function nowReport({ lab }: Host): object {
  return { now: formatTime(lab.world.now), ms: lab.world.now }
}

function readBody(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8') || '{}')
    if (isMap(value)) return value
  } catch {
    throw badRequest('the body is no JSON')
  }
  throw badRequest('the body is no JSON object')
}

function secondsOf(request: Readonly<Record<string, unknown>>, fallback: number): number {
  const { seconds = fallback } = request
  if (typeof seconds !== 'number' || !(seconds >= 0) || seconds > SECONDS_MAX)
    throw badRequest('seconds must be a number from 0')
  return seconds
}

interface Line {
  text: string
  files: Readonly<Record<string, string>>
  seconds: number
}

function lineOf(request: Readonly<Record<string, unknown>>): Line {
  const { line, files = {} } = request
  if (typeof line !== 'string') throw badRequest('line must be a text')
  const isFiles = isMap(files) && Object.values(files).every((text) => typeof text === 'string')
  if (!isFiles) throw badRequest('files must be texts by path')
  const texts = files as Readonly<Record<string, string>>
  return { text: line, files: texts, seconds: secondsOf(request, SECONDS_DEFAULT) }
}

function terminalOf({ lab }: Host): Terminal {
  const runProgram: RunProgram = async (call, output) => {
    const program = PROGRAMS[call.program]!
    const running = exec(lab, program, call.argv, call.line, { ...call, ...output, docs: DOCS })
    terminal.current = running
    while (running.exit === undefined) await idle()
    return running.exit
  }
  const shell = createShell(runProgram)
  const state = { cwd: HOME, env: {} }
  const terminal: Terminal = { current: undefined, shell, runProgram, state }
  return terminal
}

/** Runs a line to its end; when nothing else moves time, it passes as the line waits. */
async function runLine(host: Host, terminal: Terminal, line: Line, isFree: boolean) {
  const { lab, followers } = host
  const { text, files, seconds } = line
  const { shell } = terminal
  if (Object.keys(files).length > 0) await shell.mirror({ ...(await shell.readFiles()), ...files })
  const result = { exit: 0, stdout: '', stderr: '' }
  const until = addMs(lab.world.now, seconds * 1000)
  terminal.current = undefined
  let ended = false
  const done = runInTerminal(terminal, text, {
    stdout: (part) => (result.stdout += part),
    stderr: (part) => (result.stderr += part),
  }).then((exit) => {
    result.exit = exit
    ended = true
  })
  await idle()
  while (!ended) {
    const current = runningIn(terminal)
    const waits = current !== undefined
    if (waits && (lab.world.now >= until || (isFree && !stepLab(lab)))) {
      interrupt(lab, current.pid)
      current.exit = EXIT_INTERRUPTED
    }
    await idle()
  }
  await done
  feedFollowers(followers)
  return result
}

/** Runs a line as the page's terminal does: a program by itself, all else in the shell. */
async function runInTerminal(
  terminal: Terminal,
  line: string,
  output: ShellOutput,
): Promise<number> {
  const { shell, runProgram, state } = terminal
  const call = plainCall(line, await shell.readFiles(), state.cwd)
  if (call !== undefined) return runProgram(call, output)
  const left = await shell.exec(line, state, output)
  terminal.state = left.state
  return left.code
}

/** The program that runs and has not ended. */
function runningIn({ current }: Terminal): RunningProcess | undefined {
  return current?.exit === undefined ? current : undefined
}

/** Gives every promise that is ready its turn. */
function idle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
