// apps/v1 ControllerRevision: one remembered template of a DaemonSet.
import { controllerRevisionColumns } from './columns/controllerrevision.ts'
import type { Kind } from './kind.ts'
import { validateRevision, validateNamedUpdate } from './validation/simple.ts'

export const controllerRevision: Kind<'ControllerRevision'> = {
  kind: 'ControllerRevision',
  group: 'apps',
  version: 'v1',
  plural: 'controllerrevisions',
  singular: 'controllerrevision',
  shortNames: [],
  categories: [],
  namespaced: true,
  columns: controllerRevisionColumns,
  hasGeneration: false,
  defaults: (object) => object,
  validate: validateRevision,
  validateUpdate: validateNamedUpdate,
}
