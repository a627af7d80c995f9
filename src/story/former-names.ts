// What chapters were called before: links, saved sessions and progress of that time still name them.

const FORMER_NAMES: Readonly<Record<string, string>> = {}

/** The slug a chapter has today, by any slug it ever had. */
export function currentSlug(slug: string): string {
  return Object.hasOwn(FORMER_NAMES, slug) ? FORMER_NAMES[slug]! : slug
}
