// `npm run bench`: builds the benchmark as the page is built, and runs it. What runs TypeScript
// directly adds a call to every function it names, which the page does not pay.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'

const outDir = mkdtempSync(join(tmpdir(), 'bench-'))
try {
  await build({
    configFile: false,
    logLevel: 'error',
    // Whole, so that it runs from where no packages are.
    ssr: { noExternal: true },
    build: { ssr: 'src/headless/bench.ts', outDir, emptyOutDir: true, copyPublicDir: false },
  })
  await import(pathToFileURL(join(outDir, 'bench.js')).href)
} finally {
  rmSync(outDir, { recursive: true })
}
