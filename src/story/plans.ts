// The chapters' plans, bundled: adding a folder to chapters/ is all it takes.
import { parsePlan, type ChapterPlan } from './plan.ts'

const texts = import.meta.glob<string>(
  ['./chapters/*/{plan.yaml,solution.sh,files/*,solution/*}', './manifests/*'],
  { query: '?raw', import: 'default', eager: true },
)

/** The slugs of all chapters in order. */
export const CHAPTER_SLUGS: readonly string[] = [
  ...new Set(
    Object.keys(texts)
      .filter((path) => path.startsWith('./chapters/'))
      .map((path) => path.split('/')[2]!),
  ),
].sort()

/** The plan of a chapter. Throws for an unknown slug or bad content. */
export function planOf(slug: string): ChapterPlan {
  const folder = `./chapters/${slug}`
  const plan = texts[`${folder}/plan.yaml`]
  if (plan === undefined) throw new Error(`no such chapter: ${slug}`)
  return parsePlan(slug, {
    plan,
    solution: texts[`${folder}/solution.sh`] ?? '',
    files: below(`${folder}/files/`),
    solutionFiles: below(`${folder}/solution/`),
    manifests: below('./manifests/'),
  })
}

function below(folder: string): Record<string, string> {
  const files: Record<string, string> = {}
  for (const [path, text] of Object.entries(texts))
    if (path.startsWith(folder)) files[path.slice(folder.length)] = text
  return files
}
