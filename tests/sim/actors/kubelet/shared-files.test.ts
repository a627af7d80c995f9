// KUBELET-12: what containers of a Pod hand on to each other in an emptyDir.
import { describe, expect, test } from 'vitest'
import { containerLog } from '../../../../src/sim/kubelets.ts'
import type { Container } from '../../../../src/sim/api-types/pod.ts'
import { kubeletLab, script, type KubeletLab } from './lab.ts'

const volumes = [{ name: 'work', emptyDir: {} }]
const at = (mountPath: string) => ({ volumeMounts: [{ name: 'work', mountPath }] })
const container = (name: string, text: string, path: string): Container => ({
  name,
  image: 'busybox',
  ...script(text),
  ...at(path),
})

function logOf(lab: KubeletLab, pod: string, name: string): string[] {
  return containerLog(lab.world, lab.pod(pod)!, name).map(({ text }) => text)
}

describe('[KUBELET-12] an emptyDir', () => {
  test('hands what init containers wrote to the others, wherever each mounts it', () => {
    const lab = kubeletLab()
    lab.create(
      'a',
      {},
      {
        volumes,
        initContainers: [container('fetch', 'mkdir /out/d; echo data > /out/d/file', '/out')],
        containers: [container('main', 'cat /in/d/file; ls /in', '/in')],
      },
    )
    lab.run(10)
    expect(logOf(lab, 'a', 'main')).toEqual(['data', 'd'])
    expect(lab.pod('a')!.status.phase).toBe('Succeeded')
  })

  test('outlives the container: a second try finds what the first left', () => {
    const lab = kubeletLab()
    const text = 'if [ -f /w/tried ]; then rm /w/tried; exit 0; fi; touch /w/tried; exit 1'
    lab.create(
      'a',
      {},
      {
        volumes,
        restartPolicy: 'OnFailure',
        containers: [container('main', text, '/w')],
      },
    )
    lab.run(20)
    expect(lab.pod('a')!.status.phase).toBe('Succeeded')
    expect(lab.status('a').restartCount).toBe(1)
  })

  test('is empty in another Pod', () => {
    const lab = kubeletLab()
    const containers = [container('main', '[ -z "$(ls /w)" ] && touch /w/x', '/w')]
    for (const name of ['a', 'b']) lab.create(name, {}, { volumes, containers })
    lab.run(10)
    expect(['a', 'b'].map((name) => lab.pod(name)!.status.phase)).toEqual([
      'Succeeded',
      'Succeeded',
    ])
  })
})
