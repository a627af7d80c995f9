// `busybox.txt` holds scripts with what BusyBox 1.35's own shell and tools wrote and their exit
// codes: script, `%% code`, output, `%%`. A backslash ends an output without a last newline.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { logText } from '../../../src/sim/images/process.ts'
import { runTo, start } from './helpers.ts'

interface Sample {
  script: string
  code: number
  output: string
}

function readSamples(): Sample[] {
  const text = readFileSync(new URL('busybox.txt', import.meta.url), 'utf8')
  const samples: Sample[] = []
  for (const block of text.split(/^%%\n/m)) {
    const [, script = '', code = '', output = ''] = /^([^]*?)\n%% (\d+)\n([^]*)$/.exec(block) ?? []
    if (script !== '')
      samples.push({ script, code: Number(code), output: output.replace(/\\\n$/, '') })
  }
  return samples
}

const samples = readSamples()

describe('the shell answers as BusyBox does', () => {
  test('there are samples', () => {
    expect(samples.length).toBeGreaterThan(200)
  })
  test.each(samples)('$script', ({ script, code, output }) => {
    const process = runTo(start({ command: ['/bin/sh', '-c', `exec 2>&1\n${script}`] }))
    expect({ output: logText(process.log), code: process.exited?.code }).toEqual({ output, code })
  })
})
