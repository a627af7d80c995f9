// The lab's images: names, what is there, and what is said about the others.

import { describe, expect, test } from 'vitest'
import { CATALOGUE } from '../../src/container/catalogue.ts'
import { startProcess } from '../../src/container/process.ts'
import {
  invalidReference,
  normaliseReference,
  parseReference,
} from '../../src/container/reference.ts'
import { findImage, pullError } from '../../src/container/registry.ts'
import { lines, options, runTo, start, state } from './helpers.ts'

describe('references', () => {
  test.each([
    ['perl', 'docker.io/library/perl:latest'],
    ['perl:5.34.0', 'docker.io/library/perl:5.34.0'],
    ['fluent/fluentd', 'docker.io/fluent/fluentd:latest'],
    ['quay.io/a/b:v1', 'quay.io/a/b:v1'],
    ['localhost:5000/x', 'localhost:5000/x:latest'],
    ['index.docker.io/library/busybox', 'docker.io/library/busybox:latest'],
    [`busybox@sha256:${'a'.repeat(64)}`, `docker.io/library/busybox@sha256:${'a'.repeat(64)}`],
  ])('%s means %s', (text, name) => {
    expect(normaliseReference(text)).toBe(name)
  })

  test.each([
    ['busy box', 'invalid reference format'],
    ['Busybox', 'invalid reference format: repository name (library/Busybox) must be lowercase'],
    ['busybox:', 'invalid reference format'],
    [':v1', 'invalid reference format'],
    ['a/', 'invalid reference format'],
    ['a:b:c', 'invalid reference format'],
    ['-a', 'invalid reference format'],
    ['', 'invalid reference format'],
    [
      'a'.repeat(64),
      `invalid repository name (${'a'.repeat(64)}), cannot specify 64-byte hexadecimal strings`,
    ],
  ])('%j is refused', (text, error) => {
    expect(parseReference(text)).toEqual({ error })
    expect(invalidReference(text)).toBe(
      `Failed to apply default image tag ${JSON.stringify(text)}: ` +
        `couldn't parse image name ${JSON.stringify(text)}: ${error}`,
    )
  })

  test('a valid reference has no complaint', () => {
    expect(invalidReference('busybox:1.36')).toBeUndefined()
  })
})

describe('the registry', () => {
  test('tells sizes and digests of the recordings', () => {
    const perl = findImage('perl')
    expect(perl?.sizeBytes).toBe(374_126_592)
    expect(perl?.imageId).toBe(
      'docker.io/library/perl@sha256:b1640929ddd6863f43f572e4a44d48615bead3a12452b1b890acba85d1c1affa',
    )
    expect(findImage('agent:v1')?.digest).not.toBe(findImage('agent:v2')?.digest)
  })

  test.each([
    'busybox',
    'busybox:1.36',
    'perl:5.34.0',
    'nginx:1.27-alpine',
    'registry.k8s.io/pause:3.10',
  ])('%s is there', (name) => {
    const image = findImage(name)
    expect(image?.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(image).toEqual(findImage(name))
  })

  test.each(['nonexistent/image:v9', 'agent:v3', 'agent', 'busybox:latst', 'busy box'])(
    '%s is not',
    (name) => {
      expect(findImage(name)).toBeUndefined()
    },
  )

  test('a session can declare further names, in any spelling', () => {
    expect(findImage('team/tool:v7', ['docker.io/team/tool:v7'])?.imageId).toMatch(
      /^docker\.io\/team\/tool@sha256:[0-9a-f]{64}$/,
    )
    expect(findImage('agent:v3', ['agent:v3'])?.name).toBe('docker.io/library/agent:v3')
  })

  test('a missing repository is told in containerd’s words', () => {
    expect(pullError('nonexistent/image:v9')).toBe(
      'rpc error: code = NotFound desc = failed to pull and unpack image ' +
        '"docker.io/nonexistent/image:v9": failed to resolve image: pull access denied, ' +
        'repository does not exist or may require authorization: server message: ' +
        'insufficient_scope: authorization failed',
    )
    expect(pullError('busybox:latst')).toContain('docker.io/library/busybox:latst: not found')
  })
})

describe('starting', () => {
  test.each(CATALOGUE.map((image) => image.repository))('%s runs its own program', (repository) => {
    const tag = repository.endsWith('/agent') ? ':v1' : ''
    const process = runTo(start({ image: repository + tag }))
    expect(['running', '0@0']).toContain(state(process))
  })

  test.each([
    [['no-such-program'], 'exec: "no-such-program": executable file not found in $PATH'],
    [['/nope'], 'exec: "/nope": stat /nope: no such file or directory'],
    [['/etc/passwd'], 'exec: "/etc/passwd": permission denied'],
    [['/tmp'], 'exec: "/tmp": permission denied'],
  ])('%j cannot be started', (command, error) => {
    expect(startProcess(options({ command }))).toEqual({ error })
  })

  test('an image without tools has no shell', () => {
    expect(startProcess(options({ image: 'hello-world', command: ['sh'] }))).toEqual({
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
