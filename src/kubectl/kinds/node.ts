// kubectl's side of Nodes.
import type { Node } from '../../sim/api-types/core.ts'
import { describeNode } from '../print/describe/node.ts'
import type { KubectlKind } from './kind.ts'

export const node: KubectlKind = {
  kind: 'Node',
  describe: (object, context) => describeNode(object as Node, context),
}
