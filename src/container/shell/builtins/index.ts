// All commands a shell runs itself.

import type { BuiltinTable } from './builtin.ts'
import { background } from './jobs.ts'
import { flow } from './flow.ts'
import { input } from './read.ts'
import { names } from './names.ts'
import { output } from './output.ts'
import { settings } from './settings.ts'

export const BUILTINS: BuiltinTable = {
  ...flow,
  ...settings,
  ...names,
  ...background,
  ...input,
  ...output,
}
