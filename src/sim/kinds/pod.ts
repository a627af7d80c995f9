// core/v1 Pod: the only kind that runs something (pkg/registry/core/pod/strategy.go).
import { isFinalPhase } from '../lib/pod-phase.ts'
import { extend } from '../../base/plain.ts'
import type { KubeObject } from '../api-types/meta.ts'
import type { Pod, PodSpec } from '../api-types/pod.ts'
import { admitPod } from './admission/pod.ts'
import { podColumns } from './columns/pod.ts'
import { mapKey } from './defaults/fill.ts'
import { ownPodSpecDefaults } from './defaults/pod-spec.ts'
import { podWarnings } from './pod-warnings.ts'
import { qosClass } from './qos.ts'
import { flagFields, textFields } from './selectable-fields.ts'
import { validatePod, validatePodUpdate } from './validation/pod.ts'
import type { Kind, ObjectState } from './kind.ts'

const GATED = {
  lastProbeTime: null,
  lastTransitionTime: null,
  message: 'Scheduling is blocked due to non-empty scheduling gates',
  reason: 'SchedulingGated',
  status: 'False',
  type: 'PodScheduled',
}

export const pod: Kind<'Pod'> = {
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
  admit: (object, suffix, lookup) => admitPod(object as Pod, suffix, lookup),
  deletion: { graceSeconds: (object, asked) => graceSeconds(object as Pod, asked) },
  selectableFields: {
    ...textFields(
      'spec.nodeName',
      'spec.restartPolicy',
      'spec.schedulerName',
      'spec.serviceAccountName',
      'status.phase',
      'status.podIP',
      'status.podIPs',
      'status.nominatedNodeName',
    ),
    ...flagFields('spec.hostNetwork'),
  },
  view: {
    state: (object) => stateOf(object as Pod),
    span: (object) => ({
      node: (object as Pod).spec.nodeName ?? '',
      restarts: (object as Pod).status.containerStatuses?.[0]?.restartCount ?? 0,
    }),
  },
}

/** What runs nothing is gone at once; a second deletion only shortens the grace period. */
function graceSeconds({ metadata, spec, status }: Pod, asked: number | undefined): number {
  if (!spec.nodeName || isFinalPhase(status.phase)) return 0
  const seconds = asked ?? spec.terminationGracePeriodSeconds ?? 30
  const current = metadata.deletionGracePeriodSeconds
  return current === undefined ? seconds : Math.min(current, seconds)
}

function stateOf({ metadata, spec, status }: Pod): ObjectState {
  const { phase } = status
  if (phase === 'Succeeded') return 'succeeded'
  if (phase === 'Failed') return 'failed'
  if (metadata.deletionTimestamp !== undefined) return 'terminating'
  if (phase === 'Running') return 'running'
  return spec.nodeName === undefined ? 'pending' : 'starting'
}

/** A new Pod is Pending; its quality of service follows from its requests and limits. */
function prepareForCreate(object: KubeObject): KubeObject {
  const spec = object.spec as PodSpec
  const gated = (spec.schedulingGates ?? []).length > 0
  const status = { phase: 'Pending', qosClass: qosClass(spec) }
  return extend(object, { status: gated ? { conditions: [GATED], ...status } : status })
}
