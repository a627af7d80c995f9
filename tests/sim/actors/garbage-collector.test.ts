import { expect, test } from 'vitest'
import { garbageCollector } from '../../../src/sim/actors/garbage-collector.ts'
import type { KubeObject } from '../../../src/sim/api-types/meta.ts'
import type { Pod } from '../../../src/sim/api-types/pod.ts'
import { lab, pod, type Lab } from './helpers.ts'

interface ConfigMap extends KubeObject {
  readonly kind: 'ConfigMap'
}

/** A ConfigMap owns a Secret, which owns a Pod that runs somewhere. */
function family(): Lab {
  const cluster = lab([garbageCollector])
  const owner = cluster.create({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'owner', namespace: 'default' },
  })
  const middle = cluster.create({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'middle', namespace: 'default', ownerReferences: [reference(owner)] },
  })
  const child = pod('child', { nodeName: 'novacraft-worker' })
  const metadata = { ...child.metadata, ownerReferences: [reference(middle)] }
  cluster.create({ ...child, metadata })
  return cluster.run(1)
}

function reference({ apiVersion, kind, metadata: { name, uid } }: KubeObject) {
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }
}

function names(cluster: Lab): string[] {
  const all = [
    ...cluster.list<ConfigMap>('ConfigMap'),
    ...cluster.list<KubeObject>('Secret'),
    ...cluster.list<Pod>('Pod'),
  ]
  return all.map(({ metadata: { name, deletionTimestamp } }) =>
    deletionTimestamp === undefined ? name : `${name} (deleting)`,
  )
}

test('[GC-1] in the background the owner is gone at once and the rest follows', () => {
  const cluster = family()
  cluster.remove('ConfigMap', 'default/owner', { propagationPolicy: 'Background' })
  expect(names(cluster)).toEqual(['middle', 'child'])
  expect(names(cluster.run(0.03))).toEqual(['child'])
  expect(names(cluster.run(0.03))).toEqual(['child (deleting)'])
})

test('[GC-2] in the foreground each owner waits for what it owns', () => {
  const cluster = family()
  cluster.remove('ConfigMap', 'default/owner', { propagationPolicy: 'Foreground' })
  expect(names(cluster.run(1))).toEqual([
    'owner (deleting)',
    'middle (deleting)',
    'child (deleting)',
  ])
  cluster.remove('Pod', 'default/child', { gracePeriodSeconds: 0 })
  expect(names(cluster.run(1))).toEqual([])
})

test('[GC-3] orphaned dependents lose their reference and stay', () => {
  const cluster = family()
  cluster.remove('ConfigMap', 'default/owner', { propagationPolicy: 'Orphan' })
  expect(names(cluster)).toEqual(['owner (deleting)', 'middle', 'child'])
  expect(names(cluster.run(1))).toEqual(['middle', 'child'])
  expect(cluster.get('Secret', 'default/middle').metadata.ownerReferences).toBeUndefined()
})

test('[GC-4] what is created for an owner that is gone is removed', () => {
  const cluster = family()
  const owner = cluster.get('Secret', 'default/middle')
  cluster.remove('Secret', 'default/middle', { propagationPolicy: 'Background' })
  const late = pod('late')
  const metadata = { ...late.metadata, ownerReferences: [reference(owner)] }
  cluster.create({ ...late, metadata })
  expect(names(cluster.run(1))).toEqual(['owner', 'child (deleting)'])
})

test('[GC-5] with one owner left only the reference to the lost one goes', () => {
  const cluster = family()
  const owner = cluster.get('ConfigMap', 'default/owner')
  const middle = cluster.get('Secret', 'default/middle')
  const both = { ...reference(owner), controller: false }
  const metadata = { name: 'two', namespace: 'default' }
  const ownerReferences = [both, reference(middle)]
  cluster.create({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...metadata, ownerReferences },
  })
  cluster.remove('Secret', 'default/middle', { propagationPolicy: 'Background' })
  const kept = cluster.run(1).get('ConfigMap', 'default/two').metadata.ownerReferences
  expect(kept).toEqual([both])
})

test('[GC-6] an owner that waits goes on when the reference that blocked it is removed', () => {
  const cluster = family()
  cluster.remove('ConfigMap', 'default/owner', { propagationPolicy: 'Foreground' })
  cluster.run(1)
  const [middle] = cluster.list<KubeObject>('Secret')
  const { ownerReferences: _gone, ...metadata } = middle!.metadata
  cluster.update({ ...middle!, metadata })
  expect(names(cluster.run(1))).toEqual(['middle (deleting)', 'child (deleting)'])
})

test('[GC-7] what refers to a version that is not served stays', () => {
  const cluster = lab([garbageCollector])
  const owner = { apiVersion: 'batch/v1beta1', kind: 'CronJob', name: 'old', uid: 'u' }
  const child = pod('child')
  cluster.create({ ...child, metadata: { ...child.metadata, ownerReferences: [owner] } })
  expect(names(cluster.run(60))).toEqual(['child'])
})
