// A shell at one end of a port: runs the lines it is sent and asks for the lab's programs.
import type { Port } from './channel.ts'
import type { FromShell, Stream, ToShell } from './shell-messages.ts'
import { createShell, type ShellOutput } from './shell.ts'

interface Call {
  output: ShellOutput
  exit: (code: number) => void
}

/** Serves lines until the port is closed; says when it is there. */
export function serveShell(port: Port): void {
  const calls = new Map<number, Call>()
  let nextCall = 1
  const post = (message: FromShell): void => port.postMessage(message)
  const shell = createShell(
    (program, output) =>
      new Promise((exit) => {
        const call = nextCall++
        calls.set(call, { output, exit })
        post({ type: 'call', call, program })
      }),
  )
  const run = async ({ line, files, state }: ToShell & { type: 'line' }): Promise<void> => {
    const say = (stream: Stream) => (text: string) => post({ type: 'output', stream, text })
    await shell.mirror(files)
    const left = await shell.exec(line, state, { stdout: say('stdout'), stderr: say('stderr') })
    post({ type: 'done', ...left, files: await shell.readFiles() })
  }
  port.addEventListener('message', ({ data }: MessageEvent<ToShell>) => {
    if (data.type === 'line') return void run(data)
    const call = calls.get(data.call)
    if (data.type === 'output') return call?.output[data.stream](data.text)
    calls.delete(data.call)
    call?.exit(data.code)
  })
  post({ type: 'ready' })
}
