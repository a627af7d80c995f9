// The terminal's shell as the page's worker has it: commands of several lines, what it says, what a
// line leaves for the next.
import { describe, expect, it } from 'vitest'
import { HOME, plainCall, type ProgramCall } from '../../src/worker/program-call.ts'
import type { ShellState } from '../../src/worker/shell-messages.ts'
import { createShell, type Shell } from '../../src/worker/shell.ts'

const FRESH: ShellState = { cwd: HOME, env: {} }

function shellWith(calls: ProgramCall[] = []): Shell {
  return createShell((call) => {
    calls.push(call)
    return Promise.resolve(0)
  })
}

async function said(shell: Shell, line: string, state = FRESH) {
  let text = ''
  const hear = (part: string): void => void (text += part)
  const left = await shell.exec(line, state, { stdout: hear, stderr: hear })
  return { ...left, text }
}

describe('the shell', () => {
  it('hands a here document to the program that reads it', async () => {
    const calls: ProgramCall[] = []
    const line = 'cat <<EOF | kubectl apply -f -\nkind: Job\n  a: "b"\nEOF'
    await said(shellWith(calls), line)
    expect(calls.map(({ argv, stdin }) => [argv, stdin])).toEqual([
      [['apply', '-f', '-'], 'kind: Job\n  a: "b"\n'],
    ])
  })

  it('runs a loop that was typed over several lines', async () => {
    expect((await said(shellWith(), 'for i in 1 2\ndo echo $i\ndone')).text).toBe('1\n2\n')
  })

  it('words a syntax error as bash does', async () => {
    const { text } = await said(shellWith(), '| grep x')
    expect(text).toBe("bash: syntax error near unexpected token `|'\n")
  })

  it('leaves folder and variables to the next line, also in another shell', async () => {
    const first = await said(shellWith(), 'mkdir -p jobs && cd jobs && name=pi')
    expect(first.state.cwd).toBe(`${HOME}/jobs`)
    const other = shellWith()
    await other.mirror({ 'jobs/a.yaml': 'kind: Job\n' })
    const second = await said(other, 'echo $name; cat a.yaml', first.state)
    expect(second.text).toBe('pi\nkind: Job\n')
  })
})

describe('a call of a program', () => {
  const files = { 'a.yaml': 'A', 'jobs/b.yaml': 'B' }

  it('sees the same files whether a shell makes it or none', async () => {
    const calls: ProgramCall[] = []
    const shell = shellWith(calls)
    await shell.mirror(files)
    for (const cwd of [HOME, `${HOME}/jobs`, '/tmp']) {
      await said(shell, 'k apply -f b.yaml | cat', { cwd, env: {} })
      const { stdin: _stdin, line: _line, ...byShell } = calls.pop()!
      const plain = plainCall('k apply -f b.yaml', files, cwd)
      expect(plain).toMatchObject(byShell)
    }
  })

  it('names files from the folder it is made in', () => {
    const call = plainCall('kubectl apply -f b.yaml', files, `${HOME}/jobs`)
    expect(call?.files).toEqual({ 'b.yaml': 'B', '../a.yaml': 'A' })
    expect(plainCall('kubectl get pods', files, '/tmp')?.files).toEqual({
      '../home/alex/a.yaml': 'A',
      '../home/alex/jobs/b.yaml': 'B',
    })
  })

  it('is no line that only a shell can run', () => {
    for (const line of ['ls', 'kubectl get pods | wc -l', 'kubectl get $x', 'a=1 kubectl get po'])
      expect(plainCall(line, files, HOME)).toBeUndefined()
  })
})
