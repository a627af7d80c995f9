// Reaching the end of a session along random paths: running, stopping in the middle of an instant,
// seeking back and forth, reloading, opening a link, leaving the future and coming back. All must
// end in the same log.
import { forkRng, randomInt, type Rng } from '../base/rng.ts'
import { simTimeOf, type SimTime } from '../base/time.ts'
import type { Input } from '../session/inputs.ts'
import { enterBranch } from '../session/futures.ts'
import { seekRun } from '../session/rewind.ts'
import { advanceRun, createRun, finishInstant, stepRun, type Run } from '../session/run.ts'
import { nextAt } from '../session/lab.ts'
import { readSaved, saveRun } from '../session/saved.ts'
import type { SessionStart } from '../session/session.ts'
import { runRecording, sessionOf, type Recording } from './replay-session.ts'
import { readShared, shareRun } from '../session/shared.ts'
import { runOf } from '../session/timeline.ts'
import { typeCommand } from '../session/typing.ts'

/** A session whose inputs are known: everything that decides its log. */
export interface Course {
  session: SessionStart
  inputs: readonly Input[]
  end: SimTime
}

/** A recording's session as it is lived through once, and the hash of the log at its end. */
export async function courseOf(recording: Recording): Promise<{ course: Course; hash: string }> {
  const session = sessionOf(recording)
  const run = createRun(session)
  await runRecording(run, recording, [])
  return {
    course: { session, inputs: run.inputs, end: run.lab.world.now },
    hash: hashOf(run),
  }
}

/** Of the whole log, however much of it is still kept: 8 hexadecimal digits. */
export function hashOf(run: Run): string {
  return run.lab.world.log.digest.toString(16).padStart(8, '0')
}

const MOVES_MAX = 6
const STEPS_MAX = 50
/** As long as most commands wait. */
const NEAR_MS = 120_000
/** What is typed to leave the future: things that change what would have come. */
const DISTURBANCES = [
  'kubectl delete pods --all --wait=false',
  'kubectl cordon novacraft-worker',
  'lab scheduler stop',
  'kubectl get pods --watch',
  'kubectl create job other --image=busybox -- sleep 5',
]
const UNHEARD = { stdout: () => undefined, stderr: () => undefined }

/** The run at the session's end without any detour. */
export function straight({ session, inputs, end }: Course): Run {
  const run = createRun(session)
  run.future = [...inputs]
  advanceRun(run, end)
  return run
}

/** The run at the session's end, after the detours that this seed chooses. */
export function wander(course: Course, seed: number): Run {
  const rng = forkRng(seed, 'path')
  let run = createRun(course.session)
  run.future = [...course.inputs]
  for (let moves = 1 + randomInt(rng, MOVES_MAX); moves > 0; moves--) run = move(run, course, rng)
  seekRun(run, course.end)
  finishInstant(run)
  return run
}

function move(run: Run, course: Course, rng: Rng): Run {
  const { now, start } = run.lab.world
  const moment = momentIn(course, start, rng)
  const ahead = moment > now ? moment : simTimeOf(now + randomInt(rng, course.end - now + 1))
  switch (randomInt(rng, 8)) {
    case 0:
      advanceRun(run, ahead)
      return run
    case 1:
      stopSomewhere(run, ahead, rng)
      return run
    case 2:
      step(run, course.end, rng)
      return run
    case 3:
      seekRun(run, moment)
      return run
    case 4:
      seekRun(run, ahead)
      return run
    case 5:
      return reloaded(run, course.session)
    case 6:
      return throughLink(run, course.session)
    default:
      return leftAndEntered(run, course, rng)
  }
}

/** Any moment, or one soon after an input, when most happens. */
function momentIn({ inputs, end }: Course, start: SimTime, rng: Rng): SimTime {
  const input = inputs[randomInt(rng, inputs.length + 1)]
  if (input === undefined) return simTimeOf(start + randomInt(rng, end - start + 1))
  return simTimeOf(Math.min(end, input.at + randomInt(rng, NEAR_MS)))
}

/** Runs on until it is asked to stop, be it in the middle of an instant. */
function stopSomewhere(run: Run, until: SimTime, rng: Rng): void {
  let left = randomInt(rng, 10)
  advanceRun(run, until, () => left-- > 0)
}

function step(run: Run, end: SimTime, rng: Rng): void {
  for (let steps = randomInt(rng, STEPS_MAX); steps > 0; steps--) {
    if ((nextAt(run.lab) ?? end) >= end) return
    stepRun(run)
  }
}

export function reloaded(run: Run, session: SessionStart): Run {
  const saved = readSaved(structuredClone(saveRun(session, run)))
  return runOf(saved.session, saved.timeline, saved.frame)
}

export function throughLink(run: Run, session: SessionStart): Run {
  const shared = readShared(JSON.parse(JSON.stringify(shareRun(session, run))))
  return runOf(shared.session, shared.timeline)
}

/** Types something into the past, continues there, and returns to the future that was left. */
function leftAndEntered(run: Run, course: Course, rng: Rng): Run {
  if (run.future.length === 0) return run
  const { branch } = run
  const line = DISTURBANCES[randomInt(rng, DISTURBANCES.length)]!
  const [program = '', ...argv] = line.split(' ')
  typeCommand(run, { program, argv, line, stdin: '' }, UNHEARD)
  const { now } = run.lab.world
  advanceRun(run, simTimeOf(now + randomInt(rng, course.end - now + 1)))
  let there = run
  if (randomInt(rng, 3) === 0) there = reloaded(there, course.session)
  if (randomInt(rng, 3) === 0) there = throughLink(there, course.session)
  enterBranch(there, branch)
  return there
}
