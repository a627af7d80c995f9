// kubectl's side of Secrets.
import { createSecret } from '../commands/create-secret.ts'
import { describeSecret } from '../print/describe/small-kinds.ts'
import type { KubectlKind } from './kind.ts'

export const secret: KubectlKind = {
  kind: 'Secret',
  describe: describeSecret,
  create: createSecret,
}
