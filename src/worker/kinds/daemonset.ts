// The worker's side of DaemonSets.
import type { WorkerKind } from './kind.ts'

const MANIFEST = `apiVersion: apps/v1
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

export const daemonSet: WorkerKind = {
  kind: 'DaemonSet',
  skeleton: { manifest: MANIFEST, text: 'Runs one Pod on every node.' },
  fieldOrder: { DaemonSetSpec: ['selector', 'template', 'updateStrategy'] },
  // Its Pods must restart for ever.
  restartPolicies: ['Always'],
}
