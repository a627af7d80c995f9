// kubectl's side of Namespaces.
import type { Namespace } from '../../sim/api-types/core.ts'
import { createNamespace } from '../commands/create-small.ts'
import { describeNamespace } from '../print/describe/small-kinds.ts'
import type { KubectlKind } from './kind.ts'

export const namespace: KubectlKind = {
  kind: 'Namespace',
  describe: (object) => describeNamespace(object as Namespace),
  create: createNamespace,
}
