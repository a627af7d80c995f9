// Every program by name. The kernel is handed this table at each call: it knows no program itself,
// and no state holds a function.

import type { Executable, ProgramTable } from './kernel/types.ts'
import { PROGRAMS } from './programs/index.ts'
import { runShell } from './shell/vm.ts'
import { programOf, TOOLS } from './tools/index.ts'

export const PROGRAM_TABLE: ProgramTable = new Map<string, Executable>([
  ...Object.entries({ ...TOOLS, ...PROGRAMS }).map(([name, tool]): [string, Executable] => [
    name,
    programOf(tool),
  ]),
  ...['sh', 'ash', 'dash', 'bash'].map((name): [string, Executable] => [name, runShell]),
])
