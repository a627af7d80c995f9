// kubectl's side of ServiceAccounts.
import { createServiceAccount } from '../commands/create-small.ts'
import { describeServiceAccount } from '../print/describe/small-kinds.ts'
import type { KubectlKind } from './kind.ts'

export const serviceAccount: KubectlKind = {
  kind: 'ServiceAccount',
  describe: describeServiceAccount,
  create: createServiceAccount,
}
