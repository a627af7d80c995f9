// The worker's side of Pods.
import { skeletonContainer, type WorkerKind } from './kind.ts'

const MANIFEST = `apiVersion: v1
kind: Pod
metadata:
  name: my-pod
spec:
  containers:
  - ${skeletonContainer(2)}
  restartPolicy: Never
`

export const pod: WorkerKind = {
  kind: 'Pod',
  skeleton: { manifest: MANIFEST, text: 'Runs its containers once, on one node.' },
  fieldOrder: {
    PodTemplateSpec: ['metadata', 'spec'],
    PodSpec: ['containers', 'restartPolicy', 'volumes', 'nodeSelector', 'tolerations'],
    Container: ['name', 'image', 'command', 'args', 'env', 'resources', 'volumeMounts'],
    EnvVar: ['name', 'value', 'valueFrom'],
    VolumeMount: ['name', 'mountPath', 'readOnly'],
    Volume: ['name', 'hostPath', 'emptyDir', 'configMap', 'secret'],
    Toleration: ['key', 'operator', 'value', 'effect'],
  },
}
