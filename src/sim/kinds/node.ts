// core/v1 Node.
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
  columns: [],
  hasGeneration: false,
  defaults: (object) => object,
  validate: () => [],
  validateUpdate: () => [],
}
