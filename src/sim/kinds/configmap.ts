// core/v1 ConfigMap.
import { configMapColumns } from './columns/configmap.ts'
import type { Kind } from './kind.ts'

export const configMap: Kind = {
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
  validate: () => [],
  validateUpdate: () => [],
}
