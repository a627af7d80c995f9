// What shows only when all of the cluster acts together, seen from a prompt.
import { expect, test } from 'vitest'
import { openPrompt, type Prompt } from '../../helpers.ts'

function manifest(object: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(object)
}

function podFile(spec: Readonly<Record<string, unknown>>, name = 'p'): string {
  return manifest({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec })
}

function pass(prompt: Prompt, seconds: number): void {
  prompt.run(`kubectl get pods --watch`, seconds)
}

function started(file: string, seconds = 20): Prompt {
  const prompt = openPrompt({ 'a.json': file })
  expect(prompt.run('kubectl apply -f a.json').stderr).toBe('')
  pass(prompt, seconds)
  return prompt
}

const SLEEP = { name: 'main', image: 'busybox:1.36', command: ['sleep', '3600'] }

test('[KUBELET-17] another image for a running container starts it anew, whatever the policy', () => {
  const prompt = started(podFile({ restartPolicy: 'Never', containers: [SLEEP] }))
  prompt.run('kubectl set image pod/p main=busybox:1.37')
  pass(prompt, 60)
  const { stdout } = prompt.run('kubectl get pod p -o jsonpath={.status.containerStatuses[0]}')
  expect(JSON.parse(stdout)).toMatchObject({
    image: 'docker.io/library/busybox:1.37',
    restartCount: 1,
    ready: true,
  })
  expect(prompt.run('kubectl describe pod p').stdout).toContain(
    'Container main definition changed, will be restarted',
  )
})

test('[KUBELET-18] a rule by exit code restarts a container that its policy would not', () => {
  const rules = (code: number) => ({
    restartPolicy: 'Never',
    containers: [
      {
        ...SLEEP,
        command: ['sh', '-c', 'sleep 1; exit 42'],
        restartPolicy: 'Never',
        restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [code] } }],
      },
    ],
  })
  const restarts = 'kubectl get pod p -o jsonpath={.status.containerStatuses[0].restartCount}'
  expect(Number(started(podFile(rules(42)), 30).run(restarts).stdout)).toBeGreaterThan(1)
  expect(started(podFile(rules(7)), 30).run(restarts).stdout).toBe('0')
})

test('[SCHED-9] what a Pod asks for as a whole must fit, though its containers ask nothing', () => {
  const resources = { requests: { cpu: '1000' }, limits: { cpu: '1000' } }
  const prompt = started(podFile({ resources, containers: [SLEEP] }))
  expect(prompt.run('kubectl describe pod p').stdout).toContain('Insufficient cpu')
})

test('[SCHED-10] names of nodes that contradict each other are told as a conflict', () => {
  const named = (value: string) => ({ key: 'metadata.name', operator: 'In', values: [value] })
  const nodeSelectorTerms = [
    { matchFields: [named('novacraft-worker'), named('novacraft-worker2')] },
  ]
  const required = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } }
  const prompt = started(podFile({ affinity: { nodeAffinity: required }, containers: [SLEEP] }))
  expect(prompt.run('kubectl describe pod p').stdout).toContain(
    'nodes are available: pod affinity terms conflict.',
  )
})

test('[JOB-16] a Pod that lost its owner is taken in again, and no other is made', () => {
  const job = (name: string) =>
    manifest({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name },
      spec: { template: { spec: { restartPolicy: 'Never', containers: [SLEEP] } } },
    })
  const prompt = started(job('j'))
  const { stdout: name } = prompt.run('kubectl get pods -o jsonpath={.items[0].metadata.name}')
  prompt.run(`kubectl patch pod ${name} --type=merge -p {"metadata":{"ownerReferences":null}}`)
  pass(prompt, 20)
  const owners = 'kubectl get pods -o jsonpath={.items[*].metadata.ownerReferences[*].name}'
  expect(prompt.run(owners).stdout).toBe('j')
  expect(prompt.run('kubectl get events').stdout.match(/SuccessfulCreate/g)).toHaveLength(1)
})

test('[NODE-11] Pods of a machine that somebody vouches is off are removed by force', () => {
  const prompt = started(podFile({ nodeName: 'novacraft-worker', containers: [SLEEP] }))
  prompt.run('lab node stop novacraft-worker')
  pass(prompt, 120)
  prompt.run('kubectl delete pod p --wait=false')
  pass(prompt, 120)
  expect(prompt.run('kubectl get pods').stdout).toContain('Terminating')
  const taint = 'node.kubernetes.io/out-of-service=nodeshutdown:NoExecute'
  prompt.run(`kubectl taint nodes novacraft-worker ${taint}`)
  pass(prompt, 30)
  expect(prompt.run('kubectl get pods').stderr).toContain('No resources found')
})

test('[DS-16] with surge the successor of a deleted Pod does not wait for its end', () => {
  const labels = { app: 'd' }
  const command = ['sh', '-c', 'trap "" TERM; sleep 3600']
  const set = manifest({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'd' },
    spec: {
      selector: { matchLabels: labels },
      updateStrategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
      },
      template: { metadata: { labels }, spec: { containers: [{ ...SLEEP, command }] } },
    },
  })
  const prompt = started(set)
  const names = 'kubectl get pods -o jsonpath={.items[*].metadata.name}'
  const before = prompt.run(names).stdout.split(' ')
  prompt.run(`kubectl delete pod ${before[0]} --wait=false`)
  pass(prompt, 5)
  expect(prompt.run(names).stdout.split(' ')).toHaveLength(before.length + 1)
})

test('[NODE-12] a longer toleration does not put off an eviction that is planned', () => {
  const forSeconds = (tolerationSeconds: number) => [
    { key: 'k', operator: 'Exists', effect: 'NoExecute', tolerationSeconds },
  ]
  const spec = { tolerations: forSeconds(30), containers: [SLEEP], nodeName: 'novacraft-worker' }
  const prompt = started(podFile(spec))
  prompt.run('kubectl taint nodes novacraft-worker k=v:NoExecute')
  pass(prompt, 5)
  const tolerations = [...forSeconds(3000)]
  const { stdout } = prompt.run('kubectl get pod p -o json')
  const live = JSON.parse(stdout).spec.tolerations as { key?: string }[]
  const changed = live.map((one) => (one.key === 'k' ? tolerations[0] : one))
  const patch = JSON.stringify({ spec: { tolerations: changed } })
  expect(prompt.run(`kubectl patch pod p --type=merge -p '${patch}'`).exit).toBe(0)
  pass(prompt, 90)
  expect(prompt.run('kubectl get pods').stderr).toContain('No resources found')
})

test('[NODE-13] a node that never said anything is not said to be ready', () => {
  const node = manifest({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } })
  const prompt = started(node, 90)
  const conditions = 'kubectl get node n -o jsonpath={.status.conditions[*].status}'
  expect(prompt.run(conditions).stdout).toBe('Unknown Unknown Unknown Unknown')
})
