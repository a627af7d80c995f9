// A chapter is a folder of content, no code: index.md (the story in beats with try-it blocks),
// plan.yaml (the cluster it starts from, its goals), solution.sh (commands that reach them) and
// files/. This module turns index.md into beats; bad content throws, so that it fails the build.

/** Something the learner can do from the text. */
export type Block =
  | { type: 'text'; markdown: string }
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

const FENCE = /^```(run|open|jump)\s*$/

/**
 * Reads index.md: front matter (`title`, `summary`), then beats that begin with `## `. Fenced
 * blocks named run, open and jump are try-it blocks; any other Markdown is text.
 */
export function parseChapter(slug: string, source: string): Chapter {
  const number = Number.parseInt(slug, 10)
  if (Number.isNaN(number)) throw new Error(`chapter ${slug}: the folder starts with its number`)
  const lines = source.replaceAll('\r\n', '\n').split('\n')
  const end = lines[0] === '---' ? lines.indexOf('---', 1) : -1
  if (end < 0) throw new Error(`chapter ${slug}: front matter is missing`)
  const matter = frontMatter(lines.slice(1, end))
  const title = matter.get('title')
  const summary = matter.get('summary')
  if (title === undefined) throw new Error(`chapter ${slug}: title is missing`)
  if (summary === undefined) throw new Error(`chapter ${slug}: summary is missing`)
  const beats = parseBeats(slug, lines.slice(end + 1))
  if (beats.length === 0) throw new Error(`chapter ${slug}: no beat (a line "## title")`)
  return { slug, number, title, summary, beats }
}

function frontMatter(lines: readonly string[]): Map<string, string> {
  const matter = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon > 0) matter.set(line.slice(0, colon).trim(), unquoted(line.slice(colon + 1).trim()))
  }
  return matter
}

/** A value with a colon in it stands in quotes, as YAML wants it. */
function unquoted(value: string): string {
  return /^"(.*)"$/.exec(value)?.[1] ?? value
}

function parseBeats(slug: string, lines: readonly string[]): Beat[] {
  const beats: { title: string; blocks: Block[] }[] = []
  let text: string[] = []
  const flush = (): void => {
    const markdown = text.join('\n').trim()
    text = []
    if (markdown === '') return
    const beat = beats.at(-1)
    if (beat === undefined) throw new Error(`chapter ${slug}: text before the first "## "`)
    beat.blocks.push({ type: 'text', markdown })
  }
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!
    const fence = FENCE.exec(line)
    if (line.startsWith('## ')) {
      flush()
      beats.push({ title: line.slice(3).trim(), blocks: [] })
    } else if (fence !== null) {
      flush()
      const close = lines.indexOf('```', i + 1)
      if (close < 0) throw new Error(`chapter ${slug}: a \`\`\`${fence[1]} block is not closed`)
      const body = lines.slice(i + 1, close).filter((part) => part.trim() !== '')
      if (body.length === 0) throw new Error(`chapter ${slug}: an empty ${fence[1]} block`)
      beats.at(-1)?.blocks.push(...body.map((part) => tryIt(fence[1]!, part.trim())))
      i = close
    } else text.push(line)
  }
  flush()
  return beats
}

function tryIt(type: string, line: string): Block {
  if (type === 'run') return { type: 'run', command: line }
  if (type === 'open') return { type: 'open', file: line }
  const bar = line.indexOf('|')
  if (bar < 0) return { type: 'jump', to: line, label: line }
  return { type: 'jump', to: line.slice(0, bar).trim(), label: line.slice(bar + 1).trim() }
}
