// Reads the chapters when the page is built: content that is wrong fails the build with its file and
// line, and what ships is plain data. The tests use the same plugin.
import { join, resolve } from 'node:path'
import type { Plugin } from 'vite'
import { readStory } from '../story/story.ts'
import { storyFiles } from './story-files.ts'

const MODULES = ['virtual:story/chapters', 'virtual:story/plans']
/** Marks a module as made up, so that no other plugin looks for a file. */
const MADE_UP = '\0'

/** Serves the modules that `story/content.d.ts` declares, from a story's folder. */
export function storyPlugin(folder: string): Plugin {
  const root = resolve(folder)
  return {
    name: 'story',
    resolveId: (id) => (MODULES.includes(id) ? MADE_UP + id : undefined),
    load(id) {
      const name = MODULES.find((one) => id === MADE_UP + one)
      if (name === undefined) return undefined
      const files = storyFiles(root)
      for (const path of Object.keys(files)) this.addWatchFile(join(root, path))
      const { chapters, plans } = readStory(files)
      return name.endsWith('plans')
        ? `export const plans = ${JSON.stringify(plans)}`
        : `export const chapters = ${JSON.stringify(chapters)}`
    },
  }
}
