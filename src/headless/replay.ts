// `npm run --silent replay -- FILE…`: runs recorded sessions in the simulator and prints one
// transcript a line, of the recording's own shape, for comparing.
import { readFileSync } from 'node:fs'
import { replaySession, type Recording } from './replay-session.ts'

for (const file of process.argv.slice(2)) {
  const recording = JSON.parse(readFileSync(file, 'utf8')) as Recording
  const transcript = await replaySession(recording)
  process.stdout.write(JSON.stringify(transcript) + '\n')
}
