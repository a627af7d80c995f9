// `sed`: its command line, and lines fed to its cycles.

import { fileAt, writeFile } from '../kernel/files.ts'
import {
  fail,
  failure,
  fileText,
  isGnu,
  isSpent,
  linesOf,
  nextLine,
  out,
  pathOf,
  recall,
  type Io,
  type Result,
  type Tool,
} from './io.ts'
import { parseOptions } from './options.ts'
import { runCycle, type Cycle, type SedState } from './sed-cycle.ts'
import { parseSed, SedError, type SedCommand } from './sed-script.ts'

interface Script {
  commands: SedCommand[]
  /** `-n`: print only what is asked for. */
  quiet: boolean
}

function sed(io: Io): Result {
  if (io.args[0] === '--version') {
    out(io, isGnu(io) ? 'sed (GNU sed) 4.9\n' : 'This is not GNU sed version 4.0\n')
    return 0
  }
  // The suffix of `-i.bak` is not kept: there is no need for backups here.
  const args = io.args.map((arg) => (/^-i./.test(arg) ? '-i' : arg))
  const long = { quiet: 'n', 'regexp-extended': 'E', 'in-place': 'i' }
  const options = parseOptions({ ...io, args }, 'nErsuzi', 'ef', long)
  if (options === undefined) return 1
  const { flags, values, rest } = options
  const scripts = options.lists['e'] ?? []
  if (values['f'] !== undefined) scripts.push(fileText(io, values['f']) ?? '')
  if (scripts.length === 0) {
    const script = rest.shift()
    if (script === undefined) return fail(io, 'no script given')
    scripts.push(script)
  }
  if (flags.has('i') && rest.length === 0) return fail(io, 'no input files')
  try {
    const commands = parseSed(scripts.join('\n'), flags.has('E') || flags.has('r'))
    const script = { commands, quiet: flags.has('n') }
    return flags.has('i') ? editFiles(io, rest, script) : editStream(io, rest, script)
  } catch (error) {
    if (error instanceof SedError) return fail(io, error.message)
    throw error
  }
}

function freshState({ commands }: Script): SedState {
  return {
    hold: '',
    number: 0,
    ranges: commands.map(() => 0),
    queue: [],
    atEnd: false,
    wanted: 2,
    open: [],
    written: [],
  }
}

/** Reads ahead as many lines as the next cycle may need; false if they are not there yet. */
function fill(
  state: SedState,
  next: () => { text: string; ended: boolean } | 'end' | 'wait',
): boolean {
  while (!state.atEnd && state.queue.length < state.wanted) {
    const line = next()
    if (line === 'wait') return false
    if (line === 'end') state.atEnd = true
    else {
      state.queue.push(line.ended ? `${line.text}\n` : line.text)
    }
  }
  return true
}

function editStream(io: Io, files: string[], script: Script): Result {
  let state = recall(io, 'sed', () => freshState(script))
  for (;;) {
    if (!fill(state, () => nextLine(io, files))) return 'wait'
    if (state.queue.length === 0) return failure(io)
    const cycle = runCycle(io, script.commands, script.quiet, state)
    if (cycle === undefined) {
      state.wanted++
      continue
    }
    state = { ...cycle.state, wanted: 2 }
    io.proc.memory['sed'] = state
    out(io, cycle.output)
    writeFiles(io, cycle)
    if (cycle.exit !== undefined) return cycle.exit
    if (isSpent(io, 10)) return 'wait'
  }
}

// What `w` writes; the first write of a run begins the file again.
function writeFiles(io: Io, { writes, state }: Cycle): void {
  for (const { name, text } of writes) {
    const path = pathOf(io, name)
    const before = state.written.includes(name) ? (fileAt(io.container, path)?.text ?? '') : ''
    if (!state.written.includes(name)) state.written.push(name)
    writeFile(io.container, path, before + text)
  }
}

function editFiles(io: Io, files: string[], script: Script): Result {
  for (const name of files) {
    const text = fileText(io, name)
    if (text === undefined) return 1
    const lines = linesOf(text)
    let index = 0
    const next = (): { text: string; ended: boolean } | 'end' => {
      const line = lines[index++]
      const ended = index < lines.length || text.endsWith('\n')
      return line === undefined ? 'end' : { text: line, ended }
    }
    let state = freshState(script)
    let output = ''
    while (!isSpent(io, 10) && fill(state, next) && state.queue.length > 0) {
      const cycle = runCycle(io, script.commands, script.quiet, state)
      if (cycle === undefined) {
        state.wanted++
        continue
      }
      output += cycle.output
      writeFiles(io, cycle)
      state = { ...cycle.state, wanted: 2 }
      if (cycle.exit === undefined) continue
      output +=
        state.queue.join('') +
        lines
          .slice(index)
          .map((line) => `${line}\n`)
          .join('')
      break
    }
    writeFile(io.container, pathOf(io, name), output)
  }
  return 0
}

export const sedTools: Record<string, Tool> = { sed: { run: sed } }
