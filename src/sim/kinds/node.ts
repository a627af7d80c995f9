// core/v1 Node.
import { nodeColumns } from './columns/node.ts'
import type { Node } from '../api-types/core.ts'
import type { Kind, ObjectState } from './kind.ts'
import { flagFields } from './selectable-fields.ts'
import { validateNode, validateNodeUpdate } from './validation/simple.ts'

export const node: Kind<'Node'> = {
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
  validate: (object) => validateNode(object as Node),
  validateUpdate: (object, old) => validateNodeUpdate(object as Node, old as Node),
  selectableFields: flagFields('spec.unschedulable'),
  view: {
    state: (object) => stateOf(object as Node),
    span: () => ({ node: '', restarts: 0 }),
  },
}

function stateOf({ spec, status }: Node): ObjectState {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')
  if (ready?.status === 'True') return spec?.unschedulable === true ? 'suspended' : 'running'
  return ready?.status === 'Unknown' ? 'unknown' : 'pending'
}
