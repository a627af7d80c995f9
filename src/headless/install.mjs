// Installs what package.json asks for, when it is not there: a fresh clone needs one command only.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'

const INSTALLED = 'node_modules/.package-lock.json'
const NODE_MIN = [20, 19]

/** Runs a command with our streams and returns its exit code. */
export function run(command, args, env = {}) {
  const result = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  })
  return result.status ?? 1
}

/** Installs missing or outdated packages; ends the program with advice when that fails. */
export function ensureInstalled() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < NODE_MIN[0] || (major === NODE_MIN[0] && minor < NODE_MIN[1])) {
    console.error(`Node ${NODE_MIN.join('.')} or later is needed; this is ${process.version}.`)
    process.exit(1)
  }
  if (existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync('package-lock.json').mtimeMs)
    return
  console.log('Installing packages (once) …')
  // The lock file as it is: `npm install` might rewrite it.
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  if (run('npm', ['ci', ...quiet]) === 0) return
  console.error('npm could not install the packages. Is the network there? Try: npm ci')
  process.exit(1)
}
