import { describe, expect, test } from 'vitest'
import { kubeletLab, script } from './lab.ts'

describe('[KUBELET-5] the end of a deleted Pod', () => {
  test('a container without a handler waits out the grace and is killed', () => {
    const lab = kubeletLab()
    lab.create('stubborn', script('sleep 600'), { terminationGracePeriodSeconds: 5 })
    lab.run(5)
    lab.delete('stubborn')
    lab.run(4.9)
    expect(lab.status('stubborn').state.running).toBeDefined()
    lab.run(0.2)
    expect(lab.status('stubborn').state.terminated).toMatchObject({
      exitCode: 137,
      reason: 'Error',
    })
    lab.run(2)
    expect(lab.story('stubborn')).toBe(
      'Pending → Pending ContainerCreating → Running running → deleting Running running → ' +
        'deleting Failed exit 137 → gone',
    )
    expect(lab.events('stubborn').at(-1)).toBe('Killing: Stopping container main')
  })

  test('one that handles TERM ends at once, and the Pod has succeeded before it goes', () => {
    const lab = kubeletLab()
    lab.create('polite', { image: 'agent:v1' })
    lab.run(5)
    lab.delete('polite')
    lab.run(3)
    expect(lab.story('polite')).toMatch(
      /deleting Running running → deleting Succeeded exit 0 → gone$/,
    )
  })

  test('the grace can be cut short, never below two seconds', () => {
    const lab = kubeletLab()
    lab.create('stubborn', script('sleep 600'))
    lab.run(5)
    lab.delete('stubborn')
    lab.run(4)
    lab.delete('stubborn', { gracePeriodSeconds: 1 })
    lab.run(1.9)
    expect(lab.status('stubborn').state.running).toBeDefined()
    lab.run(0.3)
    expect(lab.status('stubborn').state.terminated?.exitCode).toBe(137)
  })

  test('a forced deletion removes the Pod at once and its container soon after', () => {
    const lab = kubeletLab()
    lab.create('stubborn', script('sleep 600'))
    lab.run(5)
    lab.delete('stubborn', { gracePeriodSeconds: 0 })
    expect(lab.pod('stubborn')).toBeUndefined()
    lab.run(5)
    expect(lab.events('stubborn').at(-1)).toBe('Killing: Stopping container main')
    expect(lab.world.machines.slots.get('novacraft-worker')?.pods.slots.size).toBe(0)
  })

  test('a Pod that is deleted during its pull ends after it', () => {
    const lab = kubeletLab({ imagePullSeconds: 8 })
    lab.create('early', script('sleep 600'), { terminationGracePeriodSeconds: 2 })
    lab.run(3)
    lab.delete('early')
    lab.run(4)
    expect(lab.pod('early')).toBeDefined()
    lab.run(9)
    expect(lab.pod('early')).toBeUndefined()
  })

  test('a preStop hook comes before TERM and counts against the grace', () => {
    const lab = kubeletLab()
    const lifecycle = { preStop: { sleep: { seconds: 4 } } }
    lab.create('hooked', { image: 'agent:v1', lifecycle })
    lab.run(5)
    lab.delete('hooked')
    lab.run(3.9)
    expect(lab.status('hooked').state.running).toBeDefined()
    lab.run(0.3)
    expect(lab.status('hooked').state.terminated?.exitCode).toBe(0)
  })
})

describe('[KUBELET-6] a deadline of its own', () => {
  test('a Pod that is active for too long fails with DeadlineExceeded', () => {
    const lab = kubeletLab()
    const spec = { activeDeadlineSeconds: 5, terminationGracePeriodSeconds: 2 }
    lab.create('slow', script('sleep 600'), spec)
    lab.run(12)
    expect(lab.pod('slow')!.status).toMatchObject({
      phase: 'Failed',
      reason: 'DeadlineExceeded',
      message: 'Pod was active on the node longer than the specified deadline',
    })
    expect(lab.status('slow').state.terminated?.exitCode).toBe(137)
    expect(lab.events('slow').join()).toContain(
      'DeadlineExceeded: Pod was active on the node longer than the specified deadline',
    )
  })
})

describe('[KUBELET-7] Pods that a node does not take', () => {
  test('a Pod whose selector does not match is rejected', () => {
    const lab = kubeletLab()
    lab.create('picky', script('sleep 9'), { nodeSelector: { disk: 'ssd' } })
    lab.run(2)
    const text = "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector"
    expect(lab.pod('picky')!.status).toMatchObject({
      phase: 'Failed',
      reason: 'NodeAffinity',
      message: `Pod was rejected: ${text}`,
    })
    expect(lab.events('picky')).toEqual([`NodeAffinity: ${text}`])
  })

  test('a Pod that asks for more than is left is rejected', () => {
    const lab = kubeletLab({ cpu: '2' })
    const ask = (cpu: string) => ({ ...script('sleep 60'), resources: { requests: { cpu } } })
    lab.create('first', ask('1500m'))
    lab.run(1)
    lab.create('second', ask('1'))
    lab.run(1)
    expect(lab.pod('second')!.status).toMatchObject({
      reason: 'OutOfcpu',
      message:
        "Pod was rejected: Node didn't have enough resource: cpu, requested: 1000, used: 1500, " +
        'capacity: 2000',
    })
  })

  test('a node takes so many Pods and no more', () => {
    const lab = kubeletLab({ pods: 1 })
    lab.create('first', script('sleep 60'))
    lab.run(1)
    lab.create('second', script('sleep 60'))
    lab.run(1)
    expect(lab.pod('second')!.status.reason).toBe('OutOfpods')
  })
})
