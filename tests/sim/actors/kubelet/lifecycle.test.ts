import { describe, expect, test } from 'vitest'
import { containerLog } from '../../../../src/sim/kubelets.ts'
import { kubeletLab, script } from './lab.ts'

describe('[KUBELET-1] the life of a Pod', () => {
  test('a Pod that works and ends goes from Pending over Running to Succeeded', () => {
    const lab = kubeletLab()
    lab.create('pi', script('echo 3.14; sleep 2'))
    lab.run(10)
    expect(lab.story('pi')).toBe(
      'Pending → Pending ContainerCreating → Running running → Running exit 0 → Succeeded exit 0',
    )
    expect(lab.events('pi')).toEqual([
      'Pulling: Pulling image "busybox"',
      expect.stringMatching(
        /^Pulled: Successfully pulled image "busybox" in 1\.00\ds \(1\.00\ds inc.*Image size: 2223659/,
      ),
      'Created: Container created',
      'Started: Container started',
    ])
  })

  test('[KUBELET-10] one that ends before the relist looks again is never seen Running', () => {
    const lab = kubeletLab()
    lab.create('quick', script('exit 1'))
    lab.run(10)
    expect(lab.story('quick')).toBe(
      'Pending → Pending ContainerCreating → Pending exit 1 → Failed exit 1',
    )
  })

  test('nobody runs a Pod of a node that does not exist', () => {
    const lab = kubeletLab()
    lab.create('lost', script('exit 0'), { nodeName: 'nowhere' })
    lab.run(30)
    expect(lab.pod('lost')!.status).toEqual(expect.objectContaining({ phase: 'Pending' }))
    expect(lab.pod('lost')!.status.containerStatuses).toBeUndefined()
    expect(lab.events('lost')).toEqual([])
  })

  test('the first status tells that the containers are being created, within 30 ms', () => {
    const lab = kubeletLab()
    lab.create('a', script('sleep 9'))
    lab.run(0.03)
    const { conditions, startTime } = lab.pod('a')!.status
    expect(startTime).toBe('2026-03-02T10:00:00Z')
    expect(conditions?.map(({ type, status }) => `${type}=${status}`)).toEqual([
      'PodReadyToStartContainers=False',
      'Initialized=True',
      'Ready=False',
      'ContainersReady=False',
      'PodScheduled=True',
    ])
    expect(conditions?.[2]).toMatchObject({
      reason: 'ContainersNotReady',
      message: 'containers with unready status: [main]',
      observedGeneration: 1,
      lastProbeTime: null,
    })
  })

  test('a sandbox is ready before the image is there', () => {
    const lab = kubeletLab({ imagePullSeconds: 30 })
    lab.create('a', script('sleep 9'))
    lab.run(2)
    expect(lab.pod('a')!.status.conditions?.[0]?.status).toBe('True')
    expect(lab.status('a').state.waiting?.reason).toBe('ContainerCreating')
  })

  test('an image that is on the node is not pulled unless the policy asks for it', () => {
    const lab = kubeletLab({ presentImages: { 'novacraft-worker': ['agent:v1'] } })
    lab.create('a', { image: 'agent:v1' })
    lab.create('b', { image: 'agent:v1', imagePullPolicy: 'Always' })
    lab.run(0.9)
    expect(lab.pod('a')!.status.phase).toBe('Running')
    expect(lab.events('a')[0]).toBe(
      'Pulled: Container image "agent:v1" already present on machine and can be accessed by the pod',
    )
    expect(lab.pod('b')!.status.phase).toBe('Pending')
  })

  test('serialized pulls wait for each other', () => {
    const lab = kubeletLab({ serializeImagePulls: true })
    lab.create('a', script('sleep 9'))
    lab.create('b', script('sleep 9'))
    lab.run(4)
    const pulled = [...lab.events('a'), ...lab.events('b')].filter((text) =>
      text.startsWith('Pulled'),
    )
    expect(pulled[1]).toMatch(/in 1\.0\d+s \((1\.9|2)\d*s including waiting\)/)
  })

  test('the running Pod has an address and the container its ids', () => {
    const lab = kubeletLab()
    lab.create('a', script('sleep 9'))
    lab.run(3)
    const { podIP, podIPs, hostIP } = lab.pod('a')!.status
    expect(podIP).toMatch(/^10\.244\.1\.\d+$/)
    expect(podIPs).toEqual([{ ip: podIP }])
    expect(hostIP).toMatch(/^\d+\.\d+\.\d+\.\d+$/)
    expect(lab.status('a')).toMatchObject({
      image: 'docker.io/library/busybox:latest',
      imageID: expect.stringMatching(/^docker\.io\/library\/busybox@sha256:[0-9a-f]{64}$/),
      containerID: expect.stringMatching(/^containerd:\/\/[0-9a-f]{64}$/),
      ready: true,
      started: true,
      restartCount: 0,
    })
  })
})

describe('[KUBELET-2] logs', () => {
  test('they can be read while the Pod is there', () => {
    const lab = kubeletLab()
    lab.create('a', script('echo one; sleep 2; echo two'))
    lab.run(9)
    const lines = containerLog(lab.world, lab.pod('a')!, 'main')
    expect(lines.map(({ text }) => text)).toEqual(['one', 'two'])
  })

  test('before the container runs there is a refusal in the words of its state', () => {
    const lab = kubeletLab()
    lab.create('a', script('echo one'))
    lab.create('b', { image: 'nowhere/image' })
    lab.run(0.5)
    const read = (name: string, previous = false) => {
      try {
        return containerLog(lab.world, lab.pod(name)!, 'main', { previous })
      } catch (error) {
        return (error as Error).message
      }
    }
    expect(read('a')).toBe('container "main" in pod "a" is waiting to start: ContainerCreating')
    expect(read('a', true)).toBe('previous terminated container "main" in pod "a" not found')
    lab.run(2)
    expect(read('b')).toBe(
      'container "main" in pod "b" is waiting to start: image can\'t be pulled',
    )
    lab.run(18)
    expect(read('b')).toBe(
      'container "main" in pod "b" is waiting to start: trying and failing to pull image',
    )
  })

  test('they vanish with the Pod', () => {
    const lab = kubeletLab()
    const pod = lab.create('a', script('echo one'))
    lab.run(9)
    expect(lab.world.machines.slots.get('novacraft-worker')?.pods.slots.has(pod.metadata.uid)).toBe(
      true,
    )
    lab.delete('a')
    lab.run(1)
    expect(lab.world.machines.slots.get('novacraft-worker')?.pods.slots.size).toBe(0)
  })
})
