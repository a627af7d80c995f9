// core/v1 Namespace (pkg/registry/core/namespace/strategy.go).
import type { Namespace } from '../api-types/core.ts'
import type { KubeObject } from '../api-types/meta.ts'
import { requireMortal } from './admission/namespace-lifecycle.ts'
import { namespaceColumns } from './columns/namespace.ts'
import type { Kind } from './kind.ts'
import { textFields } from './selectable-fields.ts'
import { validateNamespace, validateNamedUpdate } from './validation/simple.ts'

const NAME_LABEL = 'kubernetes.io/metadata.name'

export const namespace: Kind<'Namespace'> = {
  kind: 'Namespace',
  group: '',
  version: 'v1',
  plural: 'namespaces',
  singular: 'namespace',
  shortNames: ['ns'],
  categories: [],
  namespaced: false,
  columns: namespaceColumns,
  hasGeneration: false,
  defaults,
  prepareForCreate: (object) => ({
    ...object,
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }),
  validate: validateNamespace,
  validateUpdate: validateNamedUpdate,
  deletion: {
    admit: requireMortal,
    finalization: {
      begin: (object) => ({
        ...object,
        status: { ...(object as Namespace).status, phase: 'Terminating' },
      }),
      isOver: (object) => ((object as Namespace).spec.finalizers ?? []).length === 0,
    },
  },
  selectableFields: { ...textFields('status.phase'), name: ({ metadata }) => metadata.name },
  view: {},
}

/** Every namespace carries its name as a label, by which selectors can name it. */
function defaults(object: KubeObject): KubeObject {
  const { name, labels } = object.metadata
  if (name === '' || labels?.[NAME_LABEL] === name) return object
  return { ...object, metadata: { ...object.metadata, labels: { ...labels, [NAME_LABEL]: name } } }
}
