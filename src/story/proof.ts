// The proof of a chapter: its goals are open at the start and reached by each fix in time, each wrong
// path leaves them open and earns its own reply, its text's commands run, its claims hold, and its
// predictions have computed answers. Each for several seeds; what fails is reported with file and line.
import { attempt, wrongPathTaken, type Attempt } from './attempt.ts'
import type { Chapter } from './chapter.ts'
import { durationMs } from './duration.ts'
import { goalStates, goalTracker } from './goal-tracker.ts'
import { findingOf, isAboutTyping } from './goals.ts'
import { measure, type Value } from './measures.ts'
import { preparedInputs, type ChapterPlan, type Claim, type Prediction } from './plan.ts'
import type { ScriptStep } from './script-text.ts'
import { beginChapter, playScript, type PlayedStep } from './script.ts'
import type { Run } from '../session/run.ts'
import { textProblems } from './text-proof.ts'

export interface Proof {
  slug: string
  seeds: readonly number[]
  /** What is wrong: `slug/plan.yaml:12: …`; empty when all is proven. */
  problems: readonly string[]
  /** How long each fix took at most, in seconds. */
  fixes: readonly { name: string; within: string; tookSeconds: number }[]
  wrongPaths: readonly { name: string; leavesOpen: readonly string[]; reply: string }[]
  predictions: readonly { id: string; answer: Value }[]
  claims: readonly { says: string; holds: boolean }[]
}

/** Proves a chapter for all seeds. `markdown` is its index.md. */
export function proveChapter(
  chapter: Chapter,
  plan: ChapterPlan,
  markdown: string,
  seeds: readonly number[],
): Proof {
  const problems: string[] = []
  const report = (line: number, what: string): void =>
    void problems.push(`${plan.slug}/plan.yaml:${line}: ${what}`)
  for (const seed of seeds) proveStart(plan, seed, report)
  const fixes = plan.fixes.map((fix) => {
    const took = seeds.map((seed) => fixTime(plan, fix, seed, report))
    return { name: fix.name, within: fix.within, tookSeconds: Math.max(...took) / 1_000 }
  })
  const wrongPaths = plan.wrongPaths.map((path) => {
    const left = seeds.map((seed) => openAfter(plan, path, seed, report))
    return { name: path.name, leavesOpen: left[0] ?? [], reply: path.reply }
  })
  const player = playerOf(plan)
  const predictions = plan.predictions.map((prediction) => ({
    id: prediction.id,
    answer: answerOf(prediction, plan, player, seeds, report),
  }))
  const claims = plan.claims.map((claim) => {
    const wrong = claimProblem(claim, plan, player, seeds, markdown)
    if (wrong !== undefined) report(claim.line, wrong)
    return { says: claim.says, holds: wrong === undefined }
  })
  const answers = new Map(predictions.map(({ id, answer }) => [id, answer]))
  problems.push(...textProblems(chapter, plan, markdown, answers))
  return { slug: plan.slug, seeds, problems, fixes, wrongPaths, predictions, claims }
}

type Report = (line: number, what: string) => void

function proveStart(plan: ChapterPlan, seed: number, report: Report): void {
  const run = beginChapter(plan, seed, false)
  for (const [index, state] of goalStates(goalTracker(plan.goals), run).entries())
    if (state.done)
      report(
        plan.goals[index]!.line,
        `seed ${seed}: "${state.text}" is true before the learner did anything: ${state.because}`,
      )
  const taken = wrongPathTaken(plan, run)
  if (taken !== undefined)
    report(taken.line, `seed ${seed}: "${taken.name}" is taken before the learner did anything`)
}

/** In ms; Infinity when the goals are not reached. */
function fixTime(
  plan: ChapterPlan,
  fix: ChapterPlan['fixes'][number],
  seed: number,
  report: Report,
): number {
  const tried = attempt(plan, fix.steps, seed)
  const open = tried.goals.filter(({ done }) => !done)
  const where = `seed ${seed}: fix "${fix.name}"`
  for (const { text, because } of open)
    report(fix.line, `${where} leaves "${text}" open, because ${because}${transcript(tried)}`)
  const within = durationMs(fix.within) ?? 0
  const took = tried.reachedMs ?? Infinity
  if (open.length === 0 && took > within)
    report(fix.line, `${where} takes ${took / 1_000} s, more than ${fix.within}`)
  if (tried.wrongPath !== undefined)
    report(fix.line, `${where} earns the reply of "${tried.wrongPath.name}"`)
  return took
}

function transcript({ steps }: Attempt): string {
  return steps.map(({ line, printed }) => `\n    $ ${line}\n${indented(printed)}`).join('')
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '    ').slice(0, 400)
}

/** The goals that a wrong path leaves open. */
function openAfter(
  plan: ChapterPlan,
  path: ChapterPlan['wrongPaths'][number],
  seed: number,
  report: Report,
): string[] {
  const tried = attempt(plan, path.steps, seed)
  const where = `seed ${seed}: wrong path "${path.name}"`
  const open = plan.goals.filter((_, index) => tried.goals[index]?.done === false)
  if (!open.some(({ check }) => !isAboutTyping(check)))
    report(path.line, `${where} reaches every goal about the cluster`)
  if (tried.wrongPath === undefined)
    report(path.line, `${where} earns no reply${transcript(tried)}`)
  else if (tried.wrongPath.name !== path.name)
    report(path.line, `${where} earns the reply of "${tried.wrongPath.name}"`)
  return open.map(({ text }) => text)
}

/** A run of the chapter's own that a claim or a prediction looks at. */
interface Play {
  run: Run
  steps: readonly PlayedStep[]
}

/** Plays a script once for everything that looks at the same run. */
type Player = (steps: readonly ScriptStep[], seed: number) => Play

function playerOf(plan: ChapterPlan): Player {
  const played = new Map<string, Play>()
  return (steps, seed) => {
    const key = `${seed} ${JSON.stringify(steps)}`
    let play = played.get(key)
    if (play === undefined) {
      const run = beginChapter(plan, seed, false)
      play = { run, steps: playScript(run, steps) }
      played.set(key, play)
    }
    return play
  }
}

function valueOf(
  item: Pick<Claim, 'value' | 'steps'> | Prediction,
  plan: ChapterPlan,
  player: Player,
  seed: number,
): Value {
  const { run, steps } = player(item.steps, seed)
  const scene = { run, prepared: preparedInputs(plan) }
  return item.value === undefined
    ? undefined
    : measure(item.value, scene, steps.at(-1)?.printed).value
}

/** What the seeds agree on. */
function answerOf(
  prediction: Prediction,
  plan: ChapterPlan,
  player: Player,
  seeds: readonly number[],
  report: Report,
): Value {
  const answers = seeds.map((seed) => valueOf(prediction, plan, player, seed))
  const [answer] = answers
  if (answer === undefined) report(prediction.line, `"${prediction.id}" has no answer`)
  const other = answers.find((one) => one !== answer)
  if (other !== undefined)
    report(prediction.line, `"${prediction.id}" is ${answer} or ${other}, as the seed has it`)
  return answer
}

function claimProblem(
  claim: Claim,
  plan: ChapterPlan,
  player: Player,
  seeds: readonly number[],
  markdown: string,
): string | undefined {
  if (!oneLine(markdown).includes(oneLine(claim.says)))
    return `the text does not say "${claim.says}"`
  if (claim.check === undefined && claim.value === undefined) return 'nothing proves this claim'
  for (const seed of seeds) {
    const { run } = player(claim.steps, seed)
    if (claim.check !== undefined) {
      const finding = findingOf(claim.check, { run, prepared: preparedInputs(plan) })
      if (!finding.met) return `seed ${seed}: "${claim.says}" is not true: ${finding.because}`
    }
    if (claim.value === undefined) continue
    const value = valueOf(claim, plan, player, seed)
    if (value !== claim.equals)
      return `seed ${seed}: "${claim.says}" is not true: it is ${JSON.stringify(value)}`
  }
  return undefined
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
