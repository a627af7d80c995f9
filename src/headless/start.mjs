// `npm start`: installs what is missing, builds when something changed, serves, prints the address.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled, run } from './install.mjs'

const SOURCES = ['src', 'public', 'index.html', 'package.json', 'package-lock.json']
const SOURCE_CONFIG = ['vite.config.ts', 'tsconfig.json']

/** The latest change below a path, in milliseconds since the epoch. */
function changedAt(path) {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  const inside = readdirSync(path).filter((name) => !name.includes('.generated.'))
  return Math.max(0, ...inside.map((name) => changedAt(join(path, name))))
}

ensureInstalled()
const built = changedAt('dist/index.html')
const changed = Math.max(...[...SOURCES, ...SOURCE_CONFIG].map(changedAt))
if (built < changed && run('npm', ['run', '--silent', 'build']) !== 0) {
  console.error('The build failed; see above.')
  process.exit(1)
}
// A port that is taken is no reason to fail: vite takes the next one and prints it.
const args = ['vite', 'preview', '--port', process.env.PORT ?? '4173']
const server = spawn('npx', args, { stdio: 'inherit', shell: process.platform === 'win32' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.on('exit', (code) => process.exit(code ?? 0))
