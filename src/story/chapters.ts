// The chapters' texts, for the story panel.
import { chapters } from 'virtual:story/chapters'
import type { Chapter } from './chapter.ts'

/** Every chapter in order. */
export const CHAPTERS: readonly Chapter[] = chapters
