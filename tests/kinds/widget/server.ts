// What the API server knows of Widgets: the record of a kind in src/sim/kinds.
import { extend } from '../../../src/base/plain.ts'
import { forbidden } from './forbidden.ts'
import { ageColumn, column, nameColumn, wideColumn } from '../../../src/sim/kinds/columns/format.ts'
import type { Kind, ObjectState } from '../../../src/sim/kinds/kind.ts'
import { textFields } from '../../../src/sim/kinds/selectable-fields.ts'
import { validateNamed, validateNamedUpdate } from '../../../src/sim/kinds/validation/simple.ts'
import type { Widget } from './object.ts'

/** How long a Widget is taken apart unless the deletion says otherwise. */
const GRACE_SECONDS = 30

export const widget: Kind<'Widget'> = {
  kind: 'Widget',
  group: 'example.com',
  version: 'v1',
  plural: 'widgets',
  singular: 'widget',
  shortNames: ['wd'],
  categories: ['all'],
  namespaced: true,
  columns: [
    nameColumn,
    column<Widget>('Status', (object) => (isMade(object) ? 'Made' : 'InTheMaking')),
    column<Widget>('Made', ({ spec, status }) => `${status?.made ?? 0}/${spec.parts}`),
    wideColumn<Widget>('Color', ({ spec }) => spec.color ?? '<none>'),
    ageColumn,
  ],
  hasGeneration: true,
  defaults: (object) => ({ ...object, spec: { parts: 1, ...(object as Widget).spec } }),
  prepareForCreate: (object) => extend(object, { status: {} }),
  validate: validateNamed,
  validateUpdate: validateNamedUpdate,
  admit: (object) => {
    if ((object as Widget).spec.color === 'octarine')
      throw forbidden(object.metadata.name, 'no such color')
    return object
  },
  deletion: {
    admit: (name) => {
      if (name === 'keystone') throw forbidden(name, 'everything would come down')
    },
    graceSeconds: (_object, asked) => asked ?? GRACE_SECONDS,
  },
  selectableFields: textFields('spec.color'),
  unselectable: (field) => `Widgets have no index of ${field}`,
  view: {
    state: (object) => stateOf(object as Widget),
    span: () => ({ node: '', restarts: 0 }),
  },
  structs: {
    Widget: 'apiVersion string,kind string,metadata ObjectMeta,spec WidgetSpec,status WidgetStatus',
    WidgetSpec: 'color string,parts *int32',
    WidgetStatus: 'made int32',
  },
  docs: {
    Widget: {
      description: 'Widget is put together from parts.',
      fields: { spec: { type: 'WidgetSpec', description: 'What it is made of.' } },
    },
    WidgetSpec: {
      description: 'What a Widget is made of.',
      fields: {
        color: { type: 'string', description: 'What it looks like.' },
        parts: { type: '*int32', description: 'How many parts it has.' },
      },
    },
  },
}

function isMade({ spec, status }: Widget): boolean {
  return (status?.made ?? 0) >= (spec.parts ?? 1)
}

function stateOf(object: Widget): ObjectState {
  if (object.metadata.deletionTimestamp !== undefined) return 'terminating'
  return isMade(object) ? 'succeeded' : 'running'
}
