// What the worker knows of Widgets: the record of a kind in src/worker/kinds.
import { addMs } from '../../../src/base/time.ts'
import type { WorkerKind } from '../../../src/worker/kinds/kind.ts'

const MANIFEST = `apiVersion: example.com/v1
kind: Widget
metadata:
  name: my-widget
spec:
  parts: 3
`

export const widget: WorkerKind = {
  kind: 'Widget',
  skeleton: { manifest: MANIFEST, text: 'Is put together from parts.' },
  fieldOrder: { WidgetSpec: ['parts', 'color'] },
  upcoming: (_object, now) => [addMs(now, 60_000)],
}
