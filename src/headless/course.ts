// `npm run --silent course -- --json`: every chapter and lab with its goals, fixes, wrong paths,
// predictions and what the proof found (`--seeds N`, `--only SLUG`; exit 1 when something is not
// proven). `npm run --silent course -- --try SLUG SCRIPT`: plays a script (`-` reads it from stdin)
// against a chapter and prints which goals it reaches and which reply a wrong path earns.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatTime, humanDuration } from '../base/time.ts'
import { attempt, type Attempt } from '../story/attempt.ts'
import type { Chapter } from '../story/chapter.ts'
import { currentSlug } from '../story/former-names.ts'
import type { ChapterPlan } from '../story/plan.ts'
import { proveChapter, type Proof } from '../story/proof.ts'
import { parseScript } from '../story/script-text.ts'
import { ContentError } from '../story/source.ts'
import { readStory, type Story } from '../story/story.ts'
import { storyFiles } from './story-files.ts'

const SEEDS_DEFAULT = 3
const USAGE = `Usage:
  npm run --silent course                        what is in the course
  npm run --silent course -- --json [--seeds N] [--only SLUG]
  npm run --silent course -- --try SLUG SCRIPT [--seed N]
`

function main(argv: readonly string[]): number {
  const story = readStory(storyFiles(join(import.meta.dirname, '../story')))
  const tried = argv.indexOf('--try')
  if (tried >= 0) return tryScript(story, argv[tried + 1], argv[tried + 2], option(argv, '--seed'))
  if (argv.includes('--json')) return json(story, argv)
  if (argv.length > 0) return refuse(USAGE)
  for (const { slug, title } of story.chapters) console.log(`${slug.padEnd(36)} ${title}`)
  return 0
}

function option(argv: readonly string[], name: string): number | undefined {
  const index = argv.indexOf(name)
  return index < 0 ? undefined : Number(argv[index + 1])
}

function refuse(message: string): number {
  console.error(message.trimEnd())
  return 1
}

/** One JSON object: each chapter as it is, and its proof. */
function json({ chapters, plans, texts }: Story, argv: readonly string[]): number {
  const count = option(argv, '--seeds') ?? SEEDS_DEFAULT
  const seeds = Array.from({ length: count }, (_, index) => index + 1)
  const only = argv.includes('--only') ? currentSlug(argv[argv.indexOf('--only') + 1] ?? '') : ''
  const wanted = chapters.filter(({ slug }) => only === '' || slug === only)
  if (wanted.length === 0) return refuse(`course: there is no chapter "${only}"`)
  const course = wanted.map((chapter) => {
    const plan = plans.find(({ slug }) => slug === chapter.slug)!
    return listed(chapter, plan, proveChapter(chapter, plan, texts[chapter.slug]!, seeds))
  })
  const problems = course.flatMap(({ proof }) => proof.problems)
  console.log(JSON.stringify({ chapters: course, problems }, undefined, 1))
  return problems.length === 0 ? 0 : 1
}

function listed(chapter: Chapter, plan: ChapterPlan, proof: Proof) {
  const { slug, number, part, title, summary } = chapter
  const { minutes, goals, hypotheses, debrief } = plan
  return {
    slug,
    number,
    part,
    title,
    summary,
    minutes,
    goals: goals.map(({ text, hints, check }) => ({ text, hints, check })),
    fixes: proof.fixes,
    wrongPaths: proof.wrongPaths,
    hypotheses: hypotheses.map(({ cause, right, because }) => ({ cause, right, because })),
    debrief,
    predictions: proof.predictions.map((prediction) => ({
      ...questionOf(chapter, prediction.id),
      ...prediction,
    })),
    claims: proof.claims,
    proof: { seeds: proof.seeds, problems: proof.problems },
  }
}

/** What the text asks. */
function questionOf(chapter: Chapter, id: string) {
  const blocks = chapter.beats.flatMap((beat) => beat.blocks)
  const block = blocks.find((one) => one.type === 'predict' && one.id === id)
  return block?.type === 'predict' ? { ask: block.ask, choices: block.choices } : {}
}

function tryScript(
  { plans }: Story,
  name: string | undefined,
  file: string | undefined,
  seed: number | undefined,
): number {
  if (name === undefined || file === undefined) return refuse(USAGE)
  const plan = plans.find(({ slug }) => slug === currentSlug(name))
  if (plan === undefined) return refuse(`course: there is no chapter "${name}"`)
  const script = readFileSync(file === '-' ? 0 : file, 'utf8')
  const steps = parseScript(script, (why) => {
    throw new ContentError(file, 1, why)
  })
  const tried = attempt(plan, steps, seed)
  console.log(report(tried))
  return tried.goals.every(({ done }) => done) ? 0 : 1
}

function report({ steps, goals, reachedMs, wrongPath }: Attempt): string {
  const lines = steps.flatMap(({ line, printed }) => [`$ ${line}`, printed.trimEnd()])
  lines.push('')
  for (const { text, done, because, at } of goals) {
    const moment = at === undefined ? '' : ` (${clock(at)})`
    lines.push(
      done
        ? `reached: ${text}, because ${because}${moment}`
        : `open:    ${text}: not yet, because ${because}`,
    )
  }
  if (reachedMs !== undefined) lines.push(`all goals after ${humanDuration(reachedMs)}`)
  if (wrongPath !== undefined) lines.push(`reply (${wrongPath.name}): ${wrongPath.reply.trim()}`)
  return lines.filter((line, index) => line !== '' || index > 0).join('\n')
}

function clock(at: Parameters<typeof formatTime>[0]): string {
  return formatTime(at).slice(11, 19)
}

try {
  process.exitCode = main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof ContentError)) throw error
  process.exitCode = refuse(error.message)
}
