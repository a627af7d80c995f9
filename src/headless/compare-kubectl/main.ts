// `npm run compare:kubectl -- [SESSION…]`: runs each step of sessions on two equal clusters, by the
// lab's own kubectl and by a real one, and prints the steps that differ. `--fuzz N --seed S` makes
// N random steps; `--record FOLDER` keeps what the real client printed, for tests without it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ownCluster, realCluster, type Session, type Step } from './clusters.ts'
import { fuzzSessions } from './fuzz.ts'
import { isSame, type Printed } from './normalize.ts'
import { findKubectl } from './real-kubectl.ts'

interface Options {
  files: string[]
  values: Map<string, string>
  verbose: boolean
}

/** Sessions under way at once: a client waits more than it computes. */
const AT_ONCE = 2
const SHOWN_MAX = 600

function optionsOf(words: readonly string[]): Options {
  const options: Options = { files: [], values: new Map(), verbose: true }
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!
    if (word === '--quiet') options.verbose = false
    else if (/^--(fuzz|seed|record|json|min|kubectl)$/.test(word))
      options.values.set(word.slice(2), words[++index] ?? '')
    else if (word.startsWith('--')) throw new Error(`unknown flag: ${word}`)
    else options.files.push(word)
  }
  return options
}

interface Difference {
  file: string
  index: number
  run: string
  ours: Printed
  real: Printed
}

interface Result {
  file: string
  compared: number
  differences: Difference[]
  recorded: (Step & Partial<Printed>)[]
}

/** Runs one session by both clients. */
async function compare(
  file: string,
  session: Session,
  start: string,
  kubectl: string,
): Promise<Result> {
  const own = ownCluster(session, start)
  const real = await realCluster(session, start, kubectl)
  const result: Result = { file, compared: 0, differences: [], recorded: [] }
  try {
    for (const [index, step] of session.steps.entries()) {
      await Promise.all([own.advanceTo(step.at), real.advanceTo(step.at)])
      const files = index === 0 ? (session.files ?? {}) : {}
      const ours = await own.run(step, files)
      // The lab's own switches are thrown on both clusters by the lab.
      const isOwn = /^lab\b/.test(step.run)
      const theirs = isOwn ? await real.runOwn(step, files) : await real.run(step, files)
      result.recorded.push(step.setup || isOwn ? step : { ...step, ...theirs })
      if (step.setup || isOwn) continue
      result.compared++
      if (!isSame(ours, theirs))
        result.differences.push({ file, index, run: step.run, ours, real: theirs })
    }
  } finally {
    real.close()
  }
  return result
}

function show({ file, index, run, ours, real }: Difference): string {
  const side = ({ exit, stdout, stderr }: Printed): string =>
    `${exit} ${JSON.stringify(stdout.slice(0, SHOWN_MAX))}` +
    (stderr === '' ? '' : ` ERR ${JSON.stringify(stderr.slice(0, SHOWN_MAX))}`)
  return `${file} ${index}: ${run}\n  ours ${side(ours)}\n  real ${side(real)}\n`
}

async function main({ files, values, verbose }: Options): Promise<void> {
  const kubectl = values.get('kubectl') ?? findKubectl()
  const fuzz = Number(values.get('fuzz') ?? 0)
  const named = files.map((file) => {
    const session = JSON.parse(readFileSync(file, 'utf8')) as Session
    return [basename(file, '.json'), session] as const
  })
  const todo = [...named, ...fuzzSessions(fuzz, Number(values.get('seed') ?? 1))]
  const results: Result[] = []
  const worker = async (): Promise<void> => {
    for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
      const [file, session] = next
      const start = new Date(Math.floor(Date.now() / 1000) * 1000).toISOString().replace('.000', '')
      const result = await compare(file, session, start, kubectl)
      results.push(result)
      const same = result.compared - result.differences.length
      console.log(`${file}: ${same} of ${result.compared}`)
      if (verbose) for (const difference of result.differences) console.log(show(difference))
      const folder = values.get('record')
      if (folder !== undefined) record(folder, file, { ...session, start }, result)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  const differences = results.flatMap((result) => result.differences)
  const compared = results.reduce((sum, result) => sum + result.compared, 0)
  const same = compared - differences.length
  const percent = compared === 0 ? 100 : (100 * same) / compared
  console.log(
    `${same} of ${compared} steps print what the real client prints (${percent.toFixed(1)} %)`,
  )
  const json = values.get('json')
  if (json !== undefined) writeFileSync(json, JSON.stringify(differences, undefined, 1))
  process.exitCode = percent >= Number(values.get('min') ?? 0) ? 0 : 1
}

function record(folder: string, file: string, session: Session, { recorded }: Result): void {
  mkdirSync(folder, { recursive: true })
  const text = JSON.stringify({ ...session, steps: recorded })
    // Folders of this machine are nobody's business.
    .replace(/\/tmp\/rc-\w+/g, '/tmp/rc-0')
  writeFileSync(join(folder, `${file}.json`), `${text}\n`)
}

await main(optionsOf(process.argv.slice(2)))
