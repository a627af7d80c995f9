// The interpreter's loop: one instruction after the other until the shell waits, ends, or has used
// up its slice.

import type { Container, Proc } from '../kernel/types.ts'
import { exitProc } from '../kernel/procs.ts'
import type { Instruction } from './code.ts'
import { compileScript } from './compile.ts'
import {
  continueCapture,
  finishAwaited,
  startBackground,
  startCapture,
  startPipeline,
  startSubshell,
} from './children.ts'
import { BUILTINS } from './builtins/index.ts'
import { enterLoop, nextItem, unwindFunction } from './control.ts'
import { exitShell } from './exit.ts'
import { matchPattern } from './pattern.ts'
import { applyRedirects, restoreDescriptors } from './redirects.ts'
import { runCommand } from './run.ts'
import { complain, ShellFailure, type Shell } from './shell.ts'
import { checkDepth, isQuiet, type SavedDescriptor } from './state.ts'
import { readScript, startShell } from './start.ts'
import { evaluateTest } from './test-brackets.ts'
import { enterTrap, takeTrap } from './traps.ts'
import { redirectStatus } from './wording.ts'
import { arithmetic, runWordInstruction, takeString } from './words.ts'

/** Runs a shell proc until it cannot continue; `proc.block` then says what it waits for. */
export function runShell(container: Container, proc: Proc): void {
  const state = proc.shell ?? startShell(container, proc)
  const shell: Shell = { container, proc, state, builtins: BUILTINS }
  if (proc.memory['stdin'] !== undefined && !readScript(container, proc, state)) return
  while (proc.block.on === 'ready' && proc.shell === state && !proc.broken) {
    if (++proc.spent > proc.sliceEnd) return
    try {
      stepShell(shell)
    } catch (error) {
      if (!(error instanceof ShellFailure)) throw error
      failShell(shell, error)
    }
  }
}

// What ends a shell that is not interactive; its EXIT trap still runs.
function failShell(shell: Shell, error: ShellFailure): void {
  if (error.message !== '') complain(shell, error.message, error.command)
  exitShell(shell, shell.state.flavour === 'bash' ? bashStatus(error) : error.code)
}

// What bash exits with where ash has 2.
function bashStatus(error: ShellFailure): number {
  if (/: parameter (?:null or )?not set$/.test(error.message)) return 127
  return /: is read only$|divide by zero|arithmetic/.test(error.message) ? 1 : error.code
}

function stepShell(shell: Shell): void {
  const { state } = shell
  if (state.capture !== undefined && !continueCapture(shell, state.capture)) return
  if (state.awaited !== undefined && !finishAwaited(shell, state.awaited)) return
  const text = shell.container.sources[state.source] ?? ''
  const step = compileScript(text).code[state.pc]
  if (step === undefined) {
    exitShell(shell, state.status)
    return
  }
  if (shell.proc.pending.length > 0 && isBoundary(step)) {
    const action = takeTrap(shell)
    if (action !== undefined) {
      enterTrap(shell, action)
      return
    }
  }
  state.pc++
  if (!runWordInstruction(shell, step)) runInstruction(shell, step)
}

// Traps run between commands, never in the middle of one.
function isBoundary(step: Instruction): boolean {
  return step.op === 'begin' || step.op === 'end' || step.op === 'forNext' || step.op === 'loop'
}

function runInstruction(shell: Shell, step: Instruction): void {
  const { state } = shell
  switch (step.op) {
    case 'begin':
      state.fields = []
      state.assignments = []
      state.redirects = []
      state.captured = undefined
      if (step.line > 0) state.line = step.line
      return
    case 'assign':
      state.assignments.push([step.name, assigned(shell, step.name, step.append)])
      return
    case 'redirect':
      if (step.kind === '<<<' && state.flavour !== 'bash') {
        throw new ShellFailure('syntax error: unexpected redirection')
      }
      state.redirects.push({ fd: step.fd, kind: step.kind, target: takeString(shell) })
      return
    case 'run':
      runCommand(shell)
      return
    case 'test':
      state.status = evaluateTest(shell, step.operators)
      return
    case 'compute': {
      const text = takeString(shell)
      const value = text.trim() === '' ? String(step.empty) : arithmetic(shell, text)
      state.status = value === '0' ? 1 : 0
      return
    }
    case 'unlessBash':
      if (state.flavour !== 'bash') state.pc = step.to
      return
    case 'jump':
      state.pc = step.to
      return
    case 'jumpIf':
      if ((state.status === 0) === step.ok) state.pc = step.to
      return
    case 'match': {
      const pattern = takeString(shell)
      if (matchPattern(shell.proc, pattern, state.strings.at(-1) ?? '')) state.pc = step.to
      return
    }
    case 'endCase':
      takeString(shell)
      return
    case 'not':
      state.status = state.status === 0 ? 1 : 0
      return
    case 'status':
      state.status = step.code
      return
    case 'check':
      if (state.status !== 0 && state.options.includes('e') && !isQuiet(state)) {
        exitShell(shell, state.status)
      }
      return
    case 'fail': {
      const inner = state.control.at(-1)
      const isEval = inner?.type === 'source' && inner.params === undefined
      // ash counts the lines of the text around an `eval`.
      if (!isEval) state.line = step.line
      throw new ShellFailure(step.message, isEval ? 'eval' : undefined)
    }
    default:
      runControl(shell, step)
  }
}

// `x+=…` appends; assignments of one command see those before them.
function assigned(shell: Shell, name: string, append: boolean): string {
  const value = takeString(shell)
  if (!append) return value
  const { assignments, variables } = shell.state
  const before = assignments.findLast(([other]) => other === name)?.[1]
  const old = Object.hasOwn(variables, name) ? variables[name]?.value : undefined
  return (before ?? old ?? '') + value
}

function runControl(shell: Shell, step: Instruction): void {
  const { state } = shell
  checkDepth(state)
  switch (step.op) {
    case 'condition':
      state.control.push({ type: 'condition' })
      return
    case 'endCondition':
      state.control.pop()
      return
    case 'loop':
      enterLoop(shell, step.exit, step.next)
      return
    case 'for':
      nextItem(shell, { begin: step.name, positional: step.positional })
      return
    case 'forNext':
      if (!nextItem(shell)) state.pc = step.exit
      return
    case 'loopStatus': {
      const loop = state.control.at(-1)
      if (loop?.type === 'loop') loop.status = state.status
      return
    }
    case 'endLoop': {
      const loop = state.control.pop()
      state.status = loop?.type === 'loop' ? loop.status : 0
      return
    }
    case 'redirected':
      enterRedirected(shell)
      return
    case 'endRedirected': {
      const marker = state.control.pop()
      if (marker?.type === 'redirect') {
        restoreDescriptors(shell.container, shell.proc, marker.saved)
      }
      return
    }
    default:
      runForks(shell, step)
  }
}

function runForks(shell: Shell, step: Instruction): void {
  const { state } = shell
  switch (step.op) {
    case 'function':
      state.functions[step.name] = { source: state.source, pc: state.pc }
      state.pc = step.to
      return
    case 'return':
      unwindFunction(shell)
      return
    case 'subshell':
      startSubshell(shell, state.pc)
      state.pc = step.to
      return
    case 'background':
      startBackground(shell, state.pc)
      state.pc = step.to
      return
    case 'pipeline':
      startPipeline(shell, step.starts)
      state.pc = step.to
      return
    case 'capture':
      startCapture(shell, state.pc, step.quoted)
      state.pc = step.to
      return
    case 'end':
      endSource(shell)
  }
}

// The end of a script text: of a trap, of eval or `.`, or of the shell.
function endSource(shell: Shell): void {
  const { state } = shell
  const marker = state.control.pop()
  if (marker?.type === 'trap') {
    state.source = marker.source
    state.pc = marker.pc
    state.status = marker.status
  } else if (marker?.type === 'source') {
    restoreDescriptors(shell.container, shell.proc, marker.saved)
    state.source = marker.source
    state.pc = marker.pc
    if (marker.params !== undefined && marker.hasOwn) state.params = marker.params
  } else if (marker?.type === 'exit') exitProc(shell.container, shell.proc, marker.status & 255)
  else exitShell(shell, state.status)
}

function enterRedirected(shell: Shell): void {
  const { container, proc, state } = shell
  const saved: SavedDescriptor[] = []
  const problem = applyRedirects(container, proc, state.redirects, saved)
  if (problem === '') {
    state.control.push({ type: 'redirect', saved })
    return
  }
  restoreDescriptors(container, proc, saved)
  complain(shell, problem)
  state.status = redirectStatus(state.flavour)
  skipRedirected(shell)
}

// Continues behind the matching `endRedirected`.
function skipRedirected(shell: Shell): void {
  const { state } = shell
  const { code } = compileScript(shell.container.sources[state.source] ?? '')
  let level = 1
  while (level > 0 && state.pc < code.length) {
    const op = code[state.pc++]?.op
    if (op === 'redirected') level++
    if (op === 'endRedirected') level--
  }
}
