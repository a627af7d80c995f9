// kubectl's side of Pods.
import type { Pod } from '../../sim/api-types/pod.ts'
import { describePod } from '../print/describe/pod.ts'
import type { KubectlKind } from './kind.ts'

export const pod: KubectlKind = {
  kind: 'Pod',
  describe: (object, context) => describePod(object as Pod, context),
  isVisited: true,
  logs: 'own',
  podSpecPath: ['spec'],
}
