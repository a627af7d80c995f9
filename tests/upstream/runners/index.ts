// Which runner a row is for, seen by its form, and what the row expects that the simulation does
// not do. Tables of one form may lie in any folder.
import { isDeepStrictEqual } from 'node:util'
import { expand } from '../../../src/sim/actors/kubelet/environment.ts'
import type { Json, Problems } from '../json.ts'
import { CRONJOB_RUNS } from './cronjob.ts'
import { DAEMONSET_RUNS } from './daemonset.ts'
import { GARBAGE_RUNS } from './garbage.ts'
import { restartCount } from './job-objects.ts'
import { JOB_PART_RUNS } from './job-parts.ts'
import { JOB_RUNS } from './job.ts'
import { actions, condition, environment, phase, podStatus, pull, restart } from './kubelet.ts'
import { NODE_RUNS } from './nodes.ts'
import { cells, describe, reference, validateIndexes, validation } from './objects.ts'
import { SCHEDULING_RUNS } from './scheduling.ts'

const LOOP_RUNS = { ...CRONJOB_RUNS, ...GARBAGE_RUNS }
const MACHINE_RUNS = { ...DAEMONSET_RUNS, ...NODE_RUNS, ...SCHEDULING_RUNS }
const ALL_JOB_RUNS = { ...JOB_RUNS, ...JOB_PART_RUNS }

/** One of upstream's test tables as data; `run` is the form of all its rows. */
export interface Table {
  readonly test: string
  readonly run?: string
  readonly cases: readonly Json[]
}

/** What is wrong with a row of this table; empty when it holds. */
export function problemsOf({ run }: Table, row: Json): Problems {
  try {
    if (run !== undefined) return loopProblems(LOOP_RUNS[run]!(row), row.expect)
    if (row.kind !== undefined) return jobProblems(row)
    if (row.given.mode !== undefined) return machineProblems(row)
    const problem = objectProblem(row)
    return problem === undefined ? [] : [problem]
  } catch (error) {
    return [`threw ${(error as Error).stack?.split('\n').slice(0, 4).join(' < ')}`]
  }
}

/** Names in any order; a field of `expect` that nobody compares is an error. */
function loopProblems(facts: Json, expect: Json): Problems {
  if (Object.keys(expect).length === 0) return ['nothing is expected']
  return Object.entries(expect).flatMap(([field, want]) => {
    if (!(field in facts)) return [`nobody compares ${field}`]
    const plain = (value: Json): Json =>
      ['deleted', 'patched'].includes(field) ? [...value].sort() : (value ?? null)
    const got = plain(facts[field])
    return isDeepStrictEqual(got, plain(want))
      ? []
      : [`${field}: expected ${JSON.stringify(want)}, got ${JSON.stringify(got)}`]
  })
}

function jobProblems(row: Json): Problems {
  restartCount()
  const got = ALL_JOB_RUNS[row.kind]!(row.given, row.expect)
  const fields = [...new Set([...Object.keys(row.expect), ...Object.keys(got)])]
  return fields.flatMap((field) => {
    const [want, have] = [stable(row.expect[field]), stable(got[field])]
    return want === have ? [] : [`${field}: expected ${want}, got ${have}`]
  })
}

/** JSON with the keys of objects in order. */
function stable(value: Json): string {
  return JSON.stringify(value, (_, part: Json) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

function machineProblems({ given, expect }: Json): Problems {
  return (given.strategies ?? [undefined]).flatMap((strategy: string | undefined) =>
    MACHINE_RUNS[given.mode]!(given, expect, strategy).map((problem) =>
      strategy === undefined ? problem : `[${strategy}] ${problem}`,
    ),
  )
}

function objectProblem(row: Json): string | undefined {
  const { given, expect } = row
  if (given.expand !== undefined) return differs(expect.text, expand(given.expand, given.env))
  if (given.chain !== undefined) {
    const env: Record<string, string> = {}
    for (const [name, value] of given.chain) env[name] = expand(value, env)
    return differs(expect.env, env)
  }
  if (given.reference !== undefined) return reference(row)
  if (given.pull) return pull(row)
  if (given.actions) return actions(row)
  if (given.ended || given.restart) return restart(row)
  if (given.env && given.namespace) return environment(row)
  if (given.describe) return describe(row)
  if (expect.cells) return cells(row)
  if (given.kind) return validation(row)
  if (given.indexes !== undefined) return validateIndexes(row)
  if (expect.condition) return condition(row)
  if (given.previous) return podStatus(row)
  return given.spec ? phase(row) : 'no such form of row'
}

function differs(want: Json, got: Json): string | undefined {
  const [a, b] = [JSON.stringify(want), JSON.stringify(got)]
  return a === b ? undefined : `expected ${a}, got ${b}`
}
