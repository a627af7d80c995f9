// The perl of the lab: print, sleep, exit and a real π.

import { describe, expect, test } from 'vitest'
import { lines, runTo, start, state } from '../helpers.ts'

describe('perl', () => {
  test('computes π to 2,000 digits in about four seconds', () => {
    const process = runTo(
      start({ image: 'perl', command: ['perl', '-Mbignum=bpi', '-wle', 'print bpi(2000)'] }),
    )
    expect(state(process)).toBe('0@4')
    const [line] = process.log
    expect(line?.text).toHaveLength(2001)
    expect(line?.text.slice(0, 22)).toBe('3.14159265358979323846')
  })

  test.each([
    ['print bpi(10)', ['0.2 3.141592654'], 0],
    ['print "hello ", 1 + 2', ['0 hello 3'], 0],
    ['sleep 2; print "x"; exit 4', ['2 x'], 4],
    ['print $ENV{HOME}', ['0 /root'], 0],
    ['die "no"', ['0! no: died at -e line 1.'], 255],
  ])('%s', (program, log, code) => {
    const process = runTo(
      start({ image: 'perl', command: ['perl', '-Mbignum=bpi', '-le', program] }),
    )
    expect({ log: lines(process), code: process.exited?.code }).toEqual({ log, code })
  })
})
