// In which order fields are proposed: first what must be there, then what people mostly write, then
// the rest by name; and what only the server writes not at all.

/** Fields in the order in which manifests have them. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  ObjectMeta: ['name', 'namespace', 'labels', 'annotations'],
  JobSpec: ['template', 'completions', 'parallelism', 'backoffLimit', 'activeDeadlineSeconds'],
  CronJobSpec: ['schedule', 'jobTemplate', 'concurrencyPolicy', 'timeZone', 'suspend'],
  DaemonSetSpec: ['selector', 'template', 'updateStrategy'],
  PodTemplateSpec: ['metadata', 'spec'],
  JobTemplateSpec: ['spec', 'metadata'],
  PodSpec: ['containers', 'restartPolicy', 'volumes', 'nodeSelector', 'tolerations'],
  Container: ['name', 'image', 'command', 'args', 'env', 'resources', 'volumeMounts'],
  EnvVar: ['name', 'value', 'valueFrom'],
  VolumeMount: ['name', 'mountPath', 'readOnly'],
  Volume: ['name', 'hostPath', 'emptyDir', 'configMap', 'secret'],
  Toleration: ['key', 'operator', 'value', 'effect'],
  LabelSelector: ['matchLabels', 'matchExpressions'],
}

const KINDS_WITH_STATUS = ['Job', 'CronJob', 'DaemonSet', 'Pod', 'Node', 'Namespace']
const SERVER_METADATA = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
]

/** `Struct.field` of what the server writes. */
export const SERVER_FIELDS: ReadonlySet<string> = new Set([
  ...KINDS_WITH_STATUS.map((kind) => `${kind}.status`),
  ...SERVER_METADATA.map((name) => `ObjectMeta.${name}`),
  'PodSpec.ephemeralContainers',
])

type NamedField = readonly [name: string, field: { readonly required?: boolean }]

/** Compares two fields of a struct. */
export function byUse(struct: string): (a: NamedField, b: NamedField) => number {
  const usual = USUAL[struct] ?? []
  const rank = ([name, { required }]: NamedField): number => {
    const place = usual.indexOf(name)
    if (place >= 0) return place
    return usual.length + (required === true ? 0 : 1)
  }
  return (a, b) => rank(a) - rank(b) || (a[0] < b[0] ? -1 : 1)
}
