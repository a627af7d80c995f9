// Whole manifests to begin an empty file with: the least the server takes, and something to see.
import type { Completion } from './protocol.ts'

const CONTAINER = `name: main
  image: busybox
  command: ["sh", "-c", "date; echo hello"]`

const JOB = `apiVersion: batch/v1
kind: Job
metadata:
  name: my-job
spec:
  template:
    spec:
      containers:
      - ${indented(CONTAINER, 6)}
      restartPolicy: Never
`

const CRON_JOB = `apiVersion: batch/v1
kind: CronJob
metadata:
  name: my-cronjob
spec:
  schedule: "*/5 * * * *"
  jobTemplate:
    spec:
      template:
        spec:
          containers:
          - ${indented(CONTAINER, 10)}
          restartPolicy: OnFailure
`

const DAEMON_SET = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: my-agent
spec:
  selector:
    matchLabels:
      app: my-agent
  template:
    metadata:
      labels:
        app: my-agent
    spec:
      containers:
      - name: main
        image: agent:v1
`

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: my-pod
spec:
  containers:
  - ${indented(CONTAINER, 2)}
  restartPolicy: Never
`

export const SKELETONS: readonly Completion[] = [
  skeleton('Job', JOB, 'Runs Pods until one (or as many as you ask for) has succeeded.'),
  skeleton('CronJob', CRON_JOB, 'Makes a Job whenever its schedule says so.'),
  skeleton('DaemonSet', DAEMON_SET, 'Runs one Pod on every node.'),
  skeleton('Pod', POD, 'Runs its containers once, on one node.'),
]

function skeleton(label: string, insert: string, text: string): Completion {
  return { label, insert, detail: 'a new manifest', text, required: false }
}

function indented(text: string, column: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(column)}`)
}
