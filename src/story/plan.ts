// A chapter's plan.yaml and solution.sh: the cluster and files it starts from, its goals, and the
// commands that reach them. Read strictly: bad content throws ContentError and so fails the build.
import { plainProgram } from '../kubectl/programs/words.ts'
import type { ClusterConfig } from '../sim/cluster.ts'
import type { Check, Goal } from './goals.ts'
import { ContentError, readYaml, type YamlSource } from './source.ts'

/** A command of a solution, and how much virtual time passes before it. */
export interface SolutionStep {
  afterMs: number
  run: string
}

export interface ChapterPlan {
  slug: string
  /** RFC 3339. */
  start: string
  seed: number
  cluster: Partial<ClusterConfig>
  files: Readonly<Record<string, string>>
  /** The files as the solution has them; only those that differ. */
  solutionFiles: Readonly<Record<string, string>>
  /** Commands run before the learner begins. */
  prepare: readonly SolutionStep[]
  goals: readonly Goal[]
  solution: readonly SolutionStep[]
}

/** The texts of a chapter folder. */
interface PlanSources {
  plan: string
  solution: string
  files: Readonly<Record<string, string>>
  solutionFiles: Readonly<Record<string, string>>
  /** Manifests that several chapters use, by file name; a plan asks for them by `files`. */
  manifests: Readonly<Record<string, string>>
}

const KEYS = ['start', 'seed', 'cluster', 'files', 'prepare', 'goals']

type CheckName = Check extends infer One ? (One extends unknown ? keyof One : never) : never

/** Every check there is: a misspelt one is refused when the chapter is read. */
const CHECKS: Readonly<Record<CheckName, true>> = {
  exists: true,
  absent: true,
  condition: true,
  count: true,
  field: true,
  logSays: true,
  event: true,
  firing: true,
  ran: true,
  all: true,
  any: true,
}

/** Reads the texts of a chapter. Throws ContentError, which names the file and the line. */
export function parsePlan(slug: string, sources: PlanSources): ChapterPlan {
  const source = readYaml(`${slug}/plan.yaml`, sources.plan)
  const { refuse } = source
  const value = (source.value ?? {}) as Record<string, unknown>
  for (const key of Object.keys(value)) if (!KEYS.includes(key)) refuse([key], `unknown key ${key}`)
  const { start, seed, cluster, prepare } = value
  if (typeof start !== 'string') return refuse(['start'], 'start must be an RFC 3339 time')
  return {
    slug,
    start,
    seed: typeof seed === 'number' ? seed : 1,
    cluster: (cluster ?? {}) as Partial<ClusterConfig>,
    files: { ...sharedFiles(source, sources.manifests), ...sources.files },
    solutionFiles: sources.solutionFiles,
    prepare: parseSolution(String(prepare ?? ''), (_, why) => refuse(['prepare'], why)),
    goals: parseGoals(source),
    solution: parseSolution(sources.solution, (line, why) => {
      throw new ContentError(`${slug}/solution.sh`, line, why)
    }),
  }
}

function sharedFiles(
  { value, refuse }: YamlSource,
  manifests: PlanSources['manifests'],
): Record<string, string> {
  const files: Record<string, string> = {}
  const names = ((value ?? {}) as { files?: readonly string[] }).files ?? []
  for (const [index, name] of names.entries())
    files[name] = manifests[name] ?? refuse(['files', index], `no manifest ${name}`)
  return files
}

function parseGoals({ value, refuse }: YamlSource): readonly Goal[] {
  const { goals } = (value ?? {}) as { goals?: readonly Partial<Goal>[] }
  if (!Array.isArray(goals) || goals.length === 0) return refuse(['goals'], 'goals are missing')
  for (const [index, goal] of goals.entries()) {
    if (!goal.text || !goal.hint || !goal.check)
      refuse(['goals', index], 'a goal needs text, hint and check')
    const why = problemOf(goal.check)
    if (why !== undefined) refuse(['goals', index, 'check'], why)
  }
  return goals as Goal[]
}

/** What is wrong with a check, inner ones included. */
function problemOf(check: Readonly<Record<string, unknown>>): string | undefined {
  const [[name, wanted] = ['', undefined], ...more] = Object.entries(check)
  if (more.length > 0) return 'a check has one name'
  if (!Object.hasOwn(CHECKS, name)) return `unknown check ${name}`
  if (name === 'ran') return patternProblem(String(wanted))
  if (name !== 'all' && name !== 'any') return undefined
  const problems = (wanted as Record<string, unknown>[]).map(problemOf)
  return problems.find((problem) => problem !== undefined)
}

function patternProblem(pattern: string): string | undefined {
  try {
    RegExp(pattern)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

/**
 * One command a line; `# wait 90s` lets time pass; other comments are for readers. `refuse` gets
 * the number of a line that is no plain command: scripts of chapters need no shell.
 */
function parseSolution(text: string, refuse: (line: number, why: string) => never): SolutionStep[] {
  const steps: SolutionStep[] = []
  let afterMs = 0
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    const wait = /^# wait (\d+)([smh])$/.exec(line)
    if (wait !== null) afterMs += Number(wait[1]) * { s: 1e3, m: 6e4, h: 36e5 }[wait[2] as 's']
    if (line === '' || line.startsWith('#')) continue
    if (plainProgram(line) === undefined) refuse(index + 1, `not a plain command: ${line}`)
    steps.push({ afterMs, run: line })
    afterMs = 0
  }
  if (afterMs > 0) steps.push({ afterMs, run: '' })
  return steps
}
