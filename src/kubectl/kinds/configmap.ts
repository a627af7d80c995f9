// kubectl's side of ConfigMaps.
import { createConfigMap } from '../commands/create-small.ts'
import { describeConfigMap } from '../print/describe/small-kinds.ts'
import type { KubectlKind } from './kind.ts'

export const configMap: KubectlKind = {
  kind: 'ConfigMap',
  describe: describeConfigMap,
  create: createConfigMap,
}
