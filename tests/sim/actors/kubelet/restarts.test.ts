import { describe, expect, test } from 'vitest'
import { containerLog } from '../../../../src/sim/kubelets.ts'
import { kubeletLab, script } from './lab.ts'

const always = { restartPolicy: 'Always' } as const

describe('[KUBELET-3] restarts', () => {
  test('the first restart is immediate, the next waits ten seconds and shows it', () => {
    const lab = kubeletLab()
    lab.create('crash', script('sleep 1; exit 2'), always)
    lab.run(12)
    expect(lab.status('crash').restartCount).toBe(1)
    lab.run(13)
    expect(lab.story('crash')).toBe(
      'Pending → Pending ContainerCreating → Running running → Running exit 2 → ' +
        'Running running r1 → Running exit 2 r1 → Running CrashLoopBackOff r1 → ' +
        'Running running r2 → Running exit 2 r2',
    )
    const uid = lab.pod('crash')!.metadata.uid
    expect(lab.events('crash')).toContain(
      `BackOff: Back-off restarting failed container main in pod crash_default(${uid}) (x2)`,
    )
  })

  test('the delay doubles up to five minutes', () => {
    const lab = kubeletLab()
    lab.create('crash', script('sleep 1; exit 2'), always)
    const starts: number[] = []
    for (let second = 0, seen = -1; second < 3600; second++) {
      lab.run(1)
      const { restartCount } = lab.status('crash')
      if (restartCount !== seen) starts.push(second)
      seen = restartCount
    }
    const gaps = starts.slice(1).map((at, i) => at - starts[i]!)
    const delays = [0, 10, 20, 40, 80, 160, 300, 300]
    for (const [i, delay] of delays.entries()) {
      expect(gaps[i]).toBeGreaterThanOrEqual(delay)
      expect(gaps[i]).toBeLessThan(delay * 1.5 + 30)
    }
  })

  test('a container that ran for ten minutes starts again at once', () => {
    const lab = kubeletLab()
    lab.create('long', script('sleep 700; exit 1'), always)
    lab.run(3 * 710)
    expect(lab.status('long').restartCount).toBe(3)
    expect(lab.events('long').some((text) => text.startsWith('BackOff'))).toBe(false)
  })

  test('OnFailure restarts failures only', () => {
    const lab = kubeletLab()
    lab.create('fails', script('exit 1'), { restartPolicy: 'OnFailure' })
    lab.create('works', script('exit 0'), { restartPolicy: 'OnFailure' })
    lab.run(9)
    expect(lab.status('fails').restartCount).toBe(1)
    expect(lab.pod('fails')!.status.phase).toBe('Running')
    expect(lab.pod('works')!.status.phase).toBe('Succeeded')
  })

  test('the status keeps the run before, and its log while the present one runs', () => {
    const lab = kubeletLab()
    lab.create('crash', script('echo hello; sleep 3; exit 2'), always)
    lab.run(8)
    const { lastState, state } = lab.status('crash')
    expect(state.running).toBeDefined()
    expect(lastState.terminated).toMatchObject({ exitCode: 2, reason: 'Error' })
    const lines = containerLog(lab.world, lab.pod('crash')!, 'main', { previous: true })
    expect(lines.map(({ text }) => text)).toEqual(['hello'])
  })

  test('a program that is not there fails to start with code 128', () => {
    const lab = kubeletLab()
    lab.create('bad', { command: ['no-such-program'] })
    lab.run(6)
    expect(lab.status('bad').state.terminated).toMatchObject({
      exitCode: 128,
      reason: 'StartError',
    })
    expect(lab.pod('bad')!.status.phase).toBe('Failed')
    expect(lab.events('bad').at(-1)).toBe(
      'Failed: Error: failed to create containerd task: failed to create shim task: OCI runtime ' +
        'create failed: runc create failed: unable to start container process: error during ' +
        'container init: exec: "no-such-program": executable file not found in $PATH',
    )
  })

  test('a program that is not there and is restarted shows RunContainerError, then backs off', () => {
    const lab = kubeletLab()
    lab.create('bad', { command: ['no-such-program'] }, always)
    lab.run(3.5)
    expect(lab.story('bad')).toContain('RunContainerError')
    lab.run(30)
    expect(lab.story('bad')).toContain('CrashLoopBackOff')
  })
})

describe('[KUBELET-4] images that cannot be had', () => {
  test('a missing image is tried again with back-off', () => {
    const lab = kubeletLab()
    lab.create('a', { image: 'nonexistent/image:v9' })
    lab.run(60)
    expect(lab.story('a')).toMatch(
      /^Pending → Pending ContainerCreating( → Pending ErrImagePull → Pending ImagePullBackOff)+/,
    )
    const error =
      'rpc error: code = NotFound desc = failed to pull and unpack image ' +
      '"docker.io/nonexistent/image:v9": failed to resolve image: pull access denied, repository ' +
      'does not exist or may require authorization: server message: insufficient_scope: ' +
      'authorization failed'
    expect(lab.events('a').map((text) => text.replace(/ \(x\d\)$/, ''))).toEqual([
      'Pulling: Pulling image "nonexistent/image:v9"',
      `Failed: Failed to pull image "nonexistent/image:v9": ${error}`,
      'Failed: Error: ErrImagePull',
      'BackOff: Back-off pulling image "nonexistent/image:v9"',
      'Failed: Error: ImagePullBackOff',
    ])
    expect(lab.pod('a')!.status.phase).toBe('Pending')
  })

  test('Never does not pull, and a bad name is not even tried', () => {
    const lab = kubeletLab()
    lab.create('never', { image: 'busybox', imagePullPolicy: 'Never' })
    lab.create('bad', { image: 'Not/An/Image' })
    lab.run(5)
    expect(lab.status('never').state.waiting).toEqual({
      reason: 'ErrImageNeverPull',
      message: 'Container image "busybox" is not present with pull policy of Never',
    })
    expect(lab.status('bad').state.waiting?.reason).toBe('InvalidImageName')
    expect(lab.events('bad').at(-1)).toMatch(/^Failed: Error: InvalidImageName/)
  })
})
