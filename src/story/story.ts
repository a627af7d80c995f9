// All chapters and labs out of their folders' texts. Read when the page is built, so that it needs
// neither a Markdown parser nor the content's YAML; whoever reads the files is outside of the story.
import { parseChapter, type Chapter } from './chapter.ts'
import { parsePlan, type ChapterPlan } from './plan.ts'
import { ContentError } from './source.ts'

/** Texts by path from the story's folder: `chapters/01-x/index.md`, `manifests/y.yaml`. */
export type StoryFiles = Readonly<Record<string, string>>

export interface Story {
  /** In order: the day, then the night. */
  chapters: Chapter[]
  /** In the same order. */
  plans: ChapterPlan[]
  /** Each chapter's index.md by its slug. */
  texts: Readonly<Record<string, string>>
}

const FOLDERS = { chapters: 'day', labs: 'night' } as const

/** Every chapter and its plan, in order. Throws ContentError. */
export function readStory(files: StoryFiles): Story {
  const story: Story & { texts: Record<string, string> } = { chapters: [], plans: [], texts: {} }
  const manifests = below('manifests/', files)
  for (const [folder, part] of Object.entries(FOLDERS))
    for (const slug of slugsIn(folder, files)) {
      const text = required(folder, `${slug}/index.md`, files)
      story.chapters.push(parseChapter(slug, text, part))
      story.texts[slug] = text
      const plan = required(folder, `${slug}/plan.yaml`, files)
      const own = below(`${folder}/${slug}/files/`, files)
      story.plans.push(parsePlan(slug, { plan, files: own, manifests }))
    }
  return story
}

function slugsIn(folder: string, files: StoryFiles): string[] {
  const paths = Object.keys(files).filter((path) => path.startsWith(`${folder}/`))
  return [...new Set(paths.map((path) => path.split('/')[1]!))].sort()
}

function required(folder: string, path: string, files: StoryFiles): string {
  const text = files[`${folder}/${path}`]
  if (text === undefined) throw new ContentError(path, 1, 'the file is missing')
  return text
}

function below(folder: string, files: StoryFiles): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [path, text] of Object.entries(files))
    if (path.startsWith(folder)) found[path.slice(folder.length)] = text
  return found
}
