import { defineConfig } from 'vitest/config'
import { storyPlugin } from './src/headless/story-plugin.ts'

export default defineConfig({
  plugins: [storyPlugin('src/story')],
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    testTimeout: 60_000,
    // All cores: one is left idle by default, and on two that is half of them.
    maxWorkers: '100%',
  },
})
