// core/v1 Event.
import { eventColumns } from './columns/event.ts'
import type { KubeEvent } from '../api-types/core.ts'
import type { Kind } from './kind.ts'
import { textFields } from './selectable-fields.ts'
import { validateNamed, validateNamedUpdate } from './validation/simple.ts'

export const event: Kind<'Event'> = {
  kind: 'Event',
  group: '',
  version: 'v1',
  plural: 'events',
  singular: 'event',
  shortNames: ['ev'],
  categories: [],
  namespaced: true,
  columns: eventColumns,
  hasGeneration: false,
  defaults: (object) => object,
  validate: validateNamed,
  validateUpdate: validateNamedUpdate,
  selectableFields: {
    ...textFields(
      'involvedObject.kind',
      'involvedObject.namespace',
      'involvedObject.name',
      'involvedObject.uid',
      'involvedObject.apiVersion',
      'involvedObject.resourceVersion',
      'involvedObject.fieldPath',
      'reason',
      'reportingComponent',
      'type',
    ),
    source: (object) => {
      const { source, reportingComponent } = object as Partial<KubeEvent>
      return source?.component || reportingComponent || ''
    },
  },
}
