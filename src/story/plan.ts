// A chapter's plan.yaml: the cluster and files it starts from, its goals, the ways that reach them,
// the ways that do not, and what its text claims. Read strictly when the page is built: what is wrong
// is refused with its file and line.
import { plainProgram } from '../kubectl/programs/words.ts'
import type { ClusterConfig } from '../sim/cluster.ts'
import type { Check, Goal } from './goals.ts'
import type { Measure, Value } from './measures.ts'
import schema from './plan.schema.json' with { type: 'json' }
import { schemaProblems, type Schema } from './schema-check.ts'
import { parseScript, type ScriptStep } from './script-text.ts'
import { readYaml, type Path, type YamlSource } from './source.ts'

/** Where an item of plan.yaml stands. */
interface Placed {
  readonly line: number
}

/** One of several solutions. */
interface Fix extends Placed {
  name: string
  /** A duration: the goals are reached that soon after the beginning. */
  within: string
  steps: readonly ScriptStep[]
}

/** Something plausible that does not help, and what is said to who does it. */
export interface WrongPath extends Placed {
  name: string
  steps: readonly ScriptStep[]
  /** How the run shows that it was taken. */
  when: Check
  reply: string
}

/** A cause that the learner may suspect; one of them is right. */
interface Hypothesis extends Placed {
  cause: string
  right: boolean
  because: string
}

/** What is said when a lab is solved. */
interface Debrief {
  happened: string
  cause: string
  fields: readonly string[]
  documented: readonly string[]
  firstLook: string
}

/** A question of the text whose answer is computed: what `value` is after `steps`. */
export interface Prediction extends Placed {
  id: string
  steps: readonly ScriptStep[]
  value: Measure
  /** The sentence that names the misconception. */
  because: string
}

/** Words of the text that a run proves: by a value, or by a check. */
export interface Claim extends Placed {
  says: string
  steps: readonly ScriptStep[]
  value?: Measure
  equals?: Value
  check?: Check
}

export interface ChapterPlan {
  slug: string
  /** RFC 3339. */
  start: string
  seed: number
  /** What a learner needs for it. */
  minutes: number
  cluster: Partial<ClusterConfig>
  files: Readonly<Record<string, string>>
  /** Commands run before the learner begins. */
  prepare: readonly ScriptStep[]
  goals: readonly Goal[]
  /** The first one is the solution that the page shows. */
  fixes: readonly Fix[]
  wrongPaths: readonly WrongPath[]
  hypotheses: readonly Hypothesis[]
  debrief?: Debrief
  predictions: readonly Prediction[]
  claims: readonly Claim[]
}

/** The texts of a chapter folder. */
interface PlanSources {
  plan: string
  files: Readonly<Record<string, string>>
  /** Manifests that several chapters use, by file name; a plan asks for them by `files`. */
  manifests: Readonly<Record<string, string>>
}

/** plan.yaml as plan.schema.json has it. */
interface PlanYaml {
  start: string
  minutes: number
  seed?: number
  cluster?: Partial<ClusterConfig>
  files?: readonly string[]
  prepare?: string
  goals: readonly (Pick<Goal, 'text' | 'hints' | 'check'> & { notYet?: string })[]
  fixes: readonly { name: string; within: string; script: string }[]
  wrongPaths?: readonly { name: string; script: string; when: Check; reply: string }[]
  hypotheses?: readonly { cause: string; right?: boolean; because: string }[]
  debrief?: Debrief
  plays?: Readonly<Record<string, string>>
  predictions?: readonly { id: string; play: string; value: Measure; because: string }[]
  claims?: readonly ClaimYaml[]
}

interface ClaimYaml {
  says: string
  play?: string
  value?: Measure
  equals?: Value
  check?: Check
}

/** Reads the texts of a chapter. Throws ContentError, which names the file and the line. */
export function parsePlan(slug: string, sources: PlanSources): ChapterPlan {
  const source = readYaml(`${slug}/plan.yaml`, sources.plan)
  for (const { path, what } of schemaProblems(source.value, schema as Schema))
    source.refuse(path, what)
  const yaml = source.value as PlanYaml
  const prepare = steps(source, ['prepare'], yaml.prepare ?? '')
  const prepared = prepare.filter(({ run }) => run !== '').length
  const { debrief } = yaml
  return {
    slug,
    start: yaml.start,
    seed: yaml.seed ?? 1,
    minutes: yaml.minutes,
    cluster: yaml.cluster ?? {},
    files: { ...sharedFiles(source, yaml, sources.manifests), ...sources.files },
    prepare,
    goals: placed(source, 'goals', yaml.goals).map((goal) => ({
      ...goal,
      hint: goal.hints[0] ?? '',
      prepared,
    })),
    fixes: scripted(source, 'fixes', yaml.fixes),
    wrongPaths: scripted(source, 'wrongPaths', yaml.wrongPaths ?? []),
    hypotheses: hypothesesIn(source, yaml),
    ...(debrief === undefined ? {} : { debrief }),
    predictions: played(source, 'predictions', yaml.predictions ?? [], yaml),
    claims: played(source, 'claims', yaml.claims ?? [], yaml),
  }
}

function sharedFiles(
  { refuse }: YamlSource,
  { files = [] }: PlanYaml,
  manifests: PlanSources['manifests'],
): Record<string, string> {
  const shared: Record<string, string> = {}
  for (const [index, name] of files.entries())
    shared[name] = manifests[name] ?? refuse(['files', index], `no manifest ${name}`)
  return shared
}

function placed<T>({ lineOf }: YamlSource, key: string, items: readonly T[]): (T & Placed)[] {
  return items.map((item, index) => ({ ...item, line: lineOf([key, index]) }))
}

function scripted<T extends { script: string }>(
  source: YamlSource,
  key: string,
  items: readonly T[],
): (Omit<T, 'script'> & Placed & { steps: ScriptStep[] })[] {
  return placed(source, key, items).map(({ script, ...item }, index) => ({
    ...item,
    steps: steps(source, [key, index, 'script'], script),
  }))
}

/** A play is a script, or the name of one of `plays`. */
function played<T extends { play?: string }>(
  source: YamlSource,
  key: string,
  items: readonly T[],
  { plays = {} }: PlanYaml,
): (Omit<T, 'play'> & Placed & { steps: ScriptStep[] })[] {
  return placed(source, key, items).map(({ play = '', ...item }, index) => ({
    ...item,
    steps: steps(source, [key, index, 'play'], plays[play] ?? play),
  }))
}

function hypothesesIn(source: YamlSource, { hypotheses = [] }: PlanYaml): Hypothesis[] {
  const right = hypotheses.filter((one) => one.right === true).length
  if (hypotheses.length > 0 && right !== 1)
    source.refuse(['hypotheses'], `one hypothesis is right, not ${right}`)
  return placed(source, 'hypotheses', hypotheses).map((one) => ({
    ...one,
    right: one.right === true,
  }))
}

/** Scripts of chapters need no shell: a line is one program and plain words. */
function steps({ refuse }: YamlSource, path: Path, script: string): ScriptStep[] {
  const parsed = parseScript(script, (why) => refuse(path, why))
  for (const { run } of parsed)
    if (run !== '' && plainProgram(run) === undefined) refuse(path, `not a plain command: ${run}`)
  return parsed
}

/** How many of a chapter's inputs are not the learner's. */
export function preparedInputs({ prepare }: ChapterPlan): number {
  return prepare.filter(({ run }) => run !== '').length
}
