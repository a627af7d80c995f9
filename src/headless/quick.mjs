// `npm run test:quick`: the checks for the hand at work, in under a minute: types, lint, the rules of
// the house, and the unit tests that are fast and see most. `npm test` runs everything.
import { ensureInstalled, run } from './install.mjs'

/** Folders and files of tests that together take seconds. */
const FAST = [
  'tests/tidy',
  'tests/base',
  'tests/headless',
  'tests/kubectl/golden.test.ts',
  'tests/kubectl/recipe.test.ts',
  'tests/sim/kinds',
  'tests/sim/lib/cron-table.test.ts',
  'tests/sim/queue.test.ts',
  'tests/story/recipe.test.ts',
  'tests/ui',
]

ensureInstalled()
const begun = Date.now()
const parts = [
  ['npm', ['run', '--silent', 'generate']],
  ['npm', ['run', '--silent', 'test:types']],
  ['npm', ['run', '--silent', 'test:lint']],
  ['npx', ['vitest', 'run', '--reporter=dot', ...FAST]],
]
const failed = parts.filter(([command, args]) => run(command, args) !== 0)
const seconds = Math.round((Date.now() - begun) / 1000)
console.log(
  `\n${failed.length === 0 ? 'All passed' : `${failed.length} parts failed`} in ${seconds} s`,
)
process.exit(failed.length === 0 ? 0 : 1)
