// A process is plain data: it can be copied at any moment, and both copies go the same way.

import { describe, expect, test } from 'vitest'
import { deepEqual } from '../../src/base/deep-equal.ts'
import {
  cloneContainer,
  closeExec,
  execInContainer,
  resumeContainer,
  sendSignal,
  type Container,
} from '../../src/container/container.ts'
import { at, lines, runTo, sh, start, state } from './helpers.ts'

const LONG = `
trap 'echo term; exit 5' TERM
work() { local n=$1; while [ $n -gt 0 ]; do echo "$n $RANDOM $(sleep 0.5; date +%s)"; n=$((n-1)); done; }
{ work 3; sleep 1; echo tail; } | while read a b c; do echo "<$a|$b|$c>"; sleep 0.3; done &
for i in $(seq 4); do sleep 0.7; echo "$i" | awk '{ print $1 * 2 }'; done
read line < /etc/hostname; echo "\${line%-*}" > /tmp/x; cat /tmp/x
wait
`

function outcome(process: Container): unknown {
  runTo(process)
  return { log: lines(process), end: state(process) }
}

describe('copies of a process', () => {
  const straight = outcome(sh(LONG))

  test('the script does something', () => {
    expect(state(runTo(sh(LONG)))).toBe('0@2.8')
  })

  test('a copy taken at any wake-up ends as the original does', () => {
    const process = sh(LONG)
    let copies = 0
    while (process.wakeAt !== undefined) {
      const copy = structuredClone(process)
      expect(copy).toEqual(process)
      expect(deepEqual(copy, process)).toBe(true)
      expect(outcome(copy)).toEqual(straight)
      const light = cloneContainer(process)
      expect(light).toEqual(process)
      expect(outcome(light)).toEqual(straight)
      resumeContainer(process, process.wakeAt)
      copies++
    }
    expect(copies).toBeGreaterThan(8)
  })

  test('changing a copy leaves the original as it was', () => {
    const process = runTo(sh(LONG), 1)
    const before = structuredClone(process)
    const copy = cloneContainer(process)
    sendSignal(copy, 'KILL', at(1))
    runTo(cloneContainer(process))
    expect(process).toEqual(before)
  })

  test('a copy can take another way', () => {
    const process = runTo(sh(LONG), 1)
    const copy = cloneContainer(process)
    sendSignal(copy, 'TERM', at(1))
    runTo(copy)
    expect(state(copy)).toBe('5@1.4')
    expect(outcome(process)).toEqual(straight)
  })

  test('state survives JSON, so it can be sent and kept', () => {
    const process = runTo(sh(LONG), 1)
    expect(outcome(JSON.parse(JSON.stringify(process)) as Container)).toEqual(straight)
  })
})

describe('chance', () => {
  test('equal seeds give equal output, other seeds and attempts another', () => {
    const draw = (seed: number, attempt: number): string[] =>
      lines(sh('echo $RANDOM $RANDOM; mktemp -u; seq 9 | shuf', { seed, attempt }))
    expect(draw(1, 0)).toEqual(draw(1, 0))
    expect(draw(1, 0)).not.toEqual(draw(2, 0))
    expect(draw(1, 0)).not.toEqual(draw(1, 1))
  })
})

describe('what a container starts with', () => {
  test('environment, arguments, directory, host name and mounted files', () => {
    const process = start({
      command: ['sh', '-c', 'echo $A $0 $1; pwd; hostname; cat /etc/cfg/key; echo $HOME $PATH'],
      args: ['zero', 'one'],
      env: { A: 'env' },
      workingDir: '/data/in',
      files: { '/etc/cfg/key': 'value\n' },
    })
    expect(lines(process)).toEqual([
      '0 env zero one',
      '0 /data/in',
      '0 pod-1',
      '0 value',
      '0 /root /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    ])
  })

  test('a termination message can be written', () => {
    const process = sh('echo because > /dev/termination-log; exit 1')
    expect(process.files['/dev/termination-log']?.text).toBe('because\n')
  })
})

describe('a command run beside the container', () => {
  test('sees its files and processes, and its output is its own', () => {
    const process = runTo(sh('echo hi > /tmp/f; sleep 100; echo end'), 3)
    const result = execInContainer(
      process,
      ['sh', '-c', 'cat /tmp/f; ps | grep -c "[s]leep 100$"; exit 3'],
      at(3),
    )
    if ('error' in result) throw new Error(result.error)
    const session = closeExec(process, result.exec)
    expect(session?.output.map((line) => line.text)).toEqual(['hi', '1'])
    expect(session?.exitCode).toBe(3)
    expect(process.log).toEqual([])
    expect(state(runTo(process))).toBe('0@100')
  })

  test('takes its time and can be given up', () => {
    const process = runTo(sh('sleep 100'), 3)
    const result = execInContainer(process, ['sleep', '5'], at(3))
    if ('error' in result) throw new Error(result.error)
    runTo(process, 7)
    expect(process.execs[result.exec]?.exitCode).toBeUndefined()
    runTo(process, 8.001)
    expect(process.execs[result.exec]?.exitCode).toBe(0)
    expect(closeExec(process, result.exec)?.exitCode).toBe(0)
    expect(execInContainer(process, ['nope'], at(9))).toEqual({
      error: 'exec: "nope": executable file not found in $PATH',
    })
  })
})
