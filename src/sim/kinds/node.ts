// core/v1 Node.
import { nodeColumns } from './columns/node.ts'
import type { Kind } from './kind.ts'

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
  validate: () => [],
  validateUpdate: () => [],
}
