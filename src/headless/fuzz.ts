// `npm run fuzz -- --seeds N [--from SEED]`: runs N seeds and prints, for the first that goes
// wrong, a session that does it again.
import { planOf } from './fuzz/plan.ts'
import { runPlan, shrink } from './fuzz/run.ts'
import { sessionOf } from './fuzz/session.ts'

const DEFAULT_SEEDS = 2_000

function main(argv: readonly string[]): number {
  const seeds = option(argv, '--seeds', DEFAULT_SEEDS)
  const from = option(argv, '--from', 1)
  const started = process.hrtime.bigint()
  let tasks = 0
  for (let seed = from; seed < from + seeds; seed++) {
    const result = runPlan(planOf(seed))
    tasks += result.tasks
    if (result.problems.length === 0) continue
    const small = shrink(planOf(seed))
    const { problems } = runPlan(small)
    console.error(`seed ${seed}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    console.log(JSON.stringify(sessionOf(small, problems[0] ?? `seed ${seed}`), undefined, 1))
    return 1
  }
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  console.log(`${seeds} seeds, ${tasks} tasks, ${seconds.toFixed(1)} s: nothing went wrong`)
  return 0
}

function option(argv: readonly string[], name: string, otherwise: number): number {
  const index = argv.indexOf(name)
  return index < 0 ? otherwise : Number(argv[index + 1])
}

process.exitCode = main(process.argv.slice(2))
