import { describe, expect, test } from 'vitest'
import { createObject } from '../../../../src/sim/api.ts'
import { containerLog } from '../../../../src/sim/kubelets.ts'
import { expand } from '../../../../src/sim/actors/kubelet/environment.ts'
import { kubeletLab, script, type KubeletLab } from './lab.ts'

const USER = { actor: 'user', causes: [] }

function log(lab: KubeletLab, name: string): string[] {
  return containerLog(lab.world, lab.pod(name)!, 'main').map(({ text }) => text)
}

function configMap(lab: KubeletLab, name: string, data: Record<string, string>): void {
  const metadata = { name, namespace: 'default' }
  createObject(lab.world, USER, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data } as never)
}

describe('[KUBELET-11] environment', () => {
  test('names in values, commands and arguments are replaced when they are known', () => {
    const env = { A: 'x' }
    expect(expand('$(A) $(B) $$(A) $A', env)).toBe('x $(B) $(A) $A')
  })

  test('a container sees its own values, the Pod’s and the API server’s', () => {
    const lab = kubeletLab()
    const field = (fieldPath: string) => ({ valueFrom: { fieldRef: { fieldPath } } })
    lab.create('a', {
      command: ['echo', '$(GREETING) $(NODE) $(CPU) $(KUBERNETES_SERVICE_HOST)'],
      env: [
        { name: 'WHO', value: 'Alex' },
        { name: 'GREETING', value: 'hello $(WHO)' },
        { name: 'NODE', ...field('spec.nodeName') },
        {
          name: 'CPU',
          valueFrom: { resourceFieldRef: { resource: 'requests.cpu', divisor: '1m' } },
        },
      ],
      resources: { requests: { cpu: '250m' } },
    })
    lab.run(4)
    expect(log(lab, 'a')).toEqual(['hello Alex novacraft-worker 250 10.96.0.1'])
  })

  test('a missing ConfigMap keeps the container from being created until it is there', () => {
    const lab = kubeletLab()
    const env = [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'cfg', key: 'x' } } }]
    lab.create('a', { command: ['echo', '$(X)'], env })
    lab.run(4)
    expect(lab.status('a').state.waiting).toEqual({
      reason: 'CreateContainerConfigError',
      message: 'configmap "cfg" not found',
    })
    expect(lab.events('a').join()).toContain('Failed: Error: configmap "cfg" not found')
    configMap(lab, 'cfg', { y: '1' })
    lab.run(40)
    expect(lab.status('a').state.waiting?.message).toBe(
      "couldn't find key x in ConfigMap default/cfg",
    )
  })

  test('an optional one that is missing is left out', () => {
    const lab = kubeletLab()
    const configMapKeyRef = { name: 'cfg', key: 'x', optional: true }
    lab.create('a', {
      command: ['echo', '$(X)'],
      env: [{ name: 'X', valueFrom: { configMapKeyRef } }],
    })
    lab.run(4)
    expect(log(lab, 'a')).toEqual(['$(X)'])
  })
})

describe('[KUBELET-12] volumes', () => {
  const mountOf = (name: string, volume: object) => ({
    volumes: [{ name, ...volume }],
    containers: [
      {
        name: 'main',
        image: 'busybox',
        volumeMounts: [{ name, mountPath: '/data' }],
        ...script('sleep 9'),
      },
    ],
  })

  test('a hostPath of another type keeps the Pod in ContainerCreating and says why', () => {
    const lab = kubeletLab()
    lab.create('a', {}, mountOf('logs', { hostPath: { path: '/var/log', type: 'File' } }))
    lab.run(5)
    expect(lab.status('a').state.waiting?.reason).toBe('ContainerCreating')
    expect(lab.events('a')).toEqual([
      'FailedMount: MountVolume.SetUp failed for volume "logs" : hostPath type check failed: ' +
        '/var/log is not a file (x4)',
    ])
  })

  test('a hostPath without a type, or one to be created, is mounted', () => {
    const lab = kubeletLab()
    lab.create('a', {}, mountOf('any', { hostPath: { path: '/var/lib/docker/containers' } }))
    lab.create('b', {}, mountOf('any', { hostPath: { path: '/data', type: 'DirectoryOrCreate' } }))
    lab.run(4)
    expect(lab.pod('a')!.status.phase).toBe('Running')
    expect(lab.pod('b')!.status.phase).toBe('Running')
  })

  test('a missing ConfigMap is mounted when it appears', () => {
    const lab = kubeletLab()
    lab.create('a', {}, mountOf('cfg', { configMap: { name: 'cfg' } }))
    lab.run(3)
    expect(lab.events('a')[0]).toMatch(
      /^FailedMount: MountVolume.SetUp failed for volume "cfg" : configmap "cfg" not found/,
    )
    configMap(lab, 'cfg', { x: '1' })
    lab.run(8)
    expect(lab.pod('a')!.status.phase).toBe('Running')
  })

  test('a Pod that waits for a volume can be deleted at once', () => {
    const lab = kubeletLab()
    lab.create('a', {}, mountOf('cfg', { configMap: { name: 'cfg' } }))
    lab.run(3)
    lab.delete('a')
    lab.run(3)
    expect(lab.pod('a')).toBeUndefined()
  })
})
