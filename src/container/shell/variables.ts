// Variables and the special parameters.

import { randomInt } from '../../base/rng.ts'
import { VALUE_BYTES_MAX } from '../kernel/limits.ts'
import { ashLine, ShellFailure, type Shell } from './shell.ts'

/** The value of a variable or special parameter; undefined if it is unset. */
export function lookup(shell: Shell, name: string): string | undefined {
  const { state } = shell
  if (/^\d+$/.test(name)) return name === '0' ? state.name : state.params[Number(name) - 1]
  switch (name) {
    case '#':
      return String(state.params.length)
    case '?':
      return String(state.status)
    case '$':
      return String(state.mainPid)
    case '!':
      return state.lastBackground === undefined ? undefined : String(state.lastBackground)
    case '-':
      return state.options.filter((option) => option.length === 1).join('')
    case '@':
    case '*':
      return state.params.length === 0 ? undefined : state.params.join(separator(shell))
    case 'RANDOM':
      return isSet(shell, name) ? state.variables[name]?.value : random(shell)
    case 'LINENO':
      return String(state.flavour === 'ash' ? ashLine(state) : state.line)
    case 'FUNCNAME': {
      const inner = state.control.findLast((marker) => marker.type === 'function')
      if (inner?.type === 'function') return inner.name
      break
    }
    case 'PPID':
      return String(shell.proc.parent)
    case 'SECONDS':
      if (state.flavour !== 'bash' || isSet(shell, name)) break
      return String(Math.floor((shell.container.now - shell.proc.startedAt) / 1000))
  }
  return isSet(shell, name) ? state.variables[name]?.value : undefined
}

function isSet(shell: Shell, name: string): boolean {
  return Object.hasOwn(shell.state.variables, name)
}

function random(shell: Shell): string {
  return String(randomInt(shell.container.rng, 32_768))
}

function separator(shell: Shell): string {
  return (valueOf(shell, 'IFS') ?? ' ').slice(0, 1)
}

/** A plain variable's value. */
export function valueOf(shell: Shell, name: string): string | undefined {
  return isSet(shell, name) ? shell.state.variables[name]?.value : undefined
}

/** The value of a parameter that must be set under `set -u`. */
export function require(shell: Shell, name: string): string {
  const value = lookup(shell, name)
  if (value === undefined && shell.state.options.includes('u') && !'@*'.includes(name)) {
    throw new ShellFailure(`${name}: parameter not set`)
  }
  return value ?? ''
}

/** Sets a variable, keeping its export mark. Read-only ones end the shell, as in ash. */
export function assign(shell: Shell, name: string, value: string, exported?: boolean): void {
  const old = isSet(shell, name) ? shell.state.variables[name] : undefined
  if (old?.readOnly === true) throw new ShellFailure(`${name}: is read only`)
  if (value.length > VALUE_BYTES_MAX) throw new ShellFailure('out of memory')
  if (name === '__proto__') return
  const isExported = exported ?? old?.exported ?? shell.state.options.includes('a')
  shell.state.variables[name] = { value, exported: isExported, readOnly: false }
}

export function unset(shell: Shell, name: string): void {
  if (valueOf(shell, name) !== undefined && shell.state.variables[name]?.readOnly === true) {
    throw new ShellFailure(`${name}: is read only`, 'unset')
  }
  delete shell.state.variables[name]
}

/** The environment of a child: exported variables and those set for the command alone. */
export function environment(
  shell: Shell,
  extra: readonly [string, string][],
): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [name, variable] of Object.entries(shell.state.variables)) {
    if (variable.exported) env[name] = variable.value
  }
  for (const [name, value] of extra) env[name] = value
  return env
}

export function isName(text: string): boolean {
  return /^[A-Za-z_]\w*$/.test(text)
}
