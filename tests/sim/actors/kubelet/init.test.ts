import { describe, expect, test } from 'vitest'
import type { Container } from '../../../../src/sim/api-types/pod.ts'
import { kubeletLab, script } from './lab.ts'

const busy = (name: string, text: string, more: Partial<Container> = {}): Container => ({
  name,
  image: 'busybox',
  ...script(text),
  ...more,
})

describe('[KUBELET-8] init containers', () => {
  test('they run one after the other, then the others start', () => {
    const lab = kubeletLab()
    lab.create('a', script('sleep 60'), {
      initContainers: [busy('one', 'sleep 2'), busy('two', 'sleep 2')],
    })
    lab.run(2.5)
    expect(lab.status('a').state.waiting?.reason).toBe('PodInitializing')
    const states = () =>
      lab.pod('a')!.status.initContainerStatuses!.map(({ state }) => Object.keys(state)[0])
    expect(states()).toEqual(['running', 'waiting'])
    expect(lab.pod('a')!.status.conditions?.[1]).toMatchObject({
      type: 'Initialized',
      status: 'False',
      reason: 'ContainersNotInitialized',
      message: 'containers with incomplete status: [one two]',
    })
    lab.run(4)
    expect(states()).toEqual(['terminated', 'running'])
    lab.run(5)
    expect(states()).toEqual(['terminated', 'terminated'])
    expect(lab.pod('a')!.status.phase).toBe('Running')
  })

  test('a failing one fails a Pod that is never restarted', () => {
    const lab = kubeletLab()
    lab.create('a', script('sleep 60'), { initContainers: [busy('one', 'exit 3')] })
    lab.run(8)
    expect(lab.pod('a')!.status.phase).toBe('Failed')
  })

  test('a failing one is tried again otherwise', () => {
    const lab = kubeletLab()
    const spec = { restartPolicy: 'Always', initContainers: [busy('one', 'exit 3')] } as const
    lab.create('a', script('sleep 60'), spec)
    lab.run(8)
    expect(lab.pod('a')!.status).toMatchObject({
      phase: 'Pending',
      initContainerStatuses: [
        { restartCount: 1, state: { waiting: { reason: 'CrashLoopBackOff' } } },
      ],
    })
  })

  test('a sidecar starts first, stays beside the others, and ends after them', () => {
    const lab = kubeletLab()
    const sidecar: Container = { name: 'side', image: 'agent:v1', restartPolicy: 'Always' }
    lab.create('a', script('sleep 5'), { initContainers: [sidecar] })
    lab.run(4.5)
    expect(lab.pod('a')!.status).toMatchObject({
      phase: 'Running',
      initContainerStatuses: [{ started: true, ready: true, state: { running: {} } }],
      containerStatuses: [{ ready: true }],
    })
    lab.run(10)
    expect(lab.pod('a')!.status).toMatchObject({
      phase: 'Succeeded',
      initContainerStatuses: [{ state: { terminated: { exitCode: 0 } } }],
    })
    expect(lab.events('a').at(-1)).toBe('Killing: Stopping container side')
  })
})
