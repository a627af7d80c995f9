// `npm run bench`: how fast the simulation is. Every number is put beside something measured in the
// same run, because machines differ; nothing here is a test.
import { readFileSync } from 'node:fs'
import { forkRng, randomInt } from '../base/rng.ts'
import { addMs, DAY_MS, parseTime, simTimeOf } from '../base/time.ts'
import { ACTORS } from '../sim/actors/index.ts'
import { clusterConfig } from '../sim/cluster.ts'
import { createQueue, enqueue, popTask } from '../sim/queue.ts'
import { listObjects } from '../sim/store.ts'
import { nextTaskAt, step } from '../sim/world.ts'
import { PROGRAMS } from '../kubectl/programs/index.ts'
import { createLab, exec, type Lab } from '../story/lab.ts'

const RUNS = 3
const MANIFEST = 'daily-report-cronjob.yaml'

function main(): void {
  const queue = best(benchQueue)
  const day = best(benchDay)
  const taskRate = day.tasks / day.seconds
  console.log(`a day of the tutorial's CronJob   ${day.seconds.toFixed(2)} s`)
  console.log(`  times real time                 ${times(86_400 / day.seconds)}`)
  console.log(`  runs                            ${day.runs}`)
  console.log(`  tasks                           ${day.tasks} (${times(taskRate)} a second)`)
  console.log(`  microseconds a task             ${((day.seconds / day.tasks) * 1e6).toFixed(1)}`)
  console.log(`the bare queue, push and pop      ${times(queue.rate)} a second`)
  console.log(`  tasks to queue operations       1 : ${(queue.rate / taskRate).toFixed(1)}`)
  console.log(`heap after the day                ${(day.heapBytes / 1e6).toFixed(1)} MB`)
}

interface Timed {
  seconds: number
}

/** The fastest of a few runs: what the machine can do when nothing disturbs it. */
function best<T extends Timed>(run: () => T): T {
  const runs = Array.from({ length: RUNS }, run)
  return runs.reduce((a, b) => (a.seconds <= b.seconds ? a : b))
}

/** The hold model: 10,000 pending tasks, each popped and pushed again later. */
function benchQueue(): Timed & { rate: number } {
  const operations = 200_000
  const rng = forkRng(1, 'bench')
  const queue = createQueue()
  for (let i = 0; i < 10_000; i++)
    enqueue(queue, 'bench', String(i), simTimeOf(randomInt(rng, 60_000)), [])
  const begin = performance.now()
  for (let i = 0; i < operations; i++) {
    const task = popTask(queue)!
    enqueue(queue, task.actor, task.key, addMs(task.at, 1 + randomInt(rng, 60_000)), [])
  }
  const seconds = (performance.now() - begin) / 1000
  return { seconds, rate: operations / seconds }
}

function benchDay(): Timed & { tasks: number; runs: number; heapBytes: number } {
  const start = parseTime('2026-03-02T09:00:00Z')
  const lab = createLab({ start, seed: 1, cluster: clusterConfig({}) })
  apply(lab, MANIFEST, readFileSync(`src/story/manifests/${MANIFEST}`, 'utf8'))
  const end = addMs(start, DAY_MS)
  const begin = performance.now()
  let tasks = 0
  for (;;) {
    const at = nextTaskAt(lab.world)
    if (at === undefined || at > end) break
    step(lab.world, ACTORS)
    tasks++
  }
  const seconds = (performance.now() - begin) / 1000
  const jobs = listObjects(lab.world.store, 'Job').map(({ metadata }) => metadata.name)
  const minutes = jobs.map((name) => Number(name.split('-').at(-1)))
  const runs = Math.max(0, ...minutes) - Math.floor(start / 60_000)
  return { seconds, tasks, runs, heapBytes: process.memoryUsage().heapUsed }
}

function apply(lab: Lab, name: string, text: string): void {
  const output = {
    stdout: () => undefined,
    stderr: (message: string) => {
      throw new Error(message)
    },
  }
  const argv = ['apply', '-f', name]
  const line = `kubectl ${argv.join(' ')}`
  exec(lab, PROGRAMS['kubectl']!, argv, line, { stdin: '', files: { [name]: text }, ...output })
}

function times(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

main()
