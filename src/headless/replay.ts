// `npm run --silent replay -- FILE…`: runs recorded sessions in the simulator and prints one
// transcript a line, of the recording's own shape, for comparing. A session that breaks is said on
// stderr and leaves an empty transcript, so that the others still count.
import { readFileSync } from 'node:fs'
import { replaySession, type Recording } from './replay-session.ts'

for (const file of process.argv.slice(2)) {
  try {
    const recording = JSON.parse(readFileSync(file, 'utf8')) as Recording
    process.stdout.write(JSON.stringify(await replaySession(recording)) + '\n')
  } catch (error) {
    process.exitCode = 1
    console.error(`${file}: ${error instanceof Error ? error.stack : String(error)}`)
    process.stdout.write('{"steps":[],"objects":[]}\n')
  }
}
