// core/v1 Event.
import { eventColumns } from './columns/event.ts'
import type { Kind } from './kind.ts'
import { validateNamed, validateNamedUpdate } from './validation/simple.ts'

export const event: Kind = {
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
}
