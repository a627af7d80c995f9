// How the API server's internal types look as JSON: error messages about immutable fields show
// them (`spec.template: Invalid value: {…,"Spec":{"Volumes":null,…`). Internal structs have no JSON
// tags, so fields have their Go names, stand in Go's order, and nothing is omitted.
import { leafZero, structOf, type Field, type GoType } from '../schema/structs.ts'
import { sortedEntries } from './validation/sorted.ts'

/**
 * The fields of the structs a Pod template is made of, by JSON name in Go's order
 * (pkg/apis/core/types.go). Structs not listed have theirs in the order of the schema.
 */
const ORDER: Readonly<Record<string, string>> = {
  PodSpec:
    'volumes initContainers containers ephemeralContainers restartPolicy ' +
    'terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy nodeSelector ' +
    'serviceAccountName automountServiceAccountToken nodeName securityContext imagePullSecrets ' +
    'hostname subdomain setHostnameAsFQDN affinity schedulerName tolerations hostAliases ' +
    'priorityClassName priority preemptionPolicy dnsConfig readinessGates runtimeClassName ' +
    'overhead enableServiceLinks topologySpreadConstraints os schedulingGates resourceClaims ' +
    'resources hostnameOverride schedulingGroup',
  PodSecurityContext:
    'hostNetwork hostPID hostIPC shareProcessNamespace hostUsers seLinuxOptions windowsOptions ' +
    'runAsUser runAsGroup runAsNonRoot supplementalGroups supplementalGroupsPolicy fsGroup ' +
    'fsGroupChangePolicy sysctls seccompProfile appArmorProfile seLinuxChangePolicy',
  Container:
    'name image command args workingDir ports envFrom env resources resizePolicy restartPolicy ' +
    'restartPolicyRules volumeMounts volumeDevices livenessProbe readinessProbe startupProbe ' +
    'lifecycle terminationMessagePath terminationMessagePolicy imagePullPolicy securityContext ' +
    'stdin stdinOnce tty',
  ContainerPort: 'name hostPort containerPort protocol hostIP',
  EnvVar: 'name value valueFrom',
  EnvVarSource: 'fieldRef resourceFieldRef configMapKeyRef secretKeyRef fileKeyRef',
  ResourceFieldSelector: 'containerName resource divisor',
  ConfigMapKeySelector: 'name key optional',
  SecretKeySelector: 'name key optional',
  EnvFromSource: 'prefix configMapRef secretRef',
  ResourceRequirements: 'limits requests claims',
  VolumeMount: 'name readOnly recursiveReadOnly mountPath subPath mountPropagation subPathExpr',
  VolumeDevice: 'name devicePath',
  Probe:
    'exec httpGet tcpSocket grpc initialDelaySeconds timeoutSeconds periodSeconds ' +
    'successThreshold failureThreshold terminationGracePeriodSeconds',
  HTTPGetAction: 'path port host scheme httpHeaders',
  HTTPHeader: 'name value',
  TCPSocketAction: 'port host',
  GRPCAction: 'port service',
  Lifecycle: 'postStart preStop stopSignal',
  LifecycleHandler: 'exec httpGet tcpSocket sleep',
  SecurityContext:
    'capabilities privileged seLinuxOptions windowsOptions runAsUser runAsGroup runAsNonRoot ' +
    'readOnlyRootFilesystem allowPrivilegeEscalation procMount seccompProfile appArmorProfile',
  Capabilities: 'add drop',
  SELinuxOptions: 'user role type level',
  SeccompProfile: 'type localhostProfile',
  Toleration: 'key operator value effect tolerationSeconds',
  Affinity: 'nodeAffinity podAffinity podAntiAffinity',
  NodeAffinity:
    'requiredDuringSchedulingIgnoredDuringExecution ' +
    'preferredDuringSchedulingIgnoredDuringExecution',
  PodAffinity:
    'requiredDuringSchedulingIgnoredDuringExecution ' +
    'preferredDuringSchedulingIgnoredDuringExecution',
  PodAntiAffinity:
    'requiredDuringSchedulingIgnoredDuringExecution ' +
    'preferredDuringSchedulingIgnoredDuringExecution',
  PreferredSchedulingTerm: 'weight preference',
  NodeSelectorTerm: 'matchExpressions matchFields',
  NodeSelectorRequirement: 'key operator values',
  WeightedPodAffinityTerm: 'weight podAffinityTerm',
  PodAffinityTerm:
    'labelSelector namespaces topologyKey namespaceSelector matchLabelKeys mismatchLabelKeys',
  TopologySpreadConstraint:
    'maxSkew topologyKey whenUnsatisfiable labelSelector minDomains nodeAffinityPolicy ' +
    'nodeTaintsPolicy matchLabelKeys',
  Volume:
    'name hostPath emptyDir gcePersistentDisk awsElasticBlockStore gitRepo secret nfs iscsi ' +
    'glusterfs persistentVolumeClaim rbd quobyte flexVolume cinder cephfs flocker downwardAPI fc ' +
    'azureFile configMap vsphereVolume azureDisk photonPersistentDisk projected portworxVolume ' +
    'scaleIO storageos csi ephemeral image',
  HostPathVolumeSource: 'path type',
  EmptyDirVolumeSource: 'medium sizeLimit',
  SecretVolumeSource: 'secretName items defaultMode optional',
  ConfigMapVolumeSource: 'name items defaultMode optional',
  KeyToPath: 'key path mode',
  PersistentVolumeClaimVolumeSource: 'claimName readOnly',
  NFSVolumeSource: 'server path readOnly',
  DownwardAPIVolumeSource: 'items defaultMode',
  DownwardAPIVolumeFile: 'path fieldRef resourceFieldRef mode',
  ProjectedVolumeSource: 'sources defaultMode',
  VolumeProjection:
    'secret downwardAPI configMap serviceAccountToken clusterTrustBundle podCertificate',
  PodFailurePolicyRule: 'action onExitCodes onPodConditions',
  PodFailurePolicyOnPodConditionsPattern: 'type status',
  SuccessPolicyRule: 'succeededIndexes succeededCount',
  DaemonSetUpdateStrategy: 'type rollingUpdate',
}

/** Go names that are not the JSON name with a capital letter. */
const GO_NAMES: Readonly<Record<string, string>> = {
  apiVersion: 'APIVersion',
  awsElasticBlockStore: 'AWSElasticBlockStore',
  cephfs: 'CephFS',
  csi: 'CSI',
  dnsConfig: 'DNSConfig',
  dnsPolicy: 'DNSPolicy',
  fc: 'FC',
  fsGroup: 'FSGroup',
  fsGroupChangePolicy: 'FSGroupChangePolicy',
  gcePersistentDisk: 'GCEPersistentDisk',
  grpc: 'GRPC',
  httpGet: 'HTTPGet',
  httpHeaders: 'HTTPHeaders',
  iscsi: 'ISCSI',
  nfs: 'NFS',
  os: 'OS',
  rbd: 'RBD',
  seLinuxChangePolicy: 'SELinuxChangePolicy',
  seLinuxOptions: 'SELinuxOptions',
  storageos: 'StorageOS',
  tcpSocket: 'TCPSocket',
  tty: 'TTY',
}

/** Structs of apimachinery, which keep their JSON tags. */
const TAGGED = new Set(['LabelSelector', 'LabelSelectorRequirement', 'ObjectMeta'])
/** Fields of the published Pod spec that live in the internal security context. */
const HOST_FIELDS = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'hostUsers']

type Fields = Readonly<Record<string, unknown>>

/** `value` of that struct in its internal form, keys in order. */
export function internalForm(value: object, struct: string): Record<string, unknown> {
  const { fields } = structOf(struct)
  const given = struct === 'PodSpec' ? withSecurityContext(value as Fields) : (value as Fields)
  const names = ORDER[struct]?.split(' ') ?? [...fields.keys()]
  const result: Record<string, unknown> = {}
  for (const name of names) {
    const field = fields.get(name) ?? structOf('PodSpec').fields.get(name)!
    result[GO_NAMES[name] ?? name[0]!.toUpperCase() + name.slice(1)] = fieldForm(field, given[name])
  }
  return result
}

/** The internal form of a template: its metadata as published, then `Spec`. */
export function internalTemplate(template: { metadata?: object; spec: object }): object {
  const metadata = sortedDeep(template.metadata ?? {}) as object
  return { ...metadata, Spec: internalForm(template.spec, 'PodSpec') }
}

function withSecurityContext(spec: Fields): Fields {
  if (spec.securityContext === undefined) return spec
  const host = HOST_FIELDS.filter((name) => spec[name] !== undefined)
  const moved = Object.fromEntries(host.map((name) => [name, spec[name]]))
  return { ...spec, securityContext: { ...(spec.securityContext as object), ...moved } }
}

function fieldForm({ type, pointer }: Field, value: unknown): unknown {
  if (value !== undefined && value !== null) return typeForm(type, value)
  if (pointer) return null
  return type.kind === 'struct' ? internalForm({}, type.struct) : leafZero(type)
}

function typeForm(type: GoType, value: unknown): unknown {
  switch (type.kind) {
    case 'struct':
      return TAGGED.has(type.struct)
        ? sortedDeep(value)
        : internalForm(value as object, type.struct)
    case 'list':
      return (value as readonly unknown[]).map((item) => typeForm(type.item, item))
    case 'map':
      return sortedDeep(value)
    default:
      return value
  }
}

function sortedDeep(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedDeep)
  if (typeof value !== 'object' || value === null) return value
  const entries = sortedEntries(value as Fields)
  return Object.fromEntries(entries.map(([key, item]) => [key, sortedDeep(item)]))
}
