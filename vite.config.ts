import { defineConfig, type Plugin } from 'vite'
import react from '@vitejs/plugin-react'
import { storyPlugin } from './src/headless/story-plugin.ts'

const STORY = 'src/story'

// A relative base and ES module workers: the build runs from any sub-path of any static host.
export default defineConfig({
  base: './',
  plugins: [react(), storyPlugin(STORY), contentPolicy(), fileList()],
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

/** What the built page may load: its own files, and nothing else (README, "Hosting it"). */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "font-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
].join('; ')

/** Puts the policy into the built page; hot reload, which runs inline scripts, goes without. */
function contentPolicy(): Plugin {
  return {
    name: 'content-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  }
}
