import { defineConfig, type Plugin } from 'vite'
import react from '@vitejs/plugin-react'
import { storyPlugin } from './src/headless/story-plugin.ts'

const STORY = 'src/story'

// A relative base and ES module workers: the build runs from any sub-path of any static host.
export default defineConfig({
  base: './',
  plugins: [react(), storyPlugin(STORY), fileList()],
  worker: { format: 'es', plugins: () => [storyPlugin(STORY)] },
  build: { target: 'es2023', chunkSizeWarningLimit: 4000 },
  resolve: {
    alias: [{ find: /^monaco-editor\/esm\/vs\/(.*)$/, replacement: 'monaco-editor/$1' }],
  },
})

/** Lists every file of the build for the service worker, which keeps them for use offline. */
function fileList(): Plugin {
  return {
    name: 'file-list',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const source = JSON.stringify(Object.keys(bundle).filter((name) => name.includes('/')))
      this.emitFile({ type: 'asset', fileName: 'files.json', source })
    },
  }
}
