// Tools about the container: who, where, how much; and the network that is not there.

import { findProgram, DEFAULT_PATH } from '../kernel/exec.ts'
import { deliverSignal, signalName } from '../kernel/signals.ts'
import { procOf } from '../kernel/procs.ts'
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
    ['n', io.container.hostname],
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

/** Numbers other than root's have no names. */
function id(io: Io): Result {
  const [option = ''] = io.args
  const { user, group } = io.container
  const isRoot = user === 'root'
  const groupName = group === 0 ? 'root' : String(group)
  const shown = (id: number | string, name: string): string =>
    name === String(id) ? `${id}` : `${id}(${name})`
  const uid = isRoot ? 0 : user
  if (option.startsWith('-') && /[gG]/.test(option))
    out(io, `${option.includes('n') ? groupName : group}\n`)
  else if (option.startsWith('-') && option.includes('u'))
    out(io, `${option.includes('n') ? user : uid}\n`)
  else {
    const own = shown(group, groupName)
    out(io, `uid=${shown(uid, user)} gid=${own} groups=${own}\n`)
  }
  return 0
}

function which(io: Io): Result {
  const { container, proc } = io
  for (const name of io.args.filter((arg) => arg !== '-a')) {
    const found = findProgram(container, proc.cwd, name, proc.env['PATH'] ?? DEFAULT_PATH)
    if (typeof found === 'string') io.proc.memory['failed'] = 1
    else out(io, `${found.path}\n`)
  }
  return failure(io)
}

function ps(io: Io): Result {
  const isShort = !io.args.some((arg) => /f|x|l/.test(arg)) || !isGnu(io)
  out(io, isShort ? 'PID   USER     TIME  COMMAND\n' : 'PID TTY      STAT   TIME COMMAND\n')
  for (const proc of io.container.procs) {
    out(io, `${String(proc.pid).padStart(5)} root      0:00 ${proc.argv.join(' ')}\n`)
  }
  return 0
}

function top(io: Io): Result {
  const { procs } = io.container
  out(io, 'Mem: 1027224K used, 987432K free, 1432K shrd, 40216K buff, 512840K cached\n')
  out(io, 'CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq\n')
  out(io, `Load average: 0.08 0.03 0.01 1/${procs.length + 100} ${io.proc.pid}\n`)
  out(io, '  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND\n')
  for (const proc of procs) {
    const ids = `${String(proc.pid).padStart(5)} ${String(proc.parent).padStart(5)}`
    const state = proc.block.on === 'ready' || proc.block.on === 'nothing' ? 'R' : 'S'
    out(io, `${ids} root     ${state}     4404   0%   0   0% ${proc.argv.join(' ')}\n`)
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
  const { container } = io
  const minutes = Math.floor((container.now - container.bootedAt) / 60_000)
  const shown =
    minutes < 60
      ? `${minutes} min`
      : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
  out(
    io,
    ` ${formatDate('%H:%M:%S', container.now)} up ${shown},  0 users,  load average: 0.08, 0.03, 0.01\n`,
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
    const proc = procOf(io.container, Number(arg))
    if (proc !== undefined) {
      if (signal !== '0') deliverSignal(io.container, proc, name)
      continue
    }
    warn(io, `can't kill pid ${arg}: No such process`)
    io.proc.memory['failed'] = 1
  }
  return failure(io)
}

// `pkill`, `killall`, `pgrep`, `pidof`: processes by the name of their program.
function byName(io: Io): Result {
  const signal = signalName(io.args.find((arg) => /^-\w+$/.test(arg))?.slice(1) ?? 'TERM') ?? 'TERM'
  const full = io.args.includes('-f')
  const names = io.args.filter((arg) => !arg.startsWith('-'))
  const found = io.container.procs.filter((proc) => {
    const program = (proc.argv[0] ?? '').replace(/^.*\//, '')
    const text = full ? proc.argv.join(' ') : program
    return proc !== io.proc && names.some((name) => (full ? text.includes(name) : text === name))
  })
  if (found.length === 0 && io.name === 'killall')
    return fail(io, `${names[0] ?? ''}: no process killed`)
  if (io.name === 'pgrep') for (const proc of found) out(io, `${proc.pid}\n`)
  else if (io.name === 'pidof')
    out(io, found.length > 0 ? `${found.map((proc) => proc.pid).join(' ')}\n` : '')
  else for (const proc of found) deliverSignal(io.container, proc, signal)
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
  hostname: print((io) => {
    const [first = '', ...domain] = io.container.hostname.split('.')
    if (io.args[0] === '-d') return `${domain.join('.')}\n`
    return `${io.args[0] === '-s' ? first : io.container.hostname}\n`
  }),
  hostid: print(() => '007f0100\n'),
  uname: { run: uname },
  nproc: print(() => '2\n'),
  arch: print(() => 'x86_64\n'),
  id: { run: id },
  whoami: print((io) => `${io.container.user}\n`),
  groups: print(() => 'root\n'),
  tty: {
    run: (io) => {
      out(io, 'not a tty\n')
      return 1
    },
  },
  stty: { run: (io) => fail(io, 'standard input: Not a tty') },
  pwd: print((io) => `${io.proc.cwd}\n`),
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
