// What Kubernetes' Go types know and its published schema does not: integer widths, named string
// types, which optional fields are pointers (so that an explicit zero is kept) and which required
// or non-pointer ones are always written. Facts of staging/src/k8s.io/api, v1.36; read by the
// schema generator, not shipped.
//
// One entry is `FIELD TYPE`. TYPE is Go's, after `!` when the zero value is written too (no
// omitempty), after `?` when even a struct's zero value is not (omitzero). Other fields follow from
// the published schema: an optional object, number or boolean is a pointer, a number is an int32,
// an enumerated string has a type named like its field.

/** Fields that have one Go type wherever they occur, unless the struct says otherwise below. */
export const COMMON_FIELDS =
  'activeDeadlineSeconds *int64, apiGroup !*string, count int32, imagePullPolicy PullPolicy, ' +
  'lastProbeTime Time, lastTransitionTime Time, localhostProfile *string, ' +
  'metadata ObjectMeta, observedGeneration int64, partition int32, readOnly bool, ' +
  'recursiveReadOnly *RecursiveReadOnlyMode, runAsGroup *int64, runAsUser *int64, ' +
  'startedAt Time, status !ConditionStatus, stdin bool, stdinOnce bool, stopSignal *Signal, ' +
  'supplementalGroups []int64, terminationGracePeriodSeconds *int64, tty bool, uid UID'

/** By struct, the fields whose Go type neither the published schema nor the list above gives. */
export const STRUCT_FIELDS: Readonly<Record<string, string>> = {
  AppArmorProfile: 'type !AppArmorProfileType',
  AttachedVolume: 'name !UniqueVolumeName',
  AzureDiskVolumeSource:
    'cachingMode *AzureDataDiskCachingMode, fsType *string, kind *AzureDataDiskKind, ' +
    'readOnly *bool',
  CSIVolumeSource: 'fsType *string, readOnly *bool',
  Capabilities: 'add []Capability, drop []Capability',
  ClusterTrustBundleProjection: 'name *string, signerName *string',
  ConfigMap: 'binaryData map[string][]byte',
  Container: 'resources ResourceRequirements, restartPolicy *ContainerRestartPolicy',
  ContainerImage: 'names ![]string, sizeBytes int64',
  ContainerPort: 'hostPort int32',
  ContainerResizePolicy: 'resourceName !ResourceName, restartPolicy !ResourceResizeRestartPolicy',
  ContainerRestartRule: 'action ContainerRestartRuleAction',
  ContainerRestartRuleOnExitCodes: 'operator ContainerRestartRuleOnExitCodesOperator',
  ContainerStateTerminated: 'finishedAt Time, signal int32',
  ContainerStatus: 'lastState ContainerState, state ContainerState',
  ControllerRevision: 'data !RawExtension, revision !int64',
  CronJob: 'spec CronJobSpec, status CronJobStatus',
  CronJobSpec: 'startingDeadlineSeconds *int64, timeZone *string',
  DaemonSet: 'spec DaemonSetSpec, status DaemonSetStatus',
  DaemonSetCondition: 'type !DaemonSetConditionType',
  DaemonSetSpec:
    'minReadySeconds int32, selector !*LabelSelector, updateStrategy DaemonSetUpdateStrategy',
  DaemonSetStatus: 'numberAvailable int32, numberUnavailable int32, updatedNumberScheduled int32',
  DaemonSetUpdateStrategy: 'type DaemonSetUpdateStrategyType',
  EmptyDirVolumeSource: 'medium StorageMedium',
  EphemeralContainer: 'resources ResourceRequirements, restartPolicy *ContainerRestartPolicy',
  Event:
    'eventTime MicroTime, firstTimestamp Time, lastTimestamp Time, metadata !ObjectMeta, ' +
    'reportingComponent !string, reportingInstance !string, source EventSource',
  EventSeries: 'lastObservedTime MicroTime',
  GRPCAction: 'service !*string',
  HTTPGetAction: 'scheme URIScheme',
  HostPathVolumeSource: 'type *HostPathType',
  ISCSIVolumeSource: 'chapAuthDiscovery bool, chapAuthSession bool, initiatorName *string',
  ImageVolumeStatus: 'imageRef string',
  Job: 'spec JobSpec, status JobStatus',
  JobCondition: 'type !JobConditionType',
  JobSpec:
    'completionMode *CompletionMode, managedBy *string, ' +
    'podReplacementPolicy *PodReplacementPolicy',
  JobStatus: 'active int32, failed int32, failedIndexes *string, succeeded int32',
  JobTemplateSpec: 'spec JobSpec',
  LabelSelectorRequirement: 'operator !LabelSelectorOperator',
  LinuxContainerUser: 'gid !int64, uid !int64',
  ManagedFieldsEntry: 'operation ManagedFieldsOperationType',
  Namespace: 'spec NamespaceSpec, status NamespaceStatus',
  NamespaceCondition: 'type !NamespaceConditionType',
  NamespaceSpec: 'finalizers []FinalizerName',
  NamespaceStatus: 'phase NamespacePhase',
  Node: 'spec NodeSpec, status NodeStatus',
  NodeAddress: 'type !NodeAddressType',
  NodeCondition: 'lastHeartbeatTime Time, type !NodeConditionType',
  NodeDaemonEndpoints: 'kubeletEndpoint DaemonEndpoint',
  NodeRuntimeHandler: 'name !string',
  NodeSelectorRequirement: 'operator !NodeSelectorOperator',
  NodeSpec: 'unschedulable bool',
  NodeStatus:
    'daemonEndpoints NodeDaemonEndpoints, nodeInfo NodeSystemInfo, phase NodePhase, ' +
    'volumesInUse []UniqueVolumeName',
  NodeSwapStatus: 'capacity *int64',
  ObjectMeta: 'creationTimestamp ?Time, deletionGracePeriodSeconds *int64, generation int64',
  OwnerReference: 'uid !UID',
  PersistentVolumeClaimSpec:
    'accessModes []PersistentVolumeAccessMode, resources VolumeResourceRequirements, ' +
    'storageClassName *string, volumeAttributesClassName *string, ' +
    'volumeMode *PersistentVolumeMode',
  Pod: 'spec PodSpec, status PodStatus',
  PodCertificateProjection: 'keyType string, signerName string',
  PodCondition: 'type !PodConditionType',
  PodDNSConfigOption: 'value *string',
  PodFailurePolicyOnExitCodesRequirement:
    'containerName *string, operator !PodFailurePolicyOnExitCodesOperator',
  PodFailurePolicyOnPodConditionsPattern: 'type !PodConditionType',
  PodFailurePolicyRule: 'action !PodFailurePolicyAction',
  PodOS: 'name !OSName',
  PodReadinessGate: 'conditionType !PodConditionType',
  PodResourceClaim: 'resourceClaimName *string, resourceClaimTemplateName *string',
  PodResourceClaimStatus: 'resourceClaimName *string',
  PodSchedulingGroup: 'podGroupName *string',
  PodSecurityContext:
    'fsGroup *int64, fsGroupChangePolicy *PodFSGroupChangePolicy, ' +
    'seLinuxChangePolicy *PodSELinuxChangePolicy, ' +
    'supplementalGroupsPolicy *SupplementalGroupsPolicy',
  PodSpec:
    'dnsPolicy DNSPolicy, hostIPC bool, hostNetwork bool, hostPID bool, ' +
    'hostnameOverride *string, preemptionPolicy *PreemptionPolicy, ' +
    'runtimeClassName *string',
  PodStatus: 'phase PodPhase, qosClass PodQOSClass, resize PodResizeStatus',
  PodTemplateSpec: 'spec PodSpec',
  Probe:
    'failureThreshold int32, initialDelaySeconds int32, periodSeconds int32, ' +
    'successThreshold int32, timeoutSeconds int32',
  ProjectedVolumeSource: 'sources ![]VolumeProjection',
  ResourceFieldSelector: 'divisor Quantity',
  ResourceHealth: 'health ResourceHealthStatus, message *string, resourceID !ResourceID',
  ResourceStatus: 'name !ResourceName',
  ScaleIOVolumeSource: 'secretRef !*LocalObjectReference, sslEnabled bool',
  SeccompProfile: 'type !SeccompProfileType',
  Secret: 'data map[string][]byte, type SecretType',
  SecurityContext: 'procMount *ProcMountType',
  ServiceAccountTokenProjection: 'expirationSeconds *int64',
  SleepAction: 'seconds !int64',
  SuccessPolicyRule: 'succeededIndexes *string',
  Taint: 'effect !TaintEffect',
  Toleration: 'effect TaintEffect, operator TolerationOperator, tolerationSeconds *int64',
  TopologySpreadConstraint:
    'nodeAffinityPolicy *NodeInclusionPolicy, nodeTaintsPolicy *NodeInclusionPolicy, ' +
    'whenUnsatisfiable !UnsatisfiableConstraintAction',
  TypedObjectReference: 'namespace *string',
  UncountedTerminatedPods: 'failed []UID, succeeded []UID',
  VolumeMount: 'mountPropagation *MountPropagationMode',
  WindowsSecurityContextOptions:
    'gmsaCredentialSpec *string, gmsaCredentialSpecName *string, runAsUserName *string',
}
