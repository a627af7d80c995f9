// core/v1 Pod: the only kind that runs something (pkg/registry/core/pod/strategy.go).
import { extend } from '../../base/plain.ts'
import type { KubeObject } from '../api-types/meta.ts'
import type { Pod, PodSpec } from '../api-types/pod.ts'
import { podColumns } from './columns/pod.ts'
import { mapKey } from './defaults/fill.ts'
import { ownPodSpecDefaults } from './defaults/pod-spec.ts'
import { podWarnings } from './pod-warnings.ts'
import { qosClass } from './qos.ts'
import { validatePod, validatePodUpdate } from './validation/pod.ts'
import type { Kind } from './kind.ts'

const GATED = {
  lastProbeTime: null,
  lastTransitionTime: null,
  message: 'Scheduling is blocked due to non-empty scheduling gates',
  reason: 'SchedulingGated',
  status: 'False',
  type: 'PodScheduled',
}

export const pod: Kind = {
  kind: 'Pod',
  group: '',
  version: 'v1',
  plural: 'pods',
  singular: 'pod',
  shortNames: ['po'],
  categories: ['all'],
  namespaced: true,
  columns: podColumns,
  hasGeneration: true,
  defaults: (object) => mapKey(object as Pod, 'spec', ownPodSpecDefaults),
  prepareForCreate,
  validate: (object) => validatePod(object as Pod),
  validateUpdate: (object, old) => validatePodUpdate(object as Pod, old as Pod),
  warnings: (object) => podWarnings(object as Pod),
}

/** A new Pod is Pending; its quality of service follows from its requests and limits. */
function prepareForCreate(object: KubeObject): KubeObject {
  const spec = object.spec as PodSpec
  const gated = (spec.schedulingGates ?? []).length > 0
  const status = { phase: 'Pending', qosClass: qosClass(spec) }
  return extend(object, { status: gated ? { conditions: [GATED], ...status } : status })
}
