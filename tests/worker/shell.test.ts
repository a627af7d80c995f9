// The terminal's shell as the page's worker has it: commands of several lines, and what it says.
import { describe, expect, it } from 'vitest'
import { createShell, type ProgramCall } from '../../src/worker/shell.ts'

async function said(line: string, calls: ProgramCall[] = []): Promise<string> {
  let text = ''
  const shell = createShell({}, (call) => {
    calls.push(call)
    return Promise.resolve(0)
  })
  const hear = (part: string): void => void (text += part)
  await shell.exec(line, { stdout: hear, stderr: hear })
  return text
}

describe('the shell', () => {
  it('hands a here document to the program that reads it', async () => {
    const calls: ProgramCall[] = []
    await said('cat <<EOF | kubectl apply -f -\nkind: Job\n  a: "b"\nEOF', calls)
    expect(calls.map(({ argv, stdin }) => [argv, stdin])).toEqual([
      [['apply', '-f', '-'], 'kind: Job\n  a: "b"\n'],
    ])
  })

  it('runs a loop that was typed over several lines', async () => {
    expect(await said('for i in 1 2\ndo echo $i\ndone')).toBe('1\n2\n')
  })

  it('words a syntax error as bash does', async () => {
    expect(await said('| grep x')).toBe("bash: syntax error near unexpected token `|'\n")
  })
})
