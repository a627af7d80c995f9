// A chapter is a folder of content, no code: index.md (the story in beats with try-it blocks),
// plan.yaml (the cluster it starts from, its goals), solution.sh (commands that reach them) and
// files/. This module turns index.md into beats; bad content throws, so that it fails the build.
import type { MarkedToken } from 'marked'
import { markdownBlocks, proseOf, type Prose } from './prose.ts'
import { ContentError, readYaml } from './source.ts'

/** Something the learner can do from the text. */
export type Block =
  | { type: 'text'; prose: readonly Prose[] }
  /** A command for the terminal. */
  | { type: 'run'; command: string }
  /** A file for the editor. */
  | { type: 'open'; file: string }
  /** A moment to go to: `+2m`, `next firing`, or RFC 3339. */
  | { type: 'jump'; to: string; label: string }

/** One step of the story: what an instructor shows at once. */
export interface Beat {
  title: string
  blocks: readonly Block[]
}

export interface Chapter {
  /** `01-the-right-tool`: order and identity. */
  slug: string
  number: number
  title: string
  /** One sentence for the chapter list. */
  summary: string
  beats: readonly Beat[]
}

const TRY_IT = ['run', 'open', 'jump']

/**
 * Reads index.md: front matter (`title`, `summary`), then beats that begin with `## `. Fenced
 * blocks named run, open and jump are try-it blocks; any other Markdown is text. Throws
 * ContentError.
 */
export function parseChapter(slug: string, source: string): Chapter {
  const file = `${slug}/index.md`
  const number = Number.parseInt(slug, 10)
  if (Number.isNaN(number)) throw new ContentError(file, 1, 'the folder starts with its number')
  const lines = source.replaceAll('\r\n', '\n').split('\n')
  const end = lines[0] === '---' ? lines.indexOf('---', 1) : -1
  if (end < 0) throw new ContentError(file, 1, 'front matter is missing')
  const { title, summary } = frontMatter(file, lines.slice(1, end).join('\n'))
  const beats = parseBeats(file, lines.slice(end + 1).join('\n'), end + 2)
  if (beats.length === 0) throw new ContentError(file, end + 1, 'no beat (a line "## title")')
  return { slug, number, title, summary, beats }
}

function frontMatter(file: string, text: string): Pick<Chapter, 'title' | 'summary'> {
  const { value, refuse } = readYaml(file, text, 2)
  const { title, summary } = (value ?? {}) as Record<string, unknown>
  if (typeof title !== 'string') return refuse(['title'], 'title is missing, or no text')
  if (typeof summary !== 'string') return refuse(['summary'], 'summary is missing, or no text')
  return { title, summary }
}

function parseBeats(file: string, text: string, firstLine: number): Beat[] {
  const beats: { title: string; blocks: Block[] }[] = []
  for (const { token, line } of markdownBlocks(text)) {
    const refuse = (why: string): never => {
      throw new ContentError(file, firstLine + line, why)
    }
    if (token.type === 'space') continue
    if (token.type === 'heading' && token.depth === 2) {
      beats.push({ title: token.text, blocks: [] })
      continue
    }
    const blocks = beats.at(-1)?.blocks ?? refuse('text before the first "## "')
    try {
      if (isTryIt(token)) blocks.push(...tryIts(token))
      else addProse(blocks, proseOf(token))
    } catch (error) {
      refuse((error as Error).message)
    }
  }
  return beats
}

/** Paragraphs that follow each other are one text. */
function addProse(blocks: Block[], prose: Prose): void {
  const last = blocks.at(-1)
  if (last?.type === 'text') blocks[blocks.length - 1] = { ...last, prose: [...last.prose, prose] }
  else blocks.push({ type: 'text', prose: [prose] })
}

type Fence = Extract<MarkedToken, { type: 'code' }>

function isTryIt(token: MarkedToken): token is Fence {
  return token.type === 'code' && TRY_IT.includes(token.lang ?? '')
}

/** One try-it block a line. */
function tryIts({ lang, raw, text }: Fence): Block[] {
  if (!/\n```\s*$/.test(raw)) throw new Error(`a \`\`\`${lang} block is not closed`)
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.length === 0) throw new Error(`an empty ${lang} block`)
  return lines.map((line) => tryIt(lang!, line.trim()))
}

function tryIt(type: string, line: string): Block {
  if (type === 'run') return { type: 'run', command: line }
  if (type === 'open') return { type: 'open', file: line }
  const bar = line.indexOf('|')
  if (bar < 0) return { type: 'jump', to: line, label: line }
  return { type: 'jump', to: line.slice(0, bar).trim(), label: line.slice(bar + 1).trim() }
}
