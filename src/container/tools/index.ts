// All tools by name, and how one becomes a program of the kernel.

import { exitProc } from '../kernel/procs.ts'
import type { Container, Executable, Proc } from '../kernel/types.ts'
import { clock } from './clock.ts'
import { files } from './files.ts'
import type { Io, Result, Tool } from './io.ts'
import { runners } from './runners.ts'
import { system } from './system.ts'
import { text } from './text.ts'

export const TOOLS: Readonly<Record<string, Tool>> = {
  ...clock,
  ...files,
  ...runners,
  ...system,
  ...text,
}

/** The program that a tool is. */
export function programOf(tool: Tool): Executable {
  return (container, proc) => {
    const io = ioOf(container, proc)
    const result = endBySignal(tool, io) ?? runTool(tool, io)
    if (result !== 'wait' && container.procs.includes(proc)) exitProc(container, proc, result & 255)
  }
}

function ioOf(container: Container, proc: Proc): Io {
  const name = (proc.argv[0] ?? '').replace(/^.*\//, '')
  return { container, proc, name, args: proc.argv.slice(1) }
}

// A tool that asks for more than there is (a string too long, an expression too deep) crashes.
function runTool(tool: Tool, io: Io): Result {
  if (tool.signals !== undefined) io.proc.handlers = tool.signals
  try {
    return tool.run(io)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return 139
  }
}

/** The exit code if a signal has arrived that the tool handles. */
function endBySignal(tool: Tool, io: Io): number | undefined {
  const code = tool.signals?.[io.proc.pending.shift() ?? '']
  if (code !== undefined) tool.farewell?.(io)
  return code
}
