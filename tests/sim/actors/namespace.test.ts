import { expect, test } from 'vitest'
import { namespaceDefaults } from '../../../src/sim/actors/namespace-defaults.ts'
import { namespaceController } from '../../../src/sim/actors/namespace.ts'
import type { Namespace } from '../../../src/sim/api-types/core.ts'
import { lab, pod, type Lab } from './helpers.ts'

function withNamespace(): Lab {
  const cluster = lab([namespaceController, namespaceDefaults])
  cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } })
  return cluster.run(1)
}

test('[NS-1] a new namespace is given its account and the root certificate', () => {
  const cluster = withNamespace()
  expect(cluster.find('ServiceAccount', 'team/default')).toBeDefined()
  expect(cluster.find('ConfigMap', 'team/kube-root-ca.crt')).toBeDefined()
  cluster.remove('ServiceAccount', 'team/default')
  expect(cluster.run(1).find('ServiceAccount', 'team/default')).toBeDefined()
})

test('[NS-2] a deleted namespace is Terminating at once and gone after five seconds', () => {
  const cluster = withNamespace()
  cluster.remove('Namespace', 'team')
  const { metadata, status } = cluster.get<Namespace>('Namespace', 'team')
  expect(status.phase).toBe('Terminating')
  expect(metadata.deletionTimestamp).toBe('2026-03-02T09:00:01Z')
  expect(metadata).not.toHaveProperty('deletionGracePeriodSeconds')
  expect(() => cluster.create(inTeam('late'))).toThrow(
    'pods "late" is forbidden: unable to create new content in namespace team because it is ' +
      'being terminated',
  )
  const event = { apiVersion: 'v1', kind: 'Event', metadata: { name: 'e', namespace: 'team' } }
  expect(() => cluster.create(event)).toThrow('events "e" is forbidden')
  expect(cluster.run(4.9).find('Namespace', 'team')).toBeDefined()
  expect(cluster.run(10).find('Namespace', 'team')).toBeUndefined()
  expect(cluster.find('ConfigMap', 'team/kube-root-ca.crt')).toBeUndefined()
})

test('[NS-3] Pods go first; while they stop, the namespace says what remains', () => {
  const cluster = withNamespace()
  const running = inTeam('slow')
  cluster.create({ ...running, spec: { ...(running.spec as object), nodeName: 'x' } })
  cluster.remove('Namespace', 'team')
  const { status } = cluster.run(6).get<Namespace>('Namespace', 'team')
  expect(status.conditions).toContainEqual({
    type: 'NamespaceContentRemaining',
    status: 'True',
    lastTransitionTime: '2026-03-02T09:00:06Z',
    reason: 'SomeResourcesRemain',
    message:
      'Some resources are remaining: configmaps. has 1 resource instances, ' +
      'pods. has 1 resource instances, serviceaccounts. has 1 resource instances',
  })
  cluster.remove('Pod', 'team/slow', { gracePeriodSeconds: 0 })
  expect(cluster.run(30).find('Namespace', 'team')).toBeUndefined()
})

test('[NS-4] the namespaces of the cluster itself cannot be deleted', () => {
  const cluster = withNamespace()
  for (const name of ['default', 'kube-system', 'kube-public'])
    expect(() => cluster.remove('Namespace', name)).toThrow(
      `namespaces "${name}" is forbidden: this namespace may not be deleted`,
    )
})

function inTeam(name: string) {
  const { metadata, ...rest } = pod(name)
  return { ...rest, metadata: { ...metadata, namespace: 'team' } }
}
