// The programs that images have besides their tools.

import type { Tool } from '../tools/io.ts'
import { perl } from './perl.ts'
import { pythonTools } from './python.ts'
import { servers } from './servers.ts'

export const PROGRAMS: Record<string, Tool> = { ...servers, ...perl, ...pythonTools }
