import { describe, expect, it } from 'vitest'
import type { Pod } from '../../../src/sim/api-types/pod.ts'
import { complaints, podYaml, submit } from './submit.ts'

const containers = 'containers: [{name: main, image: busybox}]'
const podOf = (fields: string): Pod => submit(podYaml(`{${fields}${containers}}`)) as Pod

describe('admission of Pods', () => {
  it('[API-9] mounts a token into every container under one random name', () => {
    const { volumes, containers: made } = podOf('initContainers: [{name: first, image: b}], ').spec
    const name = volumes![0]!.name
    expect(name).toMatch(/^kube-api-access-[bcdfghjklmnpqrstvwxz2456789]{5}$/)
    expect(made[0]!.volumeMounts).toEqual([
      { mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', name, readOnly: true },
    ])
  })

  it('[API-9] mounts no token where none is wanted', () => {
    const { volumes, containers: made } = podOf('automountServiceAccountToken: false, ').spec
    expect([volumes, made[0]!.volumeMounts]).toEqual([undefined, undefined])
  })

  it('[API-9] lets Pods stay five minutes on a dead node', () => {
    const keys = podOf('').spec.tolerations!.map(({ key, tolerationSeconds }) => [
      key,
      tolerationSeconds,
    ])
    expect(keys).toEqual([
      ['node.kubernetes.io/not-ready', 300],
      ['node.kubernetes.io/unreachable', 300],
    ])
  })

  it('[API-9] leaves Pods alone that tolerate everything', () => {
    expect(podOf('tolerations: [{operator: Exists}], ').spec.tolerations).toHaveLength(1)
  })

  it('[API-9] refuses what does not exist', () => {
    expect(complaints(podYaml(`{serviceAccountName: nope, ${containers}}`))).toEqual([
      'pods "demo" is forbidden: error looking up service account default/nope: ' +
        'serviceaccount "nope" not found',
    ])
    expect(complaints(podYaml(`{priorityClassName: nope, ${containers}}`))).toEqual([
      'pods "demo" is forbidden: no PriorityClass with name nope was found',
    ])
  })

  it('[API-9] knows the priorities of the system', () => {
    expect(podOf('priorityClassName: system-node-critical, ').spec.priority).toBe(2000001000)
  })
})
