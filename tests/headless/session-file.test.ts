// Sessions that people write: YAML says the same as JSON, and a slip is found by its line.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dump } from 'js-yaml'
import { afterAll, expect, test } from 'vitest'
import { replaySession } from '../../src/headless/replay-session.ts'
import { readSessionFile } from '../../src/headless/session-file.ts'

const FOLDER = mkdtempSync(join(tmpdir(), 'sessions-'))
const RECORDING = join(import.meta.dirname, '../reference/j-create.json')

function written(name: string, text: string): string {
  const path = join(FOLDER, name)
  writeFileSync(path, text)
  return path
}

afterAll(() => rmSync(FOLDER, { recursive: true }))

test('a recording written as YAML is the same session', () => {
  const recording: unknown = JSON.parse(readFileSync(RECORDING, 'utf8'))
  expect(readSessionFile(written('a.yaml', dump(recording)))).toEqual(readSessionFile(RECORDING))
})

test('a session that a person writes is replayed', async () => {
  const text = `start: 2026-03-02T10:00:00Z
files:
  job.yaml: |
    apiVersion: batch/v1
    kind: Job
    metadata: {name: hello}
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: main, image: busybox, command: [echo, hello]}]
steps:
- {at: 0, run: kubectl apply -f job.yaml}
- {at: 20, run: kubectl logs job/hello}
`
  const { steps } = await replaySession(readSessionFile(written('b.yml', text)))
  expect(steps.map(({ stdout }) => stdout)).toEqual(['job.batch/hello created\n', 'hello\n'])
})

test('a slip in the YAML is named with its file and line', () => {
  const path = written('c.yaml', 'start: "2026-03-02T10:00:00Z"\nsteps:\n- {at: 0, run: x\n')
  expect(() => readSessionFile(path)).toThrow(/c\.yaml" \(4:1\)/)
})

test('a file that is no session is refused in words', () => {
  expect(() => readSessionFile(written('d.yaml', 'kind: Pod\n'))).toThrow(
    /needs start .* and steps/,
  )
})

test('a step that is none is named', () => {
  const file = written('e.yaml', "start: '2026-03-02T09:00:00Z'\nsteps: [{at: 1, run: 5}]\n")
  expect(() => readSessionFile(file)).toThrow(/steps\[0\]\.run is not a command/)
})
