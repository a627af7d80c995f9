// The small Python of the lab.

import { describe, expect, test } from 'vitest'
import { lines, runTo, start } from '../helpers.ts'

describe('python', () => {
  const table: [program: string, log: string[], code: number][] = [
    ['print("hello", 1 + 2)', ['0 hello 3'], 0],
    ['import time; time.sleep(1.5); print("done")', ['1.5 done'], 0],
    ['import sys; sys.exit(3)', [], 3],
    ['import os; print(os.environ["NAME"], os.environ.get("X", "none"))', ['0 job none'], 0],
    ['for i in range(3): print(i, end=" ", flush=True)', ['0 0 1 2 …'], 0],
    [
      'import time\nfor i in range(1, 3):\n    for k in range(2):\n        print(f"{i}.{k}")\n    time.sleep(1)',
      ['0 1.0', '0 1.1', '1 2.0', '1 2.1'],
      0,
    ],
    ['n = 3\nwhile n > 0:\n  print(n); n -= 1\nelse_ = 1', ['0 3', '0 2', '0 1'], 0],
    [
      'for i in range(9):\n  if i == 2:\n    break\n  else:\n    continue\nprint("x" * i)',
      ['0 xx'],
      0,
    ],
    [
      'raise ValueError("bad data")',
      [
        '0! Traceback (most recent call last):',
        '0!   File "<string>", line 1, in <module>',
        '0! ValueError: bad data',
      ],
      1,
    ],
  ]
  test.each(table)('%s', (program, log, code) => {
    const process = runTo(
      start({
        image: 'python:3.12-slim',
        command: ['python', '-c', program],
        env: { NAME: 'job' },
      }),
    )
    expect({ log: lines(process), code: process.exited?.code }).toEqual({ log, code })
  })

  test('says so where it cannot follow', () => {
    const process = start({ image: 'python', command: ['python3', '-c', 'class A: pass'] })
    expect(lines(process).at(-1)).toContain('SyntaxError')
    expect(process.exited?.code).toBe(1)
  })
})
