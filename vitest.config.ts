import { defineConfig } from 'vitest/config'
import { storyPlugin } from './src/headless/story-plugin.ts'

export default defineConfig({
  plugins: [storyPlugin('src/story')],
  test: { include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'], testTimeout: 60_000 },
})
