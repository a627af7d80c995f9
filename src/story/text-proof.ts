// What a chapter's text promises, tried: its commands run in their order, its files exist, its
// pieces of manifests stand in a file of the chapter, and each prediction offers its answer.
import { addMs, parseTime } from '../base/time.ts'
import { EXIT_INTERRUPTED } from '../session/lab.ts'
import { advanceRun, type Run } from '../session/run.ts'
import type { Block, Chapter } from './chapter.ts'
import { durationMs } from './duration.ts'
import type { Value } from './measures.ts'
import type { ChapterPlan } from './plan.ts'
import { beginChapter, playScript } from './script.ts'

/** What is wrong with the text: `slug/index.md: …`. `answers` are the predictions' by their ids. */
export function textProblems(
  chapter: Chapter,
  plan: ChapterPlan,
  markdown: string,
  answers: ReadonlyMap<string, Value>,
): string[] {
  const blocks = chapter.beats.flatMap((beat) => beat.blocks)
  const problems = [
    ...blocks.flatMap((block) => fileProblem(block, plan)),
    ...manifestProblems(markdown, plan),
    ...predictionProblems(blocks, answers),
    ...commandProblems(blocks, plan),
  ]
  return problems.map((problem) => `${plan.slug}/index.md: ${problem}`)
}

function fileProblem(block: Block, { files }: ChapterPlan): string[] {
  if (block.type !== 'open' || Object.hasOwn(files, block.file)) return []
  return [`there is no file ${block.file}`]
}

/** Every line of a plain code block is a line of a file, as it is given or as a fix has it. */
function manifestProblems(markdown: string, plan: ChapterPlan): string[] {
  const scripts = [...plan.fixes, ...plan.wrongPaths].flatMap(({ steps }) => steps)
  const texts = [plan.files, ...scripts.map(({ files }) => files ?? {})].flatMap(Object.values)
  const lines = new Set((texts as string[]).flatMap((text) => text.split('\n').map(trimmed)))
  return plainCode(markdown)
    .map(trimmed)
    .filter((line) => line !== '' && !lines.has(line))
    .map((line) => `no file of the chapter has the line "${line}"`)
}

/** The lines of code blocks that are to be read, not tried. */
function plainCode(markdown: string): string[] {
  const code: string[] = []
  let fence: string | undefined
  for (const line of markdown.split('\n')) {
    const mark = /^```(.*)$/.exec(line)
    if (mark !== null) fence = fence === undefined ? mark[1]!.trim() : undefined
    else if (fence === '' || fence === 'yaml') code.push(line)
  }
  return code
}

function trimmed(line: string): string {
  return line.trim()
}

function predictionProblems(
  blocks: readonly Block[],
  answers: ReadonlyMap<string, Value>,
): string[] {
  const asked = blocks.filter((block) => block.type === 'predict')
  const problems: string[] = []
  for (const { id, choices } of asked) {
    const answer = answers.get(id)
    if (answer === undefined) problems.push(`nothing computes the answer of "${id}"`)
    else if (!choices.includes(String(answer)))
      problems.push(`"${id}" offers ${choices.join(', ')}, and the answer is ${answer}`)
  }
  for (const id of answers.keys())
    if (!asked.some((block) => block.id === id)) problems.push(`the text does not ask "${id}"`)
  return problems
}

/** Runs what can be run in the order of the text; a command says whether it is refused. */
function commandProblems(blocks: readonly Block[], plan: ChapterPlan): string[] {
  const run = beginChapter(plan, plan.seed, false)
  const problems: string[] = []
  for (const block of blocks) {
    if (block.type === 'jump') problems.push(...jump(run, block.to))
    if (block.type !== 'run') continue
    const [step] = playScript(run, [{ afterMs: 0, run: block.command }])
    const refused = block.refused === true
    // A watch is ended by Ctrl-C, in the text as here.
    if (step === undefined || step.exit === EXIT_INTERRUPTED) continue
    if ((step.exit !== 0) !== refused)
      problems.push(
        `${block.command}\n    ends with ${step.exit}: ${step.printed.trim().slice(0, 300)}`,
      )
  }
  return problems
}

/** A day without a tick is the end of waiting for one. */
const TICK_WAIT_MS = 86_400_000

function jump(run: Run, to: string): string[] {
  const { world } = run.lab
  const ms = to.startsWith('+') ? durationMs(to.slice(1)) : undefined
  if (ms !== undefined) advanceRun(run, addMs(world.now, ms))
  else if (to === 'next firing') return nextTick(run)
  else if (/^\d{4}-/.test(to)) advanceRun(run, parseTime(to))
  else return [`there is no moment "${to}"`]
  return []
}

function nextTick(run: Run): string[] {
  const before = run.trace.marks.length
  const giveUpAt = addMs(run.lab.world.now, TICK_WAIT_MS)
  while (run.trace.marks.length === before && run.lab.world.now < giveUpAt)
    advanceRun(run, addMs(run.lab.world.now, 1_000))
  return run.trace.marks.length === before ? ['nothing fires within a day'] : []
}
