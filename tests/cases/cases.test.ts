// Small inputs of the kind that real people bring, replayed: what a real cluster does with each is
// known, and what is said of it here is what matters of that.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { replaySession, type Recording } from '../../src/headless/replay-session.ts'

/** What each step of a case printed, both streams together. */
async function printed(name: string): Promise<readonly string[]> {
  const text = readFileSync(join(import.meta.dirname, `${name}.json`), 'utf8')
  const { steps } = await replaySession(JSON.parse(text) as Recording)
  return steps.map(({ stdout = '', stderr = '' }) => stdout + stderr)
}

test('[KUBELET-19] who must not be root is not started as root, and others run as they say', async () => {
  const [, pods, events, user] = await printed('06-run-as-non-root')
  expect(pods).toMatch(/nonroot-\w+ +0\/1 +CreateContainerConfigError/)
  expect(events).toContain('container has runAsNonRoot and image will run as root (pod: "nonroot-')
  expect(user).toBe('uid=1000 gid=3000 groups=3000\n')
})

test('[KUBELET-20] the images that people use are there, but for one that is gone', async () => {
  const [, pods = '', failures] = await printed('10-images')
  const missing = pods.split('\n').filter((line) => /ErrImagePull|ImagePullBackOff/.test(line))
  expect(missing).toHaveLength(1)
  expect(failures).toContain('docker.io/bitnami/kubectl:1.29.2: not found')
})

test('[API-15] a Pod of a RuntimeClass that does not exist is refused', async () => {
  const [, , events] = await printed('33-runtime-class')
  expect(events).toMatch(
    /pods "sandboxed-.*" is forbidden: pod rejected: RuntimeClass "gvisor" not/,
  )
})

test('[SCHED-11] by anti-affinity each node takes one Pod of a kind, the others wait', async () => {
  const [, pods = '', events] = await printed('34-anti-affinity')
  expect(pods.match(/ Running /g)).toHaveLength(3)
  expect(pods.match(/ Pending /g)).toHaveLength(2)
  expect(events).toContain("3 node(s) didn't match pod anti-affinity rules")
})
