// Sessions at the prompt as text files: each prompt line is typed again, and the whole file must
// come out as it was. `vitest -u` rewrites the files; read what it wrote.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openPrompt, withoutChance } from '../helpers.ts'

const FOLDER = join(import.meta.dirname, 'golden')

interface Golden {
  title: string
  /** Everything before the first prompt, as it stands. */
  head: string
  files: Record<string, string>
  prompts: string[]
}

/** `# title`, then files after `--- NAME` up to `---`, then `$ line` and what it printed. */
function readGolden(text: string): Golden {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => line.startsWith('$ '))
  const files: Record<string, string> = {}
  let name = ''
  for (const line of lines.slice(1, first)) {
    if (line.startsWith('---')) name = line.slice(3).trim()
    else if (name !== '') files[name] = `${files[name] ?? ''}${line}\n`
  }
  return {
    title: lines[0]!.slice(2),
    head: lines.slice(0, first).join('\n'),
    files,
    prompts: lines.filter((line) => line.startsWith('$ ')).map((line) => line.slice(2)),
  }
}

/** The line as typed, and how long it runs: `kubectl get pods -w  # for 5s`. */
function readPrompt(prompt: string): { line: string; forSeconds?: number } {
  const match = /^(.*?)\s+# for (\d+)s$/.exec(prompt)
  return match === null ? { line: prompt } : { line: match[1]!, forSeconds: Number(match[2]) }
}

function transcript({ head, files, prompts }: Golden): string {
  const { run } = openPrompt(files)
  let text = `${head}\n`
  for (const prompt of prompts) {
    const { line, forSeconds } = readPrompt(prompt)
    const { stdout, stderr, exit } = run(line, forSeconds)
    const error = stderr.replace(/^(?=.)/gm, '! ')
    const ended = exit === 0 ? '' : `[exit ${exit}]\n`
    text += `$ ${prompt}\n${stdout}${stdout === '' || stdout.endsWith('\n') ? '' : '⏎\n'}`
    text += withoutChance(`${error}${ended}`)
  }
  return withoutChance(text)
}

describe('golden sessions', () => {
  for (const file of readdirSync(FOLDER).sort()) {
    const path = join(FOLDER, file)
    const golden = readGolden(readFileSync(path, 'utf8'))
    test(golden.title, async () => {
      await expect(transcript(golden)).toMatchFileSnapshot(path)
    })
  }
})
