// The terminal's shell in a worker of its own, so that no command line, however busy, makes the
// page wait. The programs of the lab are asked for over the channel.
import { expose, type ProxyMarked } from 'comlink'
import { createShell, type ProgramCall, type Shell } from '../../worker/shell.ts'

/** Hears one piece of output of a line or of a program. */
export type Write = ((stream: 'stdout' | 'stderr', text: string) => void | Promise<void>) &
  Partial<ProxyMarked>

/** Starts a program; its output goes to the numbered call. Resolves with its exit code. */
export type RunRemote = ((call: ProgramCall, id: number) => Promise<number>) & Partial<ProxyMarked>

let shell: Shell | undefined
let nextCall = 1
const writers = new Map<number, Write>()

const api = {
  /** Begins with these files. */
  start(files: Readonly<Record<string, string>>, run: RunRemote): void {
    shell = createShell(files, async (call, output) => {
      const id = nextCall++
      writers.set(id, (stream, text) => output[stream](text))
      try {
        return await run(call, id)
      } finally {
        writers.delete(id)
      }
    })
  },
  /** Output of a program that `run` was asked for. */
  feed(id: number, stream: 'stdout' | 'stderr', text: string): void {
    void writers.get(id)?.(stream, text)
  },
  /** Runs a line with these files; resolves with its exit code and the files it left. */
  async exec(
    line: string,
    files: Readonly<Record<string, string>>,
    write: Write,
  ): Promise<{ code: number; files: Readonly<Record<string, string>>; cwd: string }> {
    if (shell === undefined) throw new Error('the shell has not been started')
    await mirror(shell, files)
    // The result goes another way than the output and could overtake it.
    let heard: void | Promise<void> = undefined
    const code = await shell.exec(line, {
      stdout: (text) => void (heard = write('stdout', text)),
      stderr: (text) => void (heard = write('stderr', text)),
    })
    await heard
    return { code, files: await shell.readFiles(), cwd: shell.cwd() }
  },
}

async function mirror(target: Shell, files: Readonly<Record<string, string>>): Promise<void> {
  const there = await target.readFiles()
  for (const [path, text] of Object.entries(files))
    if (there[path] !== text) await target.writeFile(path, text)
  for (const path of Object.keys(there))
    if (!Object.hasOwn(files, path)) await target.removeFile(path)
}

export type ShellApi = typeof api

expose(api)
