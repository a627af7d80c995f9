// Reading a timeline from foreign data: every index leads somewhere and time never goes back.
import { parseTime, simTimeOf, type SimTime } from '../base/time.ts'
import { PROGRAM_NAMES } from '../kubectl/programs/names.ts'
import { BRANCHES_MAX, inputsOf, type Branch } from './branches.ts'
import { Invalid, listAt, numberAt, recordAt, textAt } from './checks.ts'
import type { Input } from './inputs.ts'
import type { SessionStart } from './session.ts'
import type { Timeline } from './timeline.ts'

const INPUTS_MAX = 100_000
const ARGUMENTS_MAX = 10_000
const TEXT_MAX = 8_000_000
const NAME_MAX = 200
/** A moment later than this would take for ever to run to. */
const SPAN_MS_MAX = 100 * 366 * 24 * 3_600_000

/** Throws Invalid. */
export function readTimeline(value: unknown, session: SessionStart): Timeline {
  const timeline = recordAt(value, 'timeline')
  const start = parseTime(session.start)
  const branches = listAt(timeline['branches'], 'branches', BRANCHES_MAX + 1).map((branch, i) =>
    readBranch(branch, `branches[${i}]`, start),
  )
  checkTree(branches)
  const branch = numberAt(timeline['branch'], 'branch')
  if (!branches.some(({ id }) => id === branch)) throw new Invalid('branch is none of branches')
  for (const { id } of branches) checkOrder(inputsOf(branches, id), `branch ${id}`, start)
  const now = timeAt(timeline['now'], 'now', start)
  const inputs = inputsOf(branches, branch)
  const given = numberAt(timeline['given'], 'given', inputs.length)
  const last = inputs[given - 1]
  const next = inputs[given]
  if (last !== undefined && last.at > now) throw new Invalid('now is before what was given')
  if (next !== undefined && next.at < now) throw new Invalid('now is after what is to come')
  return { now, branch, given, branches }
}

function readBranch(value: unknown, path: string, start: SimTime): Branch {
  const branch = recordAt(value, path)
  const parent = branch['parent']
  const inputs = listAt(branch['inputs'], `${path}.inputs`, INPUTS_MAX)
  return {
    id: numberAt(branch['id'], `${path}.id`),
    name: textAt(branch['name'], `${path}.name`, NAME_MAX),
    // JSON has no undefined: the first branch says nothing.
    parent: parent === undefined ? undefined : numberAt(parent, `${path}.parent`),
    at: timeAt(branch['at'], `${path}.at`, start),
    from: numberAt(branch['from'], `${path}.from`),
    inputs: inputs.map((input, i) => readInput(input, `${path}.inputs[${i}]`, start)),
    reachedAt: timeAt(branch['reachedAt'], `${path}.reachedAt`, start),
  }
}

/** One branch is the first; every other leads back to it. */
function checkTree(branches: readonly Branch[]): void {
  if (branches.filter(({ parent }) => parent === undefined).length !== 1)
    throw new Invalid('branches has not exactly one without a parent')
  for (const [i, { id, parent, from }] of branches.entries()) {
    const path = `branches[${i}]`
    if (branches.some((other, j) => j !== i && other.id === id))
      throw new Invalid(`${path}.id is there twice`)
    if (parent === undefined && from !== 0) throw new Invalid(`${path}.from is not 0`)
    let above = parent
    for (let steps = 0; above !== undefined; steps++) {
      const next = branches.find((other) => other.id === above)
      if (next === undefined || steps > branches.length)
        throw new Invalid(`${path}.parent leads nowhere`)
      above = next.parent
    }
  }
  for (const [i, { parent, from }] of branches.entries())
    if (parent !== undefined && from > inputsOf(branches, parent).length)
      throw new Invalid(`branches[${i}].from is more than its parent has`)
}

/** What was given later stands later, and an interrupt follows the command it ends. */
export function checkOrder(inputs: readonly Input[], path: string, start: SimTime): void {
  let at = start
  for (const [i, input] of inputs.entries()) {
    if (input.at < at) throw new Invalid(`${path}: inputs[${i}].at is before the input before it`)
    at = input.at
    if (input.kind !== 'interrupt') continue
    if (input.run >= i || inputs[input.run]?.kind !== 'run')
      throw new Invalid(`${path}: inputs[${i}].run is no command before it`)
  }
}

/** Throws Invalid. */
function readInput(value: unknown, path: string, start: SimTime): Input {
  const input = recordAt(value, path)
  const at = timeAt(input['at'], `${path}.at`, start)
  switch (input['kind']) {
    case 'run':
      return readRun(input, path, at)
    case 'interrupt':
      return { kind: 'interrupt', at, run: numberAt(input['run'], `${path}.run`) }
    case 'file': {
      const name = textAt(input['path'], `${path}.path`, NAME_MAX * 10)
      const { text } = input
      if (text === undefined) return { kind: 'file', at, path: name, text }
      return { kind: 'file', at, path: name, text: textAt(text, `${path}.text`, TEXT_MAX) }
    }
    default:
      throw new Invalid(`${path}.kind is none of run, interrupt, file`)
  }
}

export function readRun(
  input: Readonly<Record<string, unknown>>,
  path: string,
  at: SimTime,
): Extract<Input, { kind: 'run' }> {
  const program = textAt(input['program'], `${path}.program`)
  if (!PROGRAM_NAMES.some((name) => name === program))
    throw new Invalid(`${path}.program is no program: ${program.slice(0, NAME_MAX)}`)
  const words = listAt(input['argv'], `${path}.argv`, ARGUMENTS_MAX)
  const argv = words.map((word, i) => textAt(word, `${path}.argv[${i}]`, TEXT_MAX))
  const line = textAt(input['line'], `${path}.line`, TEXT_MAX)
  const stdin = textAt(input['stdin'], `${path}.stdin`, TEXT_MAX)
  return { kind: 'run', at, program, argv, line, stdin }
}

export function timeAt(value: unknown, path: string, start: SimTime): SimTime {
  const at = numberAt(value, path)
  if (at < start) throw new Invalid(`${path} is before the session's start`)
  if (at - start > SPAN_MS_MAX) throw new Invalid(`${path} is too far from the session's start`)
  return simTimeOf(at)
}
