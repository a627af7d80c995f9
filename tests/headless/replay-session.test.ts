import { expect, test } from 'vitest'
import { replaySession, type Recording } from '../../src/headless/replay-session.ts'

const pod =
  '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {restartPolicy: Never, ' +
  'containers: [{name: main, image: busybox, command: [sleep, "6"]}]}}'

test('a command with a time limit that ends by itself after the last step hands in its result', async () => {
  const recording = {
    start: '2026-03-02T10:00:00Z',
    cluster: {},
    files: { 'pod.yaml': pod },
    steps: [
      { at: 0, run: 'kubectl apply -f pod.yaml' },
      { at: 1, run: 'kubectl wait pod/a --for=jsonpath={.status.phase}=Succeeded', for: 30 },
      { at: 2, run: 'kubectl get pods --watch', for: 3 },
    ],
  } as unknown as Recording
  const { steps } = await replaySession(recording)
  expect(steps.map((step) => step?.exit)).toEqual([0, 0, 1])
  expect(steps[1]!.stdout).toBe('pod/a condition met\n')
})

test('the cluster is watched until the last command has ended, and half a second longer', async () => {
  const step = { at: 0, run: 'kubectl wait --for=delete pod/none', for: 60 }
  const cron =
    '{apiVersion: batch/v1, kind: CronJob, metadata: {name: c}, spec: {schedule: "* * * * *", ' +
    'jobTemplate: {spec: {template: {spec: {restartPolicy: Never, ' +
    'containers: [{name: a, image: busybox}]}}}}}}'
  const recording = {
    start: '2026-03-02T10:00:30Z',
    cluster: {},
    files: { 'cron.yaml': cron },
    steps: [{ at: 0, run: 'kubectl apply -f cron.yaml' }, step],
  } as unknown as Recording
  const { objects } = await replaySession(recording)
  expect(objects.map(({ kind }) => kind)).toEqual(['CronJob'])
  const longer = {
    ...recording,
    steps: [...recording.steps, { ...step, run: 'kubectl get cj -w' }],
  }
  const { objects: more } = await replaySession(longer)
  expect(more.map(({ kind }) => kind)).toContain('Job')
})
