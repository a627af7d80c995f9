// The text files beside this one hold scripts with what real shells and tools wrote and their exit
// codes: BusyBox 1.35, Debian's dash 0.5.12 and bash 5.2. A sample is the script, `%% code`, the
// output, `%%`. A backslash ends an output without a last newline.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { logText } from '../../../src/container/container.ts'
import { runTo, start } from '../helpers.ts'

interface Sample {
  script: string
  code: number
  output: string
}

function readSamples(file: string): Sample[] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8')
  const samples: Sample[] = []
  for (const block of text.split(/^%%\n/m)) {
    const [, script = '', code = '', output = ''] = /^([^]*?)\n%% (\d+)\n([^]*)$/.exec(block) ?? []
    if (script === '') continue
    samples.push({ script, code: Number(code), output: output.replace(/\\\n$/, '') })
  }
  return samples
}

describe.each([
  { name: 'BusyBox', file: 'busybox.txt', image: 'busybox', shell: '/bin/sh' },
  { name: 'dash', file: 'dash.txt', image: 'debian', shell: '/bin/sh' },
  { name: 'bash', file: 'bash.txt', image: 'debian', shell: '/bin/bash' },
])('the shell answers as $name does', ({ file, image, shell }) => {
  const samples = readSamples(file)

  test('there are samples', () => {
    expect(samples.length).toBeGreaterThan(100)
  })

  test.each(samples)('$script', ({ script, code, output }) => {
    const process = runTo(start({ image, command: [shell, '-c', `exec 2>&1\n${script}`] }))
    expect({ output: logText(process.log), code: process.exited?.code }).toEqual({ output, code })
  })
})
