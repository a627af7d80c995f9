// The page's end of the shell: starts its worker with the first line that needs one, runs lines in
// it, and hands the programs they call on to the cluster. A line that does not stop when it is
// interrupted loses its worker; what lines leave is kept here, so the next worker continues with it.
import type { Port } from '../../worker/channel.ts'
import { deferred } from '../../worker/deferred.ts'
import type { ProgramCall } from '../../worker/program-call.ts'
import type { FromShell, ShellState, ToShell } from '../../worker/shell-messages.ts'
import type { StartedProgram, StartProgram, Write } from '../programs.ts'

/** A worker that serves a shell. */
export interface ShellWorker extends Port {
  terminate: () => void
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void
  addEventListener(type: 'error', listener: (event: ErrorEvent) => void): void
}

interface LineEnd {
  code: number
  /** Undefined when the line was cut off: the files are what they were. */
  files: Readonly<Record<string, string>> | undefined
  state: ShellState
}

export interface ShellLine {
  line: string
  files: Readonly<Record<string, string>>
  state: ShellState
  write: Write
  /** Called with true when the shell takes long to load, and with false when it is there. */
  loading: (isLoading: boolean) => void
}

export interface ShellClient {
  /** Runs one line; resolves when it and its programs have ended. One at a time. */
  run: (line: ShellLine) => Promise<LineEnd>
  /** Ctrl-C. */
  interrupt: () => void
  /** Ends the line that runs, at once, and the shell with it: the next line has a new one. */
  close: () => void
}

const INTERRUPTED = 130
/** How long an interrupted line may take to end before its worker is given up. */
const STOP_MS = 600
/** How long the shell may load before the terminal says so. */
const SLOW_MS = 200

/** A line under way. */
interface Running {
  line: ShellLine
  programs: Map<number, StartedProgram>
  /** Programs that it still calls are not started, and whatever it says, it ended by this. */
  interrupted: boolean
  resolve: (end: LineEnd) => void
  reject: (error: Error) => void
}

interface Shell {
  worker: ShellWorker | undefined
  ready: boolean
  running: Running | undefined
}

export function startShellWorker(): ShellWorker {
  return new Worker(new URL('../../worker/shell.worker.ts', import.meta.url), { type: 'module' })
}

/** A shell that is not there yet; `start` begins its worker, `program` runs what lines call. */
export function createShellClient(start: () => ShellWorker, program: StartProgram): ShellClient {
  const shell: Shell = { worker: undefined, ready: false, running: undefined }
  const close = (): void => {
    const { running } = shell
    giveUp(shell)
    running?.resolve({ code: INTERRUPTED, files: undefined, state: running.line.state })
  }
  return {
    async run(line) {
      const { promise, resolve, reject } = deferred<LineEnd>()
      shell.running = { line, programs: new Map(), interrupted: false, resolve, reject }
      if (shell.worker === undefined) begin(shell, start(), program)
      post(shell, { type: 'line', line: line.line, files: line.files, state: line.state })
      const slow = setTimeout(() => line.loading(!shell.ready), SLOW_MS)
      return await promise.finally(() => clearTimeout(slow))
    },
    interrupt() {
      const { running } = shell
      if (running === undefined) return
      running.interrupted = true
      for (const started of running.programs.values()) started.interrupt()
      setTimeout(() => {
        if (shell.running === running) close()
      }, STOP_MS)
    },
    close,
  }
}

function post(shell: Shell, message: ToShell): void {
  shell.worker?.postMessage(message)
}

function begin(shell: Shell, worker: ShellWorker, program: StartProgram): void {
  shell.worker = worker
  worker.addEventListener('message', ({ data }: MessageEvent<FromShell>) => {
    if (shell.worker === worker) receive(shell, data, program)
  })
  worker.addEventListener('error', () => {
    if (shell.worker !== worker) return
    const { running } = shell
    giveUp(shell)
    running?.reject(new Error('the shell could not be loaded, or it has stopped'))
  })
}

function receive(shell: Shell, message: FromShell, program: StartProgram): void {
  const { running } = shell
  switch (message.type) {
    case 'ready':
      shell.ready = true
      return running?.line.loading(false)
    case 'output':
      return running?.line.write(message.stream, message.text)
    case 'call':
      return void call(shell, message.call, program, message.program)
    case 'done':
      shell.running = undefined
      return running?.resolve(running.interrupted ? { ...message, code: INTERRUPTED } : message)
  }
}

/** Runs a program for the line that called it; nobody hears what outlives its line. */
async function call(
  shell: Shell,
  id: number,
  program: StartProgram,
  words: ProgramCall,
): Promise<void> {
  const { running } = shell
  if (running === undefined) return
  if (running.interrupted) return post(shell, { type: 'exit', call: id, code: INTERRUPTED })
  const started = program(words, (stream, text) => {
    if (shell.running === running) post(shell, { type: 'output', call: id, stream, text })
  })
  running.programs.set(id, started)
  try {
    const code = await started.exit
    if (shell.running === running) post(shell, { type: 'exit', call: id, code })
  } catch (error) {
    if (shell.running !== running) return
    giveUp(shell)
    running.reject(error as Error)
  } finally {
    running.programs.delete(id)
  }
}

function giveUp(shell: Shell): void {
  shell.worker?.terminate()
  Object.assign(shell, { worker: undefined, ready: false, running: undefined })
}
