// The chapters' texts, bundled for the story panel.
import { parseChapter, type Chapter } from './chapter.ts'

const texts = import.meta.glob<string>('./chapters/*/index.md', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** Every chapter in order. */
export const CHAPTERS: readonly Chapter[] = Object.entries(texts)
  .map(([path, text]) => parseChapter(path.split('/')[2]!, text))
  .sort((a, b) => a.number - b.number)
