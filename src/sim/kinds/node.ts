// core/v1 Node.
import { nodeColumns } from './columns/node.ts'
import type { Node } from '../api-types/core.ts'
import type { Kind } from './kind.ts'
import { validateNode, validateNodeUpdate } from './validation/simple.ts'

export const node: Kind = {
  kind: 'Node',
  group: '',
  version: 'v1',
  plural: 'nodes',
  singular: 'node',
  shortNames: ['no'],
  categories: [],
  namespaced: false,
  columns: nodeColumns,
  hasGeneration: false,
  defaults: (object) => object,
  validate: (object) => validateNode(object as Node),
  validateUpdate: (object, old) => validateNodeUpdate(object as Node, old as Node),
}
