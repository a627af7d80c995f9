// The worker's side of Jobs.
import { skeletonContainer, type WorkerKind } from './kind.ts'

const MANIFEST = `apiVersion: batch/v1
kind: Job
metadata:
  name: my-job
spec:
  template:
    spec:
      containers:
      - ${skeletonContainer(6)}
      restartPolicy: Never
`

export const job: WorkerKind = {
  kind: 'Job',
  skeleton: {
    manifest: MANIFEST,
    text: 'Runs Pods until one (or as many as you ask for) has succeeded.',
  },
  fieldOrder: {
    JobSpec: ['template', 'completions', 'parallelism', 'backoffLimit', 'activeDeadlineSeconds'],
  },
  // Its Pods may not restart for ever.
  restartPolicies: ['Never', 'OnFailure'],
}
