// Builtins about other procs: wait, kill, jobs.

import { deliverSignal, signalName, SIGNALS } from '../../kernel/signals.ts'
import { isAlive, takeEnd, procOf } from '../../kernel/procs.ts'
import { complainAs, put, ShellFailure, type Shell } from '../shell.ts'
import type { Builtin, BuiltinResult } from './builtin.ts'

// A trapped signal ends the wait at once; its trap runs right after.
function wait(shell: Shell, args: string[]): BuiltinResult {
  const { container, proc, state } = shell
  const interrupted = state.interrupted
  state.interrupted = undefined
  if (interrupted !== undefined) return 128 + (SIGNALS[interrupted] ?? 0)
  const pids = args.length === 0 ? state.jobs : args.map((arg) => jobPid(shell, arg))
  if (pids.some((pid) => isAlive(container, pid))) {
    proc.block = { on: 'child', pids: [...pids] }
    return 'again'
  }
  let status = 0
  for (const pid of pids) {
    const isKnown = state.jobs.includes(pid) && proc.ended[pid] !== undefined
    const end = takeEnd(proc, pid)
    status = isKnown ? end.code : 127
    if (end.signalled && args.length > 0 && state.flavour !== 'bash')
      put(shell, 2, `${end.code === 137 ? 'Killed' : 'Terminated'}\n`)
  }
  state.jobs = state.jobs.filter((pid) => !pids.includes(pid))
  return args.length === 0 ? 0 : status
}

function jobPid(shell: Shell, text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const job = /^%(\d+|%|\+)?$/.exec(text)
  if (job === null) throw new ShellFailure(`Illegal number: ${text}`, 'wait')
  const { jobs } = shell.state
  return jobs[/^\d+$/.test(job[1] ?? '') ? Number(job[1]) - 1 : jobs.length - 1] ?? -1
}

function kill(shell: Shell, args: string[]): BuiltinResult {
  const { container } = shell
  let signal = 'TERM'
  const targets = [...args]
  const option = targets[0] ?? ''
  if (option === '-l') return listSignals(shell, targets.slice(1))
  if (option === '-s' || option === '-n') {
    signal = targets[1] ?? ''
    targets.splice(0, 2)
  } else if (/^-./.test(option) && option !== '--' && targets.length > 1) {
    signal = option.slice(1)
    targets.shift()
  }
  if (targets[0] === '--') targets.shift()
  const isProbe = signal === '0'
  const name = signalName(signal)
  if (name === undefined) {
    complainAs(shell, 'kill', `bad signal name '${signal}'`)
    return 1
  }
  if (targets.length === 0) {
    complainAs(shell, 'kill', 'you need to specify whom to kill')
    return 1
  }
  let status = 0
  for (const target of targets) {
    const pid = target.startsWith('%') ? jobPid(shell, target) : Number(target)
    if (!Number.isInteger(pid)) {
      complainAs(shell, 'kill', `invalid number '${target}'`)
      status = 1
      continue
    }
    const found = pid > 0 ? procOf(container, pid) : undefined
    if (pid <= 0) {
      for (const proc of container.procs.filter((other) => other.pid !== 1)) {
        if (!isProbe && proc !== shell.proc) deliverSignal(container, proc, name)
      }
    } else if (found === undefined) {
      complainAs(shell, 'kill', `can't kill pid ${target}: No such process`)
      status = 1
    } else if (!isProbe) deliverSignal(container, found, name)
  }
  return status
}

function listSignals(shell: Shell, args: string[]): BuiltinResult {
  for (const arg of args) {
    const number = Number(arg) > 128 ? Number(arg) - 128 : Number(arg)
    const name = signalName(String(Number.isNaN(number) ? arg : number)) ?? arg
    put(shell, 1, `${Number.isNaN(number) ? (SIGNALS[name] ?? arg) : name}\n`)
  }
  if (args.length > 0) return 0
  for (const [name, number] of Object.entries(SIGNALS)) {
    put(shell, 1, `${String(number).padStart(2)}) ${name}\n`)
  }
  return 0
}

function jobs(shell: Shell): BuiltinResult {
  const { container, state } = shell
  for (const [index, pid] of state.jobs.entries()) {
    const proc = procOf(container, pid)
    if (proc === undefined) continue
    const current = index === state.jobs.length - 1 ? '+' : '-'
    put(shell, 1, `[${index + 1}]${current}  Running                    ${proc.argv.join(' ')}\n`)
  }
  return 0
}

export const background: Record<string, Builtin> = { wait, kill, jobs, bg: () => 0, fg: () => 0 }
