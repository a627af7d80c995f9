// An example of a client: a year of CronJobs, and what became of every run.
//
//   node src/headless/api/year.mjs MANIFEST…
//
// Prints one line for each CronJob and exits with 1 if a firing was missed or a Job failed.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const YEAR_SECONDS = 365 * 24 * 3600
const SERVER = fileURLToPath(new URL('../api.mjs', import.meta.url))

async function ask(url, body) {
  const request = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const response = await fetch(url, { headers: { 'content-type': 'application/json' }, ...request })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.message)
  return answer
}

/** How many there are of each. */
function counted(values) {
  const counts = new Map()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].map(([value, count]) => `${count} ${value}`).join(', ') || 'none'
}

async function year(url, manifests) {
  for (const manifest of manifests) {
    const files = { 'manifest.yaml': readFileSync(manifest, 'utf8') }
    const line = 'kubectl apply -f manifest.yaml'
    const { exit, stderr } = await ask(`${url}/lab/exec`, { line, files })
    if (exit !== 0) throw new Error(`${manifest}: ${stderr}`)
  }
  await ask(`${url}/lab/advance`, { seconds: YEAR_SECONDS })
  const { firings, runs } = await ask(`${url}/lab/timeline`)
  for (const name of new Set(firings.map(({ cronJob }) => cronJob))) {
    const fired = firings.filter(({ cronJob }) => cronJob === name)
    const jobs = runs.filter(({ kind, owner }) => kind === 'Job' && owner?.name === name)
    const outcomes = counted(fired.map(({ outcome }) => outcome))
    console.log(`${name}: firings: ${outcomes}; Jobs: ${counted(jobs.map(({ state }) => state))}`)
  }
  const isMissed = firings.some(({ outcome }) => outcome !== 'fired')
  return isMissed || runs.some(({ kind, state }) => kind === 'Job' && state === 'failed') ? 1 : 0
}

const server = spawn(process.execPath, [SERVER], { stdio: ['ignore', 'pipe', 'inherit'] })
const first = await new Promise((resolve) => {
  createInterface(server.stdout).once('line', resolve)
})
try {
  process.exitCode = await year(JSON.parse(first).url, process.argv.slice(2))
} catch (error) {
  console.error(error.message)
  process.exitCode = 2
} finally {
  server.kill()
}
