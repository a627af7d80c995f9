// The programs that run for the terminal: started by a call, heard as they write, interrupted, ended
// by themselves, by the run being replaced, or with the host.
import { deferred } from '../worker/deferred.ts'
import type { ProcessOutput, Update } from '../worker/protocol.ts'
import type { HostLink } from '../worker/client.ts'
import type { ProgramCall } from '../worker/program-call.ts'
import type { CommandListener } from './updates.ts'

export type Write = (stream: ProcessOutput['stream'], text: string) => void

/** A program that was started. */
export interface StartedProgram {
  /** Its exit code; rejected when the host refuses it or is lost. */
  exit: Promise<number>
  /** Ctrl-C; also before the host has answered the call. */
  interrupt: () => void
}

export type StartProgram = (call: ProgramCall, write: Write) => StartedProgram

interface Listener {
  write: Write
  resolve: (code: number) => void
  reject: (error: Error) => void
}

/** The exit code of what was interrupted. */
const INTERRUPTED = 130

export interface Programs {
  start: StartProgram
  listener: CommandListener
  /** Whether one runs that the host has answered for. */
  areRunning: () => boolean
  /** The run is another: what was heard of it has ended, whatever became of it there. */
  endAll: () => void
}

/** The programs of one host. `apply` takes in what its answers say. */
export function createPrograms(
  { host, lost }: HostLink,
  apply: (update: Update) => void,
): Programs {
  const listeners = new Map<number, Listener>()
  const start: StartProgram = ({ program, argv, stdin, files, line }, write) => {
    const { promise: exit, resolve, reject } = deferred<number>()
    let running: number | undefined
    let interrupted = false
    const interrupt = async (): Promise<void> => {
      interrupted = true
      if (running !== undefined && listeners.has(running)) apply(await host.interrupt(running))
    }
    const begin = async (): Promise<void> => {
      const { pid, update } = await host.exec(program, argv, { stdin, files, line })
      listeners.set((running = pid), { write, resolve, reject })
      apply(update)
      if (interrupted) await interrupt()
    }
    begin().catch(reject)
    return { exit, interrupt: () => void interrupt().catch(reject) }
  }
  void lost.then((message) => {
    for (const { reject } of listeners.values()) reject(new Error(message))
    listeners.clear()
  })
  const listener: CommandListener = {
    output: ({ pid, stream, text }) => listeners.get(pid)?.write(stream, text),
    exit(pid, code) {
      listeners.get(pid)?.resolve(code)
      listeners.delete(pid)
    },
  }
  const endAll = (): void => {
    for (const { resolve } of listeners.values()) resolve(INTERRUPTED)
    listeners.clear()
  }
  return { start, listener, areRunning: () => listeners.size > 0, endAll }
}
