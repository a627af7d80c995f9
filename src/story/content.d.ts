// The chapters as the build reads them (headless/story-plugin.ts): data, without a parser. Two
// modules, because the page needs the texts and the worker the plans.
declare module 'virtual:story/chapters' {
  export const chapters: readonly import('./chapter.ts').Chapter[]
}

declare module 'virtual:story/plans' {
  export const plans: readonly import('./plan.ts').ChapterPlan[]
}

/** A text that the build puts in as it is. */
declare module '*.md?raw' {
  const text: string
  export default text
}
