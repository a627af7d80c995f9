// `npm run --silent upstream -- [--verbose] DIR…`: runs the tables below these folders (ours unless
// any is named), prints the rows that do not hold, and ends in `N of M rows hold`.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { held, judgeTable, tableFiles } from './tables.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { verbose: { type: 'boolean', default: false } },
})
const folders = positionals.length > 0 ? positionals : [join(import.meta.dirname, 'rows')]
let [holding, total] = [0, 0]
for (const file of folders.flatMap(tableFiles)) {
  const verdict = judgeTable(file)
  holding += held(verdict)
  total += verdict.rows.length
  if (values.verbose) console.log(`${verdict.test}: ${held(verdict)} of ${verdict.rows.length}`)
  for (const { name, problems } of verdict.rows) {
    if (problems.length === 0) continue
    console.log(`${verdict.test}: ${name}`)
    for (const problem of problems)
      console.log(`  ${values.verbose ? problem : problem.slice(0, 300)}`)
  }
}
console.log(`${holding} of ${total} rows hold`)
