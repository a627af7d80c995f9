import { describe, expect, test } from 'vitest'
import { lastRenewTime } from '../../src/sim/kubelets.ts'
import type { KubeEvent, Node } from '../../src/sim/api-types/core.ts'
import { deleteObject } from '../../src/sim/api.ts'
import {
  addMachine,
  hasMachine,
  removeMachine,
  startMachine,
  stopMachine,
} from '../../src/sim/kubelets.ts'
import { getObject, listObjects } from '../../src/sim/store.ts'
import { kubeletLab, NODE, script } from './actors/kubelet/lab.ts'

const USER = { actor: 'user', causes: [] }

describe('[KUBELET-9] machines', () => {
  test('a machine renews its lease every ten seconds, and not when it is off', () => {
    const lab = kubeletLab()
    lab.run(25)
    const before = lastRenewTime(lab.world, NODE)!
    expect(lab.world.now - before).toBeLessThan(10_000)
    stopMachine(lab.world, NODE)
    lab.run(100)
    expect(lastRenewTime(lab.world, NODE)).toBe(before)
    startMachine(lab.world, NODE)
    lab.run(11)
    expect(lab.world.now - lastRenewTime(lab.world, NODE)!).toBeLessThan(11_000)
  })

  test('nothing is told while it is off; what went on meanwhile is found when it returns', () => {
    const lab = kubeletLab()
    lab.create('worker', script('echo one; sleep 20; echo two; exit 4'))
    lab.run(5)
    stopMachine(lab.world, NODE)
    lab.run(60)
    expect(lab.pod('worker')!.status.phase).toBe('Running')
    startMachine(lab.world, NODE)
    lab.run(4)
    expect(lab.pod('worker')!.status.phase).toBe('Failed')
    const { startedAt, finishedAt } = lab.status('worker').state.terminated!
    expect(Date.parse(finishedAt!) - Date.parse(startedAt!)).toBe(20_000)
  })

  test('a Pod that was deleted meanwhile ends when the machine returns', () => {
    const lab = kubeletLab()
    lab.create('agent', { image: 'agent:v1' })
    lab.run(5)
    stopMachine(lab.world, NODE)
    lab.delete('agent')
    lab.run(60)
    expect(lab.story('agent')).toMatch(/deleting Running running$/)
    startMachine(lab.world, NODE)
    lab.run(4)
    expect(lab.story('agent')).toMatch(
      /deleting Running running → deleting Succeeded exit 0 → gone$/,
    )
  })

  test('a container whose Pod is gone altogether is stopped by housekeeping', () => {
    const lab = kubeletLab()
    lab.create('agent', { image: 'agent:v1' })
    lab.run(5)
    stopMachine(lab.world, NODE)
    lab.delete('agent', { gracePeriodSeconds: 0 })
    lab.run(5)
    startMachine(lab.world, NODE)
    lab.run(2)
    expect(lab.events('agent').at(-1)).toBe('Started: Container started')
    lab.run(2)
    expect(lab.events('agent').at(-1)).toBe(
      'Killing: Stopping container agent'.replace('agent', 'main'),
    )
  })

  test('a new machine registers, tainted until it is ready', () => {
    const lab = kubeletLab()
    addMachine(lab.world, { name: 'novacraft-worker4' })
    lab.run(0.5)
    const node = () => getObject<Node>(lab.world.store, 'Node', 'novacraft-worker4')
    const isReady = () => node()?.status.conditions?.find(({ type }) => type === 'Ready')?.status
    expect(isReady()).toBe('False')
    expect(node()?.spec.taints).toEqual([
      { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' },
    ])
    lab.run(0.3)
    expect(isReady()).toBe('True')
    const reasons = listObjects<KubeEvent>(lab.world.store, 'Event').map(({ reason }) => reason)
    expect(reasons).toEqual([
      'Starting',
      'NodeHasSufficientMemory',
      'NodeHasNoDiskPressure',
      'NodeHasSufficientPID',
      'NodeAllocatableEnforced',
      'NodeReady',
    ])
  })

  test('a machine whose Node was deleted registers again when it returns', () => {
    const lab = kubeletLab()
    stopMachine(lab.world, NODE)
    deleteObject(lab.world, USER, 'Node', NODE)
    lab.run(60)
    startMachine(lab.world, NODE)
    lab.run(1)
    expect(getObject<Node>(lab.world.store, 'Node', NODE)).toBeDefined()
  })

  test('a removed machine takes its containers along', () => {
    const lab = kubeletLab()
    lab.create('agent', { image: 'agent:v1' })
    lab.run(5)
    removeMachine(lab.world, NODE)
    lab.run(60)
    expect(hasMachine(lab.world, NODE)).toBe(false)
    expect(lab.world.machines.slots.get(NODE)?.pods.slots.size).toBe(0)
    expect(lab.pod('agent')!.status.phase).toBe('Running')
    startMachine(lab.world, NODE)
    lab.create('late', { image: 'agent:v1' })
    lab.run(5)
    expect(lab.pod('late')!.status.phase).toBe('Pending')
  })

  test('what a machine and its kubelet remember is plain data', () => {
    const lab = kubeletLab()
    lab.create('a', script('sleep 60'))
    lab.create('b', { image: 'nowhere/image' })
    lab.run(5)
    const { memory, machines } = lab.world
    expect(structuredClone({ memory, machines })).toEqual({ memory, machines })
  })
})
