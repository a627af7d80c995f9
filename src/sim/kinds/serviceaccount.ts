// core/v1 ServiceAccount.
import { serviceAccountColumns } from './columns/serviceaccount.ts'
import type { Kind } from './kind.ts'
import { validateNamed, validateNamedUpdate } from './validation/simple.ts'

export const serviceAccount: Kind<'ServiceAccount'> = {
  kind: 'ServiceAccount',
  group: '',
  version: 'v1',
  plural: 'serviceaccounts',
  singular: 'serviceaccount',
  shortNames: ['sa'],
  categories: [],
  namespaced: true,
  columns: serviceAccountColumns,
  hasGeneration: false,
  defaults: (object) => object,
  validate: validateNamed,
  validateUpdate: validateNamedUpdate,
}
