// core/v1 Secret.
import { secretColumns } from './columns/configmap.ts'
import type { Kind } from './kind.ts'

export const secret: Kind = {
  kind: 'Secret',
  group: '',
  version: 'v1',
  plural: 'secrets',
  singular: 'secret',
  shortNames: [],
  categories: [],
  namespaced: true,
  columns: secretColumns,
  hasGeneration: false,
  defaults: (object) => object,
  validate: () => [],
  validateUpdate: () => [],
}
