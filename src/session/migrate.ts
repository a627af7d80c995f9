// Inputs as links and saved sessions had them before there was one timeline: each command with the
// files it saw and, if it was interrupted, when. They become commands, interrupts and file edits.
import { parseTime } from '../base/time.ts'
import { recordAt } from './checks.ts'
import { editsBetween, filesAfter, type Input } from './inputs.ts'
import { readFiles } from './read-session.ts'
import { checkOrder, readRun, timeAt } from './read-timeline.ts'
import type { SessionStart } from './session.ts'
import type { Timeline } from './timeline.ts'

/** What the old form said; `path` is where its inputs stood. */
interface OldInputs {
  inputs: readonly unknown[]
  now: number
  session: SessionStart
  path: string
}

/** The same as a timeline of one branch. Throws Invalid. */
export function migratedInputs({ inputs: old, now, session, path }: OldInputs): Timeline {
  const start = parseTime(session.start)
  const inputs: Input[] = []
  let pending: Extract<Input, { kind: 'interrupt' }>[] = []
  const interruptUntil = (at: number): void => {
    inputs.push(...pending.filter((input) => input.at <= at).sort((a, b) => a.at - b.at))
    pending = pending.filter((input) => input.at > at)
  }
  for (const [i, value] of old.entries()) {
    const where = `${path}[${i}]`
    const fields = recordAt(value, where)
    const at = timeAt(fields['at'], `${where}.at`, start)
    interruptUntil(at)
    const files = readFiles(fields['files'], `${where}.files`)
    inputs.push(...editsBetween(filesAfter(session.files, inputs), files, at))
    inputs.push(readRun(fields, where, at))
    const { interruptedAt } = fields
    if (interruptedAt === undefined) continue
    const ended = timeAt(interruptedAt, `${where}.interruptedAt`, start)
    pending.push({ kind: 'interrupt', at: ended, run: inputs.length - 1 })
  }
  const opened = timeAt(now, 'now', start)
  interruptUntil(opened)
  checkOrder(inputs, path, start)
  const given = inputs.filter(({ at }) => at <= opened).length
  const first = { id: 1, name: '', parent: undefined, at: start, from: 0 }
  return { now: opened, branch: 1, given, branches: [{ ...first, inputs, reachedAt: opened }] }
}
