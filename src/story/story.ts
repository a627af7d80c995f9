// All chapters out of their folders' texts. Read when the page is built, so that it needs neither a
// Markdown parser nor the content's YAML; whoever reads the files is outside of the story.
import { parseChapter, type Chapter } from './chapter.ts'
import { parsePlan, type ChapterPlan } from './plan.ts'
import { ContentError } from './source.ts'

/** Texts by path from the story's folder: `chapters/01-x/index.md`, `manifests/y.yaml`. */
export type StoryFiles = Readonly<Record<string, string>>

/** Every chapter and its plan, in order. Throws ContentError. */
export function readStory(files: StoryFiles): { chapters: Chapter[]; plans: ChapterPlan[] } {
  const paths = Object.keys(files).filter((path) => path.startsWith('chapters/'))
  const slugs = [...new Set(paths.map((path) => path.split('/')[1]!))].sort()
  const manifests = below('manifests/', files)
  return {
    chapters: slugs.map((slug) => parseChapter(slug, required(`${slug}/index.md`, files))),
    plans: slugs.map((slug) =>
      parsePlan(slug, {
        plan: required(`${slug}/plan.yaml`, files),
        solution: required(`${slug}/solution.sh`, files),
        files: below(`chapters/${slug}/files/`, files),
        solutionFiles: below(`chapters/${slug}/solution/`, files),
        manifests,
      }),
    ),
  }
}

function required(path: string, files: StoryFiles): string {
  const text = files[`chapters/${path}`]
  if (text === undefined) throw new ContentError(path, 1, 'the file is missing')
  return text
}

function below(folder: string, files: StoryFiles): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [path, text] of Object.entries(files))
    if (path.startsWith(folder)) found[path.slice(folder.length)] = text
  return found
}
