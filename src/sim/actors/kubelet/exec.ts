// A command run in a container beside its own process: hooks and exec probes. What ends at once
// has its answer at once. What takes longer is run ahead in a copy, so that the caller knows how
// long it takes; the container itself lives through it in its own time.
import { addMs } from '../../../base/time.ts'
import {
  cloneContainer,
  closeExec,
  execInContainer,
  logText,
  resumeContainer,
  type Container,
} from '../../../container/container.ts'
import { runtimePodOf } from '../../machine.ts'
import { viewByName } from './container-status.ts'
import { scheduleProcesses } from './processes.ts'
import { viewOf } from './runtime.ts'
import type { Kubelet, Worker } from './state.ts'

/** Wake-ups of one command beyond which it counts as endless. */
const WAKES_MAX = 10_000

interface Ending {
  /** undefined: it did not end within the limit, or was not started. */
  code: number | undefined
  tookMs: number
  output: string
  /** The runtime's answer when the command could not even be started; `output` is empty then. */
  error?: string
}

/** containerd's and runc's words (the number of the attempt left out). */
const START_FAILED =
  'failed to start exec: OCI runtime exec failed: exec failed: unable to start container process'

/** Runs `command` in the running container of that name, for at most `limitMs` of virtual time. */
export function runBeside(
  kubelet: Kubelet,
  worker: Worker,
  container: string,
  command: readonly string[],
  limitMs: number,
): Ending {
  const { ctx, machine } = kubelet
  const runtimePod = runtimePodOf(machine, worker.uid)
  const id = viewByName(viewOf(runtimePod), container)?.id
  const process = runtimePod?.containers.find(({ view }) => view.id === id)?.process
  if (process === undefined || runtimePod === undefined || process.exited !== undefined)
    return notStarted('container is in CONTAINER_EXITED state')
  sweep(process)
  const started = execInContainer(process, [...command], ctx.now)
  if ('error' in started) return notStarted(`${START_FAILED}: ${started.error}`)
  const { exec } = started
  scheduleProcesses(kubelet, worker.uid, runtimePod)
  const isOver = process.execs[exec]?.exitCode !== undefined
  const runner = isOver ? process : cloneContainer(process)
  const endsAt = addMs(ctx.now, limitMs)
  let at = ctx.now
  for (let wakes = 0; wakes < WAKES_MAX; wakes++) {
    if (runner.execs[exec]?.exitCode !== undefined || runner.exited !== undefined) break
    if (runner.wakeAt === undefined || runner.wakeAt > endsAt) break
    at = runner.wakeAt
    resumeContainer(runner, at)
  }
  const { exitCode, output = [] } = closeExec(runner, exec) ?? {}
  const text = logText(output)
  if (exitCode === undefined) return { code: undefined, tookMs: limitMs, output: text }
  return { code: exitCode, tookMs: at - ctx.now, output: text }
}

function notStarted(why: string): Ending {
  const error = `rpc error: code = Unknown desc = failed to exec in container: ${why}`
  return { code: undefined, tookMs: 0, output: '', error }
}

/** Forgets commands that have ended since. */
function sweep(process: Container): void {
  for (const [id, { exitCode }] of Object.entries(process.execs))
    if (exitCode !== undefined) closeExec(process, Number(id))
}
