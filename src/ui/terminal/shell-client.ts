// The page's end of the shell: runs lines, hands programs on to the cluster, and can stop both. A
// line that does not stop when told to loses its worker; the next line gets a new one.
import { proxy, wrap, type Remote } from 'comlink'
import { execProgram, interruptProgram } from '../engine.ts'
import type { ShellApi, Write } from './shell.worker.ts'
import type { ProgramCall } from '../../worker/shell.ts'

export interface LineResult {
  code: number
  /** Undefined when the line was cut off: the files are what they were. */
  files: Readonly<Record<string, string>> | undefined
  cwd: string | undefined
}

/** How long an interrupted line may take to end before its worker is given up. */
const STOP_MS = 600
const INTERRUPTED = 130

let worker: Worker | undefined
let shell: Remote<ShellApi> | undefined
let started: Promise<void> | undefined
let cutOff: (() => void) | undefined
const running = new Set<number>()

/** Loads the shell ahead of its first line. */
export async function prepareShell(files: Readonly<Record<string, string>>): Promise<void> {
  if (worker === undefined) {
    worker = new Worker(new URL('./shell.worker.ts', import.meta.url), { type: 'module' })
    shell = wrap<ShellApi>(worker)
    started = shell.start(files, proxy(runProgram))
  }
  await started
}

/** Forgets variables, folder and everything under way: a new session begins. */
export function resetShell(): void {
  worker?.terminate()
  worker = undefined
  shell = undefined
  started = undefined
  running.clear()
  cutOff?.()
}

/** Runs one line in the working folder `files`; resolves when it and its programs have ended. */
export async function runLine(
  line: string,
  files: Readonly<Record<string, string>>,
  write: Write,
): Promise<LineResult> {
  await prepareShell(files)
  const here = shell!
  let open = true
  const cut = new Promise<LineResult>((resolve) => {
    cutOff = () => resolve({ code: INTERRUPTED, files: undefined, cwd: undefined })
  })
  // What a line that was cut off still has to say comes too late.
  const hear: Write = (stream, text) => {
    if (open) write(stream, text)
  }
  try {
    return await Promise.race([here.exec(line, files, proxy(hear)), cut])
  } finally {
    open = false
    cutOff = undefined
  }
}

/** Ctrl-C. */
export async function interruptLine(): Promise<void> {
  const pids = [...running]
  const line = cutOff
  for (const pid of pids) await interruptProgram(pid)
  setTimeout(() => {
    if (line !== undefined && cutOff === line) resetShell()
  }, STOP_MS)
}

async function runProgram(call: ProgramCall, id: number): Promise<number> {
  const { program, argv, stdin, files, line } = call
  const here = shell
  return await new Promise<number>((resolve, reject) => {
    let pid = 0
    let ended = false
    // The exit code goes another way than the output and could overtake it.
    let heard: Promise<void> | undefined
    const listener = {
      output: (stream: 'stdout' | 'stderr', text: string) => {
        heard = here?.feed(id, stream, text)
      },
      exit: (code: number) => {
        ended = true
        running.delete(pid)
        void Promise.resolve(heard).then(() => resolve(code))
      },
    }
    execProgram(program === 'k' ? 'kubectl' : program, argv, { stdin, files, line }, listener).then(
      (started) => {
        pid = started
        if (!ended) running.add(pid)
      },
      reject,
    )
  })
}
