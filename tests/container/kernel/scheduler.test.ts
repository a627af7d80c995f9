// Virtual time: when lines are written, when sleeping ends, what signals change.

import { describe, expect, test } from 'vitest'
import { sendSignal } from '../../../src/container/container.ts'
import { at, lines, runTo, sh, start, state } from '../helpers.ts'

describe('a script takes the time it sleeps', () => {
  const table: [script: string, log: string[], end: string][] = [
    [
      'date; echo "Generating daily report..."',
      ['0 Mon Nov 23 09:20:26 UTC 2026', '0 Generating daily report...'],
      '0@0',
    ],
    ['echo boom; sleep 1; exit 3', ['0 boom'], '3@1'],
    ['sleep 1.5; date +%T', ['1.5 09:20:27'], '0@1.5'],
    ['sleep 1m 2; echo x', ['62 x'], '0@62'],
    ['for i in 1 2 3; do sleep 2; echo $i; done', ['2 1', '4 2', '6 3'], '0@6'],
    ['echo -n a; sleep 3; echo b', ['3 ab'], '0@3'],
    ['printf "no newline"', ['0 no newline…'], '0@0'],
    ['echo out; echo err >&2; echo out', ['0 out', '0! err', '0 out'], '0@0'],
    ['x=$(sleep 2; echo hi); echo $x', ['2 hi'], '0@2'],
    ['sleep 5 & sleep 1; echo fg', ['1 fg'], '0@1'],
    ['sleep 2 & sleep 3 & wait; echo both', ['3 both'], '0@3'],
    ['(sleep 1; echo bg) & echo fg; wait', ['0 fg', '1 bg'], '0@1'],
    ['{ echo a; sleep 2; echo b; } | cat', ['0 a', '2 b'], '0@2'],
    ['while :; do echo x; sleep 1; done | head -n 3', ['0 x', '1 x', '2 x'], '0@3'],
    [
      'while :; do echo $(date +%s); sleep 1; done | while read s; do echo $((s % 60)); [ $s -ge 1795425628 ] && exit 4; done',
      ['0 26', '1 27', '2 28'],
      '4@3',
    ],
    ['timeout 2 sleep 10; echo $?', ['2! Terminated', '2 143'], '0@2'],
    ['timeout -s KILL 2 sleep 10; echo $?', ['2! Killed', '2 137'], '0@2'],
    ['(sleep 1; kill $$) & trap "echo got" TERM; sleep 3; echo end', ['3 got', '3 end'], '0@3'],
    ['sleep 10 & p=$!; sleep 1; kill $p; wait $p; echo $?', ['1! Terminated', '1 143'], '0@1'],
    ['sleep 3 | (read -t 1 y; echo $?)', ['1 1'], '0@3'],
    ['trap "echo bye" EXIT; sleep 1; exit 7', ['1 bye'], '7@1'],
    ['exec sleep 2', [], '0@2'],
    [
      'until [ -f /tmp/x ]; do sleep 1; done & sleep 2.5; touch /tmp/x; wait; echo seen',
      ['3 seen'],
      '0@3',
    ],
    ['time sleep 2', ['2! real\t0m 2.00s', '2! user\t0m 0.00s', '2! sys\t0m 0.00s'], '0@2'],
  ]
  test.each(table)('%s', (script, log, end) => {
    const process = runTo(sh(script))
    expect({ log: lines(process), end: state(process) }).toEqual({ log, end })
  })
})

test('[KUBELET-16] each sleep takes a millisecond more, so a loop of them drifts', () => {
  const process = runTo(sh('for i in $(seq 100); do sleep 1; done'))
  expect(process.exited?.at).toBe(at(100.1))
})

describe('the first process and SIGTERM', () => {
  const table: [script: string, termAt: number, end: string][] = [
    ['sleep 600', 3, 'running'],
    ['echo x; sleep 600; echo y', 3, 'running'],
    ['trap "exit 0" TERM; while :; do sleep 1; done', 4.37, '0@5'],
    ['trap "sleep 2; exit 0" TERM; while :; do sleep 1; done', 1.67, '0@4'],
    ['trap "exit 0" TERM; sleep 6 & wait', 2.18, '0@2.18'],
    ['trap "exit 0" TERM; sleep 3600', 2, 'running'],
    ['trap "exit 3" TERM; sleep 10', 2, '3@10'],
    ['trap "" TERM; sleep 10', 2, '0@10'],
    ['trap "echo caught" TERM; sleep 5 & wait; echo $?', 2, '0@2'],
    ['trap "exit 0" TERM; while :; do :; done', 2, '0@2'],
    ['while :; do :; done', 2, 'busy'],
    ['exec sleep 600', 2, 'running'],
  ]
  test.each(table)('%s', (script, termAt, end) => {
    const process = runTo(sh(script), termAt)
    sendSignal(process, 'TERM', at(termAt))
    runTo(process, 20)
    expect(state(process)).toBe(end)
  })

  test('KILL ends everything at once with 137', () => {
    const process = runTo(sh('trap "" TERM; sleep 50 & sleep 100'), 5)
    sendSignal(process, 'KILL', at(5))
    expect(state(process)).toBe('137@5')
    expect(process.wakeAt).toBeUndefined()
    expect(process.procs).toEqual([])
  })

  test('a signal after the end changes nothing', () => {
    const process = runTo(sh('exit 4'))
    sendSignal(process, 'KILL', at(9))
    expect(state(process)).toBe('4@0')
  })

  test('a trap on another signal runs and the script continues', () => {
    const process = runTo(sh('trap "echo hup" HUP; sleep 2; echo end'), 1)
    sendSignal(process, 'HUP', at(1))
    runTo(process)
    expect(lines(process)).toEqual(['2 hup', '2 end'])
  })

  test('a server says good-bye, and then its log is complete', () => {
    const process = runTo(start({ image: 'nginx' }), 100)
    sendSignal(process, 'TERM', at(100))
    expect(lines(process).at(-1)).toBe('100! 2026/11/23 09:22:06 [notice] 1#1: exit')
  })

  test('agents of the lab are silent, as the recorded ones', () => {
    const process = runTo(start({ image: 'agent:v2' }), 100)
    sendSignal(process, 'TERM', at(100))
    expect(lines(process)).toEqual([])
  })

  test.each(['agent:v1', 'nginx', 'quay.io/fluentd_elasticsearch/fluentd:v2.5.2', 'redis', 'x'])(
    'the program of %s idles and ends at once with 0',
    (image) => {
      const process = runTo(start({ image }), 100)
      expect({ end: state(process), wakeAt: process.wakeAt }).toEqual({
        end: 'running',
        wakeAt: undefined,
      })
      sendSignal(process, 'TERM', at(100))
      expect(state(process)).toBe('0@100')
    },
  )
})
