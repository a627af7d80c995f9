import { describe, expect, test } from 'vitest'
import { kubeletLab, script } from './lab.ts'

const always = { restartPolicy: 'Always' } as const
const http = { httpGet: { path: '/', port: 80 } }
const onPort = (port: number) => ({ tcpSocket: { port } })

describe('[KUBELET-13] probes', () => {
  test('a container that answers is ready soon after its start', () => {
    const lab = kubeletLab()
    lab.create('web', { image: 'nginx', readinessProbe: { ...http, periodSeconds: 5 } }, always)
    lab.run(3)
    expect(lab.status('web')).toMatchObject({ started: true, ready: true })
  })

  test('one that does not answer stays unready and is told of', () => {
    const lab = kubeletLab()
    const readinessProbe = { ...http, periodSeconds: 5 }
    lab.create('web', { ...script('sleep 600'), readinessProbe }, always)
    lab.run(20)
    expect(lab.status('web')).toMatchObject({ started: true, ready: false })
    const ip = lab.pod('web')!.status.podIP
    expect(lab.events('web').join()).toContain(
      `Unhealthy: Readiness probe failed: Get "http://${ip}:80/": dial tcp ${ip}:80: ` +
        'connect: connection refused',
    )
    expect(lab.pod('web')!.status.conditions?.[2]).toMatchObject({
      type: 'Ready',
      status: 'False',
      message: 'containers with unready status: [main]',
    })
  })

  test('a failing liveness probe restarts the container after three failures', () => {
    const lab = kubeletLab()
    const livenessProbe = { ...onPort(9999), periodSeconds: 5, failureThreshold: 3 }
    lab.create('web', { image: 'nginx', livenessProbe }, always)
    lab.run(30)
    expect(lab.events('web').join()).toContain(
      'Killing: Container main failed liveness probe, will be restarted',
    )
    expect(lab.status('web').restartCount).toBe(1)
  })

  test('a startup probe holds the others back', () => {
    const lab = kubeletLab()
    const startupProbe = { ...http, initialDelaySeconds: 10, periodSeconds: 5 }
    const readinessProbe = { ...http, periodSeconds: 5 }
    lab.create('web', { image: 'nginx', startupProbe, readinessProbe }, always)
    lab.run(8)
    expect(lab.status('web')).toMatchObject({ started: false, ready: false })
    lab.run(12)
    expect(lab.status('web')).toMatchObject({ started: true, ready: true })
  })

  test('a command that does not exist says nothing about the container', () => {
    const lab = kubeletLab()
    const livenessProbe = { exec: { command: ['nope'] }, periodSeconds: 2, failureThreshold: 1 }
    lab.create('a', { ...script('sleep 600'), livenessProbe }, always)
    lab.run(30)
    expect(lab.status('a').restartCount).toBe(0)
    expect(lab.events('a').join()).toMatch(
      /Unhealthy: Liveness probe errored and resulted in unknown state: .*exec: "nope": executable file not found/,
    )
  })

  test('in a container that has ended a command says nothing either', () => {
    const lab = kubeletLab()
    const livenessProbe = { exec: { command: ['true'] }, periodSeconds: 1, failureThreshold: 1 }
    lab.create('a', { ...script('sleep 2.5; exit 0'), livenessProbe })
    lab.run(9)
    expect(lab.pod('a')!.status.phase).toBe('Succeeded')
    expect(lab.events('a').at(-1)).toBe(
      'Unhealthy: Liveness probe errored and resulted in unknown state: rpc error: code = Unknown ' +
        'desc = failed to exec in container: container is in CONTAINER_EXITED state',
    )
  })

  test('a command answers by its exit code', () => {
    const lab = kubeletLab()
    const probe = (command: string[]) => ({ exec: { command }, periodSeconds: 2 })
    lab.create('yes', { ...script('sleep 600'), readinessProbe: probe(['true']) }, always)
    lab.create('no', { ...script('sleep 600'), readinessProbe: probe(['false']) }, always)
    lab.run(6)
    expect(lab.status('yes').ready).toBe(true)
    expect(lab.status('no').ready).toBe(false)
  })
})

describe('[KUBELET-14] hooks', () => {
  test('a command that does not exist fails in the words of the runtime', () => {
    const lab = kubeletLab()
    const lifecycle = { postStart: { exec: { command: ['nope'] } } }
    const spec = { restartPolicy: 'Always', terminationGracePeriodSeconds: 1 } as const
    lab.create('a', { ...script('sleep 600'), lifecycle }, spec)
    const messages = new Set<string | undefined>()
    for (let i = 0; i < 50; i++) {
      lab.run(0.1)
      messages.add(lab.status('a')?.state.waiting?.message)
    }
    expect([...messages].join()).toMatch(
      /Exec lifecycle hook \(\[nope\]\) .* error: rpc error: .*: exec: "nope": executable file not found in \$PATH, message: ""/,
    )
  })

  test('a container whose postStart hook fails is stopped and started anew with back-off', () => {
    const lab = kubeletLab()
    const lifecycle = { postStart: { exec: { command: ['sh', '-c', 'echo no; exit 3'] } } }
    const spec = { restartPolicy: 'Always', terminationGracePeriodSeconds: 2 } as const
    lab.create('a', { ...script('sleep 600'), lifecycle }, spec)
    const waits: string[] = []
    for (let i = 0; i < 100; i++) {
      lab.run(0.1)
      const { reason = '', message = '' } = lab.status('a')?.state.waiting ?? {}
      if (!waits.includes(reason)) waits.push(reason)
      if (reason === 'PostStartHookError')
        expect(message).toMatch(
          /^Exec lifecycle hook \(\[sh -c echo no; exit 3\]\) .* exited with 3/,
        )
    }
    expect(waits).toContain('PostStartHookError')
    expect(waits.at(-1)).toBe('CrashLoopBackOff')
    expect(lab.events('a')).toEqual(
      expect.arrayContaining([
        'FailedPostStartHook: PostStartHook failed (x2)',
        'Killing: FailedPostStartHook (x2)',
      ]),
    )
  })
})

describe('[KUBELET-15] the final phase', () => {
  test('is told after the containers, when nothing can be running any more', () => {
    const lab = kubeletLab()
    lab.create('a', script('sleep 2'))
    const phases: string[] = []
    for (let i = 0; i < 80; i++) {
      lab.run(0.1)
      const { terminated } = lab.status('a').state
      if (terminated !== undefined) phases.push(lab.pod('a')!.status.phase!)
    }
    const running = phases.filter((phase) => phase === 'Running').length
    expect(running).toBeGreaterThanOrEqual(9)
    expect(running).toBeLessThanOrEqual(11)
    expect(phases.at(-1)).toBe('Succeeded')
  })
})
