// kubectl's side of DaemonSets: the only kind of the lab that is rolled out (kubectl
// pkg/polymorphichelpers).
import type { ControllerRevision, DaemonSet } from '../../sim/api-types/apps.ts'
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { listControlled, type Store } from '../../sim/store.ts'
import { KubectlError } from '../errors.ts'
import { describeDaemonSet } from '../print/describe/daemonset.ts'
import type { KubectlKind, RolloutStatus } from './kind.ts'

export const daemonSet: KubectlKind = {
  kind: 'DaemonSet',
  describe: (object, context) => describeDaemonSet(object as DaemonSet, context),
  rollout: { status: (object) => statusOf(object as DaemonSet), revisions },
  isVisited: true,
  logs: 'selected',
  podSpecPath: ['spec', 'template', 'spec'],
}

function statusOf({ metadata, spec, status: current }: DaemonSet): RolloutStatus {
  if (spec.updateStrategy?.type !== 'RollingUpdate')
    throw new KubectlError('rollout status is only available for RollingUpdate strategy type')
  if ((metadata.generation ?? 0) > (current.observedGeneration ?? 0))
    return { text: 'Waiting for daemon set spec update to be observed...\n', done: false }
  const desired = current.desiredNumberScheduled
  const updated = current.updatedNumberScheduled ?? 0
  const available = current.numberAvailable ?? 0
  const waiting = `Waiting for daemon set "${metadata.name}" rollout to finish`
  if (updated < desired)
    return {
      text: `${waiting}: ${updated} out of ${desired} new pods have been updated...\n`,
      done: false,
    }
  if (available < desired)
    return {
      text: `${waiting}: ${available} of ${desired} updated pods are available...\n`,
      done: false,
    }
  return { text: `daemon set "${metadata.name}" successfully rolled out\n`, done: true }
}

function revisions(store: Store, { metadata }: KubeObject): readonly ControllerRevision[] {
  const all = listControlled<ControllerRevision>(store, 'ControllerRevision', metadata.uid)
  return all.sort((a, b) => a.revision - b.revision)
}
