// `npm test`: installs what is missing, then format, lint, types, unit and reference tests, browser
// tests. Everything runs even when an earlier part failed; the last line counts all of it.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { ensureBrowser } from './browser.mjs'
import { ensureInstalled, run } from './install.mjs'

const RESULTS = 'test-results'
const UNIT = `${RESULTS}/unit.json`
const BROWSER = `${RESULTS}/browser.json`

let passed = 0
let failed = 0

/** Runs one part that is one check. */
function check(title, command, args) {
  console.log(`\n— ${title}`)
  if (run(command, args) === 0) passed++
  else {
    failed++
    console.log(`${title}: failed`)
  }
}

/** Adds what a test runner counted; a runner that left no report counts as one failure. */
function count(title, file, read) {
  try {
    const counts = read(JSON.parse(readFileSync(file, 'utf8')))
    passed += counts.passed
    failed += counts.failed
    if (counts.passed + counts.failed === 0) throw new Error('no test ran')
  } catch (error) {
    failed++
    console.log(`${title}: ${error.message}`)
  }
}

/** The tests of a report that failed before they passed. */
function flakyTitles(suites) {
  return suites.flatMap(({ specs = [], suites: inner = [] }) => [
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
      .map(({ file, title }) => `${file}: ${title}`),
    ...flakyTitles(inner),
  ])
}

ensureInstalled()
rmSync(RESULTS, { recursive: true, force: true })
mkdirSync(RESULTS)
check('schema', 'npm', ['run', '--silent', 'generate'])
check('format', 'npm', ['run', '--silent', 'test:format'])
check('lint', 'npm', ['run', '--silent', 'test:lint'])
check('types', 'npm', ['run', '--silent', 'test:types'])

console.log('\n— unit and reference tests')
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT}`]
const unit = run('npx', ['vitest', 'run', ...reporters])
count('unit tests', UNIT, (report) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests + (unit !== 0 && report.numFailedTests === 0 ? 1 : 0),
}))

console.log('\n— browser tests')
const browser = await ensureBrowser()
if (browser === undefined) {
  failed++
  console.log('No Chromium could be had. Install one, or set CHROMIUM_PATH, and try again.')
} else {
  check('build', 'npm', ['run', '--silent', 'build'])
  const env = { CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: BROWSER }
  const code = run('npx', ['playwright', 'test', '--reporter=list,json'], env)
  count('browser tests', BROWSER, (report) => {
    const { expected, unexpected, flaky } = report.stats
    // One that needed a second try tells nothing: it counts as failed, by its name.
    for (const title of flakyTitles(report.suites)) console.log(`flaky, so failed: ${title}`)
    const failures = unexpected + flaky
    return { passed: expected, failed: failures + (code !== 0 && failures === 0 ? 1 : 0) }
  })
}

console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
