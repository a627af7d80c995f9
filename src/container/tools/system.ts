// Tools about the machine: who, where, how much; and the network that is not there.

import { findProgram, DEFAULT_PATH } from '../kernel/exec.ts'
import { deliverSignal, signalName } from '../kernel/signals.ts'
import { taskOf } from '../kernel/tasks.ts'
import { fail, failure, isGnu, out, warn, type Io, type Result, type Tool } from './io.ts'
import { formatDate } from './date-format.ts'

function print(text: (io: Io) => string): Tool {
  return {
    run: (io) => {
      out(io, text(io))
      return 0
    },
  }
}

function uname(io: Io): Result {
  const letters = io.args.join('').replace(/[^a-z]/g, '')
  const all = letters.includes('a')
  const parts: [string, string][] = [
    ['s', 'Linux'],
    ['n', io.machine.hostname],
    ['r', '6.1.0-28-amd64'],
    ['v', '#1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2024-11-22)'],
    ['m', 'x86_64'],
    ['o', 'GNU/Linux'],
  ]
  const wanted = letters === '' ? 's' : letters
  const shown = parts.filter(([letter]) => all || wanted.includes(letter)).map(([, text]) => text)
  out(io, `${shown.join(' ')}\n`)
  return 0
}

function id(io: Io): Result {
  const [option = ''] = io.args
  const isName = option.includes('n')
  if (option.startsWith('-') && /[ugG]/.test(option)) out(io, isName ? 'root\n' : '0\n')
  else out(io, 'uid=0(root) gid=0(root) groups=0(root)\n')
  return 0
}

function which(io: Io): Result {
  const { machine, task } = io
  for (const name of io.args.filter((arg) => arg !== '-a')) {
    const found = findProgram(machine, task.cwd, name, task.env['PATH'] ?? DEFAULT_PATH)
    if (typeof found === 'string') io.task.memory['failed'] = 1
    else out(io, `${found.path}\n`)
  }
  return failure(io)
}

function ps(io: Io): Result {
  const isShort = !io.args.some((arg) => /f|x|l/.test(arg)) || !isGnu(io)
  out(io, isShort ? 'PID   USER     TIME  COMMAND\n' : 'PID TTY      STAT   TIME COMMAND\n')
  for (const task of io.machine.tasks) {
    out(io, `${String(task.pid).padStart(5)} root      0:00 ${task.argv.join(' ')}\n`)
  }
  return 0
}

function top(io: Io): Result {
  const { tasks } = io.machine
  out(io, 'Mem: 1027224K used, 987432K free, 1432K shrd, 40216K buff, 512840K cached\n')
  out(io, 'CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq\n')
  out(io, `Load average: 0.08 0.03 0.01 1/${tasks.length + 100} ${io.task.pid}\n`)
  out(io, '  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND\n')
  for (const task of tasks) {
    const ids = `${String(task.pid).padStart(5)} ${String(task.parent).padStart(5)}`
    const state = task.wait.on === 'ready' || task.wait.on === 'nothing' ? 'R' : 'S'
    out(io, `${ids} root     ${state}     4404   0%   0   0% ${task.argv.join(' ')}\n`)
  }
  return 0
}

function free(io: Io): Result {
  const unit = io.args.includes('-m') ? 1024 : io.args.includes('-g') ? 1_048_576 : 1
  const row = (name: string, cells: number[]): string =>
    `${name.padEnd(10)}${cells.map((cell) => String(Math.floor(cell / unit)).padStart(12)).join('')}\n`
  const titles = ['total', 'used', 'free', 'shared', 'buff/cache', 'available']
  out(io, `${' '.repeat(10)}${titles.map((title) => title.padStart(12)).join('')}\n`)
  out(io, row('Mem:', [2_014_656, 474_168, 987_432, 1432, 553_056, 1_386_120]))
  out(io, row('Swap:', [0, 0, 0]))
  return 0
}

function df(io: Io): Result {
  out(io, 'Filesystem           1K-blocks      Used Available Use% Mounted on\n')
  out(io, 'overlay               61202244  14210928  43850004  24% /\n')
  out(io, 'tmpfs                    65536         0     65536   0% /dev\n')
  return 0
}

function uptime(io: Io): Result {
  const { machine } = io
  const minutes = Math.floor((machine.now - machine.bootedAt) / 60_000)
  const shown =
    minutes < 60
      ? `${minutes} min`
      : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
  out(
    io,
    ` ${formatDate('%H:%M:%S', machine.now)} up ${shown},  0 users,  load average: 0.08, 0.03, 0.01\n`,
  )
  return 0
}

function kill(io: Io): Result {
  const args = [...io.args]
  let signal = 'TERM'
  if (args[0] === '-s') {
    signal = args[1] ?? ''
    args.splice(0, 2)
  } else if (/^-./.test(args[0] ?? '')) signal = (args.shift() ?? '').slice(1)
  const name = signalName(signal)
  if (name === undefined) return fail(io, `bad signal name '${signal}'`)
  for (const arg of args) {
    const task = taskOf(io.machine, Number(arg))
    if (task !== undefined) {
      if (signal !== '0') deliverSignal(io.machine, task, name)
      continue
    }
    warn(io, `can't kill pid ${arg}: No such process`)
    io.task.memory['failed'] = 1
  }
  return failure(io)
}

// `pkill`, `killall`, `pgrep`, `pidof`: processes by the name of their program.
function byName(io: Io): Result {
  const signal = signalName(io.args.find((arg) => /^-\w+$/.test(arg))?.slice(1) ?? 'TERM') ?? 'TERM'
  const full = io.args.includes('-f')
  const names = io.args.filter((arg) => !arg.startsWith('-'))
  const found = io.machine.tasks.filter((task) => {
    const program = (task.argv[0] ?? '').replace(/^.*\//, '')
    const text = full ? task.argv.join(' ') : program
    return task !== io.task && names.some((name) => (full ? text.includes(name) : text === name))
  })
  if (found.length === 0 && io.name === 'killall')
    return fail(io, `${names[0] ?? ''}: no process killed`)
  if (io.name === 'pgrep') for (const task of found) out(io, `${task.pid}\n`)
  else if (io.name === 'pidof')
    out(io, found.length > 0 ? `${found.map((task) => task.pid).join(' ')}\n` : '')
  else for (const task of found) deliverSignal(io.machine, task, signal)
  return found.length > 0 ? 0 : 1
}

function hostOf(io: Io): string {
  const target = io.args.findLast((arg) => !arg.startsWith('-')) ?? ''
  return target.replace(/^[a-z]+:\/\//, '').replace(/[/:?].*$/s, '')
}

// The lab's containers have no network: names do not resolve.
function noNetwork(message: (host: string) => string, code: number): Tool {
  return {
    run: (io) => {
      const host = hostOf(io)
      if (host === '') return fail(io, 'missing host')
      return fail(io, message(host), code)
    },
  }
}

function nslookup(io: Io): Result {
  const host = hostOf(io)
  out(io, 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n')
  out(io, `** server can't find ${host}: NXDOMAIN\n\n`)
  return 1
}

export const system: Record<string, Tool> = {
  hostname: print((io) => `${io.machine.hostname}\n`),
  uname: { run: uname },
  nproc: print(() => '2\n'),
  arch: print(() => 'x86_64\n'),
  id: { run: id },
  whoami: print((io) => `${io.machine.user}\n`),
  groups: print(() => 'root\n'),
  tty: {
    run: (io) => {
      out(io, 'not a tty\n')
      return 1
    },
  },
  stty: { run: (io) => fail(io, 'standard input: Not a tty') },
  pwd: print((io) => `${io.task.cwd}\n`),
  which: { run: which },
  ps: { run: ps },
  top: { run: top },
  free: { run: free },
  df: { run: df },
  uptime: { run: uptime },
  kill: { run: kill },
  pkill: { run: byName },
  killall: { run: byName },
  pgrep: { run: byName },
  pidof: { run: byName },
  clear: { run: () => 0 },
  reset: { run: () => 0 },
  nslookup: { run: nslookup },
  wget: noNetwork((host) => `bad address '${host}'`, 1),
  ping: noNetwork((host) => `bad address '${host}'`, 1),
  nc: noNetwork((host) => `bad address '${host}'`, 1),
}
