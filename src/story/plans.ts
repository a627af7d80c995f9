// The chapters' plans: adding a folder to chapters/ is all it takes.
import { plans } from 'virtual:story/plans'
import type { ChapterPlan } from './plan.ts'

/** The slugs of all chapters in order. */
export const CHAPTER_SLUGS: readonly string[] = plans.map(({ slug }) => slug)

/** The plan of a chapter. Throws for an unknown slug. */
export function planOf(slug: string): ChapterPlan {
  const plan = plans.find((one) => one.slug === slug)
  if (plan === undefined) throw new Error(`no such chapter: ${slug}`)
  return plan
}
