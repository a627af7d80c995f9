// All tools and programs by name, and how one is run.

import type { Toolset } from '../catalogue.ts'
import { isShell } from '../kernel/exec.ts'
import { exitTask } from '../kernel/tasks.ts'
import type { Machine, Task } from '../kernel/types.ts'
import { PROGRAMS } from '../programs/index.ts'
import { clock } from './clock.ts'
import { files } from './files.ts'
import type { Io, Result, Tool } from './io.ts'
import { runners } from './runners.ts'
import { system } from './system.ts'
import { text } from './text.ts'

const TOOLS: Record<string, Tool> = { ...clock, ...files, ...runners, ...system, ...text }

// Programs that a Debian image does not have.
const ONLY_BUSYBOX = 'busybox nslookup wget ping ps top free uptime usleep nc hexdump'.split(' ')

/** The names an image's commands have, its own programs included. */
export function toolNames(tools: Toolset, programs: readonly string[]): string[] {
  if (tools === 'none') return [...programs]
  const shells = tools === 'gnu' ? ['sh', 'bash', 'dash'] : ['sh', 'ash']
  const names = Object.keys(TOOLS).filter(
    (name) => tools === 'busybox' || !ONLY_BUSYBOX.includes(name),
  )
  return [...shells, ...names, ...programs]
}

function toolOf(name: string): Tool | undefined {
  if (Object.hasOwn(PROGRAMS, name)) return PROGRAMS[name]
  return Object.hasOwn(TOOLS, name) ? TOOLS[name] : undefined
}

export function isTool(name: string): boolean {
  return isShell(name) || toolOf(name) !== undefined
}

function ioOf(machine: Machine, task: Task): Io {
  const name = (task.argv[0] ?? '').replace(/^.*\//, '')
  return { machine, task, name, args: task.argv.slice(1) }
}

/** Lets a task that is no shell go on. */
export function runProgram(machine: Machine, task: Task): void {
  const tool = toolOf(String(task.memory['program'] ?? ''))
  const io = ioOf(machine, task)
  const result = tool === undefined ? 127 : runTool(tool, io)
  if (result !== 'wait' && machine.tasks.includes(task)) exitTask(machine, task, result & 255)
}

// A tool that asks for more than there is (a string too long, an expression too deep) crashes.
function runTool(tool: Tool, io: Io): Result {
  try {
    return tool.run(io)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return 139
  }
}

/** Whether the program reacts to a signal by itself; it then ends with a code of its own. */
export function handlesSignal(machine: Machine, task: Task, signal: string): boolean {
  const tool = toolOf(String(task.memory['program'] ?? ''))
  const code = tool?.signals?.[signal]
  if (code === undefined) return false
  tool?.farewell?.(ioOf(machine, task))
  exitTask(machine, task, code)
  return true
}
