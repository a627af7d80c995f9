// Tools that run other commands: env, timeout, time, xargs, nohup and the like.

import { addMs } from '../../base/time.ts'
import { writeTo } from '../kernel/descriptors.ts'
import { execProc } from '../kernel/exec.ts'
import { deliverSignal, signalName } from '../kernel/signals.ts'
import { exitProc, forkProc, isAlive, takeEnd, procOf } from '../kernel/procs.ts'
import { durationMs } from './clock.ts'
import { fail, isGnu, linesOf, out, readAll, type Io, type Result, type Tool } from './io.ts'

/** Becomes another command; a command that cannot be run gives 126 or 127. */
function become(io: Io, argv: string[]): Result {
  const problem = execProc(io.container, io.proc, argv)
  if (problem === undefined) return 'wait'
  return cannotRun(io, argv[0] ?? '', problem)
}

function cannotRun(io: Io, name: string, problem: string): number {
  if (io.name === 'xargs' && !isGnu(io)) return fail(io, `${name}: No such file or directory`, 127)
  const why = problem === 'denied' ? 'Permission denied' : 'No such file or directory'
  const shown = io.name === 'timeout' ? `failed to run command '${name}'` : `'${name}'`
  const text = isGnu(io) ? `${shown}: ${why}` : `can't execute '${name}': ${why}`
  return fail(io, text, problem === 'denied' ? 126 : 127)
}

/** Starts a command as a child and waits for it; its exit code, or 'wait'. */
export function runChild(io: Io, argv: string[], until?: number): { code: number } | Result {
  const { container, proc } = io
  let pid = proc.memory['child']
  if (typeof pid !== 'number') {
    const child = forkProc(container, proc)
    if (child === undefined) return fail(io, "can't fork: Resource temporarily unavailable")
    const problem = execProc(container, child, argv)
    if (problem !== undefined) {
      child.program = 'false'
      return cannotRun(io, argv[0] ?? '', problem)
    }
    pid = child.pid
    proc.memory['child'] = pid
  }
  if (isAlive(container, pid)) {
    proc.block = { on: 'child', pids: [pid] }
    if (until !== undefined) proc.block.until = addMs(container.now, until - container.now)
    return 'wait'
  }
  delete proc.memory['child']
  return { code: takeEnd(proc, pid).code }
}

function env(io: Io): Result {
  const args = [...io.args]
  const { proc } = io
  while (args.length > 0) {
    const arg = args[0] ?? ''
    if (arg === '-i' || arg === '-') proc.env = {}
    else if (arg === '-u') {
      args.shift()
      const { [args[0] ?? '']: _, ...rest } = proc.env
      proc.env = rest
    } else if (/^[^=]+=/.test(arg)) {
      const equals = arg.indexOf('=')
      proc.env = { ...proc.env, [arg.slice(0, equals)]: arg.slice(equals + 1) }
    } else if (arg !== '--') break
    args.shift()
  }
  if (args.length > 0) return become(io, args)
  for (const [name, value] of Object.entries(proc.env)) out(io, `${name}=${value}\n`)
  return 0
}

function printenv(io: Io): Result {
  const { env: variables } = io.proc
  if (io.args.length === 0) return env({ ...io, args: [] })
  let status = 0
  for (const name of io.args) {
    if (Object.hasOwn(variables, name)) out(io, `${variables[name] ?? ''}\n`)
    else status = 1
  }
  return status
}

function timeout(io: Io): Result {
  const { container, proc } = io
  const args = [...io.args]
  let signal = 'TERM'
  let killMs: number | undefined
  while (/^-./.test(args[0] ?? '')) {
    const option = args.shift() ?? ''
    if (option === '-s') signal = signalName(args.shift() ?? '') ?? 'TERM'
    else if (option.startsWith('--signal=')) signal = signalName(option.slice(9)) ?? 'TERM'
    else if (option === '-k') killMs = durationMs(args.shift() ?? '')
    else if (/^-t\d/.test(option)) args.unshift(option.slice(2))
  }
  const ms = durationMs(args.shift() ?? '')
  if (ms === undefined || args.length === 0) return fail(io, 'invalid number', isGnu(io) ? 125 : 1)
  const start = proc.memory['start']
  const begin = typeof start === 'number' ? start : container.now
  proc.memory['start'] = begin
  const due = begin + ms
  const killDue = killMs === undefined ? undefined : due + killMs
  const child = procOf(container, Number(proc.memory['child'] ?? -1))
  const sent = proc.memory['sent'] === true
  if (child !== undefined && ms > 0 && container.now >= due && !sent) {
    proc.memory['sent'] = true
    deliverSignal(container, child, signal)
  }
  if (child !== undefined && killDue !== undefined && container.now >= killDue) {
    deliverSignal(container, child, 'KILL')
  }
  const next = proc.memory['sent'] === true ? killDue : ms > 0 && ms !== Infinity ? due : undefined
  const ended = runChild(io, args, next)
  if (typeof ended !== 'object') return ended
  if (proc.memory['sent'] !== true || ended.code < 128) return ended.code
  if (isGnu(io)) return ended.code === 137 ? 137 : 124
  // BusyBox runs the command in place of itself: the signal shows.
  exitProc(container, proc, ended.code, true)
  return ended.code
}

function time(io: Io): Result {
  const { container, proc } = io
  if (io.args.length === 0) return 0
  const start = typeof proc.memory['start'] === 'number' ? proc.memory['start'] : container.now
  proc.memory['start'] = start
  const ended = runChild(
    io,
    io.args.filter((arg, i) => i > 0 || arg !== '-p'),
  )
  if (typeof ended !== 'object') return ended
  const seconds = (container.now - start) / 1000
  const shown = `${Math.floor(seconds / 60)}m ${(seconds % 60).toFixed(2)}s`
  writeTo(container, proc, 2, `real\t${shown}\nuser\t0m 0.00s\nsys\t0m 0.00s\n`)
  return ended.code
}

interface XargsOptions {
  command: string[]
  perRun: number
  replace: string | undefined
  byLine: boolean
  zero: boolean
  skipEmpty: boolean
  /** The word that ends the input. */
  end: string | undefined
  /** Characters of a command line at most. */
  size: number
  /** Show each command before it runs. */
  traces: boolean
}

function xargsOptions(io: Io): XargsOptions {
  const args = [...io.args]
  const options: XargsOptions = {
    command: [],
    perRun: Infinity,
    replace: undefined,
    byLine: false,
    zero: false,
    skipEmpty: false,
    end: undefined,
    size: Infinity,
    traces: false,
  }
  while (/^-./.test(args[0] ?? '')) {
    const option = args.shift() ?? ''
    const value = (): string => (option.length > 2 ? option.slice(2) : (args.shift() ?? ''))
    if (option.startsWith('-n') || option.startsWith('-L')) options.perRun = Number(value()) || 1
    else if (option.startsWith('-I')) options.replace = value()
    else if (option.startsWith('-P')) value()
    else if (option.startsWith('-E')) options.end = value()
    else if (/^-t?s/.test(option)) {
      options.traces ||= option.startsWith('-t')
      options.size = Number(option.replace(/^-t?s/, '') || args.shift()) || Infinity
    } else if (option.startsWith('-e')) options.end = option.slice(2) || undefined
    else if (option === '-t') options.traces = true
    else if (option === '-0') options.zero = true
    else if (option === '-r') options.skipEmpty = true
  }
  options.byLine = options.replace !== undefined
  options.command = args.length === 0 ? ['echo'] : args
  if (options.replace !== undefined) options.perRun = 1
  return options
}

function xargs(io: Io): Result {
  const { proc } = io
  const options = xargsOptions(io)
  const text = readAll(io)
  if (text === undefined) return 'wait'
  const items = xargsItems(text, options)
  for (;;) {
    const at = Number(proc.memory['at'] ?? 0)
    const isFirst = at === 0 && items.length === 0 && !options.skipEmpty && !options.byLine
    if (at >= items.length && !isFirst) return Number(proc.memory['code'] ?? 0)
    const chunk = items.slice(at, at + fitting(items, at, options))
    const { replace } = options
    const argv =
      replace === undefined
        ? [...options.command, ...chunk]
        : options.command.map((word) => word.replaceAll(replace, chunk[0] ?? ''))
    if (options.traces && typeof proc.memory['child'] !== 'number') {
      writeTo(io.container, proc, 2, `${argv.join(' ')}\n`)
    }
    const ended = runChild(io, argv)
    if (typeof ended !== 'object') return ended
    proc.memory['at'] = at + Math.max(1, chunk.length)
    if (ended.code !== 0) proc.memory['code'] = 123
    if (isFirst) return Number(proc.memory['code'] ?? 0)
  }
}

// How many items from `at` on one command takes.
function fitting(items: readonly string[], at: number, options: XargsOptions): number {
  let size = options.command.reduce((sum, word) => sum + word.length + 1, 0)
  let count = 0
  while (count < options.perRun && at + count < items.length) {
    size += (items[at + count]?.length ?? 0) + 1
    if (size > options.size && count > 0) break
    count++
  }
  return count
}

function xargsItems(text: string, options: XargsOptions): string[] {
  if (options.zero) return text.split('\0').filter((item) => item !== '')
  if (options.byLine)
    return linesOf(text)
      .map((line) => line.trim())
      .filter((line) => line !== '')
  const words = text.match(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/gs) ?? []
  const plain = words.map((word) => word.replace(/"([^"]*)"|'([^']*)'|\\(.)/gs, '$1$2$3'))
  const end = options.end === undefined || options.end === '' ? -1 : plain.indexOf(options.end)
  return end < 0 ? plain : plain.slice(0, end)
}

function wrapper(skip: number): Tool {
  return {
    run: (io) => {
      const args = [...io.args]
      while (/^-./.test(args[0] ?? '')) {
        const option = args.shift() ?? ''
        if (/^-[niIoe]$/.test(option) && skip > 0) args.shift()
      }
      return args.length === 0 ? 0 : become(io, args)
    },
  }
}

export const runners: Record<string, Tool> = {
  env: { run: env },
  printenv: { run: printenv },
  timeout: { run: timeout },
  time: { run: time },
  xargs: { run: xargs },
  nohup: wrapper(0),
  setsid: wrapper(0),
  nice: wrapper(1),
  stdbuf: wrapper(1),
  ionice: wrapper(1),
  busybox: {
    run: (io) => (io.args.length > 0 ? become(io, io.args) : fail(io, 'no applet given', 127)),
  },
}
