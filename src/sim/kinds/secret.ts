// core/v1 Secret.
import { secretColumns } from './columns/configmap.ts'
import type { Kind } from './kind.ts'
import { validateKeyed, validateNamedUpdate } from './validation/simple.ts'

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
  validate: validateKeyed,
  validateUpdate: validateNamedUpdate,
}
