// `npm run --silent replay -- FILE…`: runs recorded sessions in the simulator and prints one
// transcript a line, of the recording's own shape, for comparing. A session that breaks is said on
// stderr and leaves an empty transcript, so that the others still count.
import { replaySession } from './replay-session.ts'
import { readSessionFile } from './session-file.ts'

for (const file of process.argv.slice(2)) {
  try {
    const recording = readSessionFile(file)
    process.stdout.write(JSON.stringify(await replaySession(recording)) + '\n')
  } catch (error) {
    process.exitCode = 1
    console.error(`${file}: ${error instanceof Error ? error.stack : String(error)}`)
    process.stdout.write('{"steps":[],"objects":[]}\n')
  }
}
