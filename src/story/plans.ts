// The chapters' plans: adding a folder to chapters/ or labs/ is all it takes.
import { plans } from 'virtual:story/plans'
import { currentSlug } from './former-names.ts'
import type { ChapterPlan } from './plan.ts'

/** The slugs of all chapters in order. */
export const CHAPTER_SLUGS: readonly string[] = plans.map(({ slug }) => slug)

/** The plan of a chapter, by any slug it ever had. Throws for an unknown one. */
export function planOf(name: string): ChapterPlan {
  const slug = currentSlug(name)
  const plan = plans.find((one) => one.slug === slug)
  if (plan === undefined) throw new Error(`no such chapter: ${slug}`)
  return plan
}
