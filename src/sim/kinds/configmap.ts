// core/v1 ConfigMap.
import { configMapColumns } from './columns/configmap.ts'
import type { Kind } from './kind.ts'
import { validateKeyed, validateNamedUpdate } from './validation/simple.ts'

export const configMap: Kind<'ConfigMap'> = {
  kind: 'ConfigMap',
  group: '',
  version: 'v1',
  plural: 'configmaps',
  singular: 'configmap',
  shortNames: ['cm'],
  categories: [],
  namespaced: true,
  columns: configMapColumns,
  hasGeneration: false,
  defaults: (object) => object,
  validate: validateKeyed,
  validateUpdate: validateNamedUpdate,
}
