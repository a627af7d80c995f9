// core/v1 ServiceAccount.
import type { Kind } from './kind.ts'

export const serviceAccount: Kind = {
  kind: 'ServiceAccount',
  group: '',
  version: 'v1',
  plural: 'serviceaccounts',
  singular: 'serviceaccount',
  shortNames: ['sa'],
  categories: [],
  namespaced: true,
  columns: [],
  hasGeneration: false,
  defaults: (object) => object,
  validate: () => [],
  validateUpdate: () => [],
}
