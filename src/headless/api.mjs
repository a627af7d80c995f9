// `npm run --silent api`: runs the API server from a bundle that is built once and again when a
// source changed, so that a script that starts many of them does not wait for the compiler.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { run } from './install.mjs'

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const CACHE = join(ROOT, 'node_modules/.cache/api')
const GENERATED = join(ROOT, 'src/sim/schema/structs.generated.ts')
/** What the server is made of; the page is not part of it. */
const SOURCES = ['base', 'container', 'sim', 'kubectl', 'session', 'worker', 'headless/api']

/** The latest change below a path, in milliseconds since the epoch. */
function changedAt(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => changedAt(join(path, name))))
}

function sourcesChangedAt() {
  const paths = SOURCES.map((name) => join(ROOT, 'src', name))
  return Math.max(...[...paths, join(ROOT, 'package.json')].map(changedAt))
}

/** Builds into a folder of its own first: another process may be starting, too. */
async function buildBundle(bundle) {
  const { build } = await import('vite')
  mkdirSync(CACHE, { recursive: true })
  const outDir = mkdtempSync(join(CACHE, 'build-'))
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: { ssr: 'src/headless/api/main.ts', outDir, emptyOutDir: true, copyPublicDir: false },
  })
  rmSync(bundle, { recursive: true, force: true })
  try {
    renameSync(outDir, bundle)
  } catch {
    // The other process was first, with the same sources.
    rmSync(outDir, { recursive: true, force: true })
  }
}

if (!existsSync(GENERATED) && run('npm', ['run', '--silent', 'generate']) !== 0) process.exit(1)
const bundle = join(CACHE, `v${Math.round(sourcesChangedAt())}`)
if (!existsSync(join(bundle, 'main.js'))) {
  for (const old of existsSync(CACHE) ? readdirSync(CACHE) : [])
    if (old.startsWith('v')) rmSync(join(CACHE, old), { recursive: true, force: true })
  await buildBundle(bundle)
}
await import(pathToFileURL(join(bundle, 'main.js')).href)
