// The kind of this test: a Widget is put together from parts.
import type { KubeObject } from '../../../src/sim/api-types/meta.ts'

export interface Widget extends KubeObject {
  spec: { parts?: number; color?: string }
  status?: { made?: number }
}
