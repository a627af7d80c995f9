// The story's texts from the disk, for the build and for tests.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { StoryFiles } from '../story/story.ts'

const FOLDERS = ['chapters', 'manifests']

/** Every text of a story's folder, by path from it, with forward slashes. */
export function storyFiles(root: string): StoryFiles {
  const files: Record<string, string> = {}
  for (const path of FOLDERS.flatMap((folder) => filesBelow(join(root, folder))))
    files[relative(root, path).replaceAll('\\', '/')] = readFileSync(path, 'utf8')
  return files
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesBelow(path) : [path]
    })
}
