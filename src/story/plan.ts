// A chapter's plan.yaml and solution.sh: the cluster and files it starts from, its goals, and the
// commands that reach them. Read strictly: bad content throws and so fails the build.
import { readManifest } from '../kubectl/yaml/manifest.ts'
import type { ClusterConfig } from '../sim/cluster.ts'
import type { Goal } from './goals.ts'

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
export interface PlanSources {
  plan: string
  solution: string
  files: Readonly<Record<string, string>>
  solutionFiles: Readonly<Record<string, string>>
  /** Manifests that several chapters use, by file name; a plan asks for them by `files`. */
  manifests: Readonly<Record<string, string>>
}

const KEYS = ['start', 'seed', 'cluster', 'files', 'prepare', 'goals']

export function parsePlan(slug: string, sources: PlanSources): ChapterPlan {
  const fail = (why: string): never => {
    throw new Error(`chapter ${slug}: ${why}`)
  }
  const [document] = readManifest(sources.plan)
  if (document?.error !== undefined) fail(document.error)
  const value = (document?.value ?? {}) as Record<string, unknown>
  for (const key of Object.keys(value)) if (!KEYS.includes(key)) fail(`unknown key ${key}`)
  const { start, seed, cluster, prepare, goals } = value
  const shared: Record<string, string> = {}
  for (const name of (value['files'] ?? []) as string[])
    shared[name] = sources.manifests[name] ?? fail(`no manifest ${name}`)
  if (typeof start !== 'string') return fail('start must be a quoted RFC 3339 time')
  if (!Array.isArray(goals) || goals.length === 0) return fail('goals are missing')
  for (const goal of goals as Partial<Goal>[])
    if (!goal.text || !goal.hint || !goal.check) fail('a goal needs text, hint and check')
  return {
    slug,
    start,
    seed: typeof seed === 'number' ? seed : 1,
    cluster: (cluster ?? {}) as Partial<ClusterConfig>,
    files: { ...shared, ...sources.files },
    solutionFiles: sources.solutionFiles,
    prepare: parseSolution(String(prepare ?? '')),
    goals: goals as Goal[],
    solution: parseSolution(sources.solution),
  }
}

/** One command a line; `# wait 90s` lets time pass; other comments are for readers. */
export function parseSolution(text: string): SolutionStep[] {
  const steps: SolutionStep[] = []
  let afterMs = 0
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    const wait = /^# wait (\d+)([smh])$/.exec(line)
    if (wait !== null) afterMs += Number(wait[1]) * { s: 1e3, m: 6e4, h: 36e5 }[wait[2] as 's']
    if (line === '' || line.startsWith('#')) continue
    steps.push({ afterMs, run: line })
    afterMs = 0
  }
  if (afterMs > 0) steps.push({ afterMs, run: '' })
  return steps
}
