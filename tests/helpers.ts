// A lab at a prompt, for tests: lines are typed, virtual time passes, output comes back as text.
import { addMs, parseTime } from '../src/base/time.ts'
import type { Program } from '../src/kubectl/process.ts'
import { PROGRAMS } from '../src/kubectl/programs/index.ts'
import { clusterConfig, type ClusterConfig } from '../src/sim/cluster.ts'
import {
  advance,
  createLab,
  exec,
  interrupt,
  nextAt,
  stepLab,
  type Lab,
} from '../src/session/lab.ts'

/** What a line printed, and how it ended. */
export interface Outcome {
  stdout: string
  stderr: string
  exit: number
}

export interface Prompt {
  readonly lab: Lab
  /** Types a line and lets time pass until it has ended, or for so many seconds. */
  run(line: string, forSeconds?: number): Outcome
}

/** A Monday morning. */
const START = '2026-03-02T09:00:00Z'

/** How long a line may run when the test does not say. */
const PATIENCE_SECONDS = 600

/** A fresh cluster of the story with these files in the working folder. */
export function openPrompt(
  files: Readonly<Record<string, string>> = {},
  cluster: Partial<ClusterConfig> = {},
  programs: Readonly<Record<string, Program>> = PROGRAMS,
): Prompt {
  const lab = createLab({ start: parseTime(START), seed: 1, cluster: clusterConfig(cluster) })
  return { lab, run: (line, forSeconds) => runLine({ lab, files, programs }, line, forSeconds) }
}

interface Prompted {
  lab: Lab
  files: Readonly<Record<string, string>>
  programs: Readonly<Record<string, Program>>
}

function runLine(
  { lab, files, programs }: Prompted,
  line: string,
  forSeconds = PATIENCE_SECONDS,
): Outcome {
  const [name = '', ...argv] = wordsOf(line)
  const outcome: Outcome = { stdout: '', stderr: '', exit: 0 }
  const process = exec(lab, programs[name]!, argv, line, {
    stdin: '',
    files,
    stdout: (text) => (outcome.stdout += text),
    stderr: (text) => (outcome.stderr += text),
  })
  const end = addMs(lab.world.now, forSeconds * 1000)
  while (process.exit === undefined && (nextAt(lab) ?? Infinity) <= end) stepLab(lab)
  if (process.exit === undefined) {
    advance(lab, end)
    interrupt(lab, process.pid)
  }
  outcome.exit = process.exit ?? -1
  return outcome
}

/** The words of a line as a shell splits them: quotes group, nothing is expanded. */
function wordsOf(line: string): string[] {
  const parts = line.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? []
  return parts.map((part) => part.replace(/'([^']*)'|"([^"]*)"/g, (_all, a, b) => a ?? b))
}

/** The text with everything random replaced by as many letters, so that columns stay in place. */
export function withoutChance(text: string): string {
  return text
    .replace(
      /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g,
      'uuuuuuuu-uuuu-uuuu-uuuu-uuuuuuuuuuuu',
    )
    .replace(/-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, '-xxxxx')
    .replace(/resourceVersion: "\d+"/g, 'resourceVersion: "0"')
}
