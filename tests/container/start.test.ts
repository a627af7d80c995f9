// Starting a container: its command line, and what cannot be started.

import { describe, expect, test } from 'vitest'
import { launchContainer } from '../../src/container/container.ts'
import { lines, options, start, state } from './helpers.ts'

describe('starting', () => {
  test.each([
    [['no-such-program'], 'exec: "no-such-program": executable file not found in $PATH'],
    [['/nope'], 'exec: "/nope": stat /nope: no such file or directory'],
    [['/etc/passwd'], 'exec: "/etc/passwd": permission denied'],
    [['/tmp'], 'exec: "/tmp": permission denied'],
  ])('%j cannot be started', (command, error) => {
    expect(launchContainer(options({ command }))).toEqual({ error })
  })

  test('an image without tools has no shell', () => {
    expect(launchContainer(options({ image: 'hello-world', command: ['sh'] }))).toEqual({
      error: 'exec: "sh": executable file not found in $PATH',
    })
    expect(lines(start({ image: 'hello-world' }))[1]).toBe('0 Hello from Docker!')
  })

  test('a shell without a script ends at once, as without a terminal', () => {
    expect(state(start())).toBe('0@0')
    expect(state(start({ image: 'debian' }))).toBe('0@0')
  })

  test('arguments replace the image’s command and keep its entrypoint', () => {
    expect(lines(start({ args: ['echo', 'hi'] }))).toEqual(['0 hi'])
    const nginx = start({ image: 'nginx', args: ['sh', '-c', 'echo $0; nosuch'] })
    expect(lines(nginx)).toEqual(['0 sh', '0! sh: 1: nosuch: not found'])
  })
})
