// The lab's images: names, what is there, and what is said about the others.

import { describe, expect, test } from 'vitest'
import { CATALOGUE } from '../../../src/sim/images/catalogue.ts'
import {
  invalidReference,
  normaliseReference,
  parseReference,
} from '../../../src/sim/images/reference.ts'
import { findImage, pullError } from '../../../src/sim/images/registry.ts'
import { runTo, start, state } from '../../container/helpers.ts'

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
  test('has the sizes and digests of the recordings', () => {
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

  test('a missing repository is reported in containerd’s words', () => {
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
})

describe('public registries', () => {
  test.each(['node:20', 'debian:bookworm-slim', 'ghcr.io/org/app:v1', 'grafana/agent:latest'])(
    '%s is there',
    (name) => {
      expect(findImage(name)).toBeDefined()
    },
  )

  test.each([
    ['ngnix', 'pull access denied'],
    ['grafna/loki:3', 'pull access denied'],
    ['node:latset', 'docker.io/library/node:latset: not found'],
    ['registry.example/app:v1', 'lookup registry.example: no such host'],
    ['localhost:5000/app', 'dial tcp 127.0.0.1:5000: connect: connection refused'],
    ['1.dkr.ecr.us-east-1.amazonaws.com/app:v1', '401 Unauthorized'],
  ])('%s is not: %s', (name, words) => {
    expect(findImage(name)).toBeUndefined()
    expect(pullError(name)).toContain(words)
  })
})
