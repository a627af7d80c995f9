// What kubectl knows of Widgets: the record of a kind in src/kubectl/kinds.
import type { KubectlKind } from '../../../src/kubectl/kinds/kind.ts'
import { withEvents } from '../../../src/kubectl/print/describe/events.ts'
import { nameLines } from '../../../src/kubectl/print/describe/text.ts'
import type { Widget } from './object.ts'

export const widget: KubectlKind = {
  kind: 'Widget',
  describe: (object, context) => {
    const { spec, status } = object as Widget
    return withEvents(
      [...nameLines(object), `Parts:\t${status?.made ?? 0} of ${spec.parts}`],
      object,
      context,
    )
  },
  rollout: {
    status: (object) => {
      const { spec, status } = object as Widget
      const done = (status?.made ?? 0) >= (spec.parts ?? 1)
      return { text: done ? 'the widget is made\n' : 'waiting for parts...\n', done }
    },
    revisions: () => [],
  },
}
