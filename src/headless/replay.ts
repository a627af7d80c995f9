// `npm run --silent replay -- FILE…`: runs recorded sessions in the simulator and prints one
// transcript a line, of the recording's own shape, for comparing. A session that breaks is said on
// stderr and leaves an empty transcript, so that the others still count. With `--paths N` each
// session's end is reached along N random paths, and the log's hash at the end of each is printed;
// the exit code is 1 when two paths of a session differ.
import { parseArgs } from 'node:util'
import { courseOf, hashOf, straight, wander } from './paths.ts'
import { replaySession, type Recording } from './replay-session.ts'
import { readSessionFile } from './session-file.ts'

const { values, positionals } = parseArgs({
  options: { paths: { type: 'string' } },
  allowPositionals: true,
})

for (const file of positionals)
  try {
    const recording = readSessionFile(file)
    if (values.paths === undefined)
      process.stdout.write(JSON.stringify(await replaySession(recording)) + '\n')
    else await printPaths(file, recording, Number(values.paths))
  } catch (error) {
    process.exitCode = 1
    console.error(`${file}: ${error instanceof Error ? error.stack : String(error)}`)
    if (values.paths === undefined) process.stdout.write('{"steps":[],"objects":[]}\n')
  }

async function printPaths(file: string, recording: Recording, paths: number): Promise<void> {
  const { course, hash } = await courseOf(recording)
  const hashes = new Set([hash, hashOf(straight(course))])
  for (let path = 1; path <= paths; path++) {
    const found = hashOf(wander(course, path))
    hashes.add(found)
    process.stdout.write(`${found}  ${file}\n`)
  }
  if (hashes.size === 1) return
  process.exitCode = 1
  console.error(`${file}: ${hashes.size} different logs: ${[...hashes].join(' ')}`)
}
