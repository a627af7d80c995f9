// The text tools together.

import { awkTools } from './awk/tool.ts'
import { bytes } from './bytes.ts'
import { charTools } from './chars.ts'
import { diffTools } from './diff.ts'
import { patchTools } from './patch.ts'
import { gzipTools } from './gzip.ts'
import { tarTools } from './tar.ts'
import { dumpTools } from './dump.ts'
import { factorTools } from './factor.ts'
import { tabTools } from './tabs.ts'
import { uuTools } from './uuencode.ts'
import { columns } from './columns.ts'
import { grepTools } from './grep.ts'
import type { Tool } from './io.ts'
import { lineTools } from './lines.ts'
import { sedTools } from './sed.ts'
import { sortTools } from './sort.ts'

export const text: Record<string, Tool> = {
  ...lineTools,
  ...columns,
  ...charTools,
  ...sortTools,
  ...grepTools,
  ...sedTools,
  ...awkTools,
  ...bytes,
  ...diffTools,
  ...patchTools,
  ...gzipTools,
  ...tarTools,
  ...dumpTools,
  ...factorTools,
  ...tabTools,
  ...uuTools,
}
