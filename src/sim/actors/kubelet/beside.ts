// A command run in a container beside its own process: hooks and exec probes. It is run to its end
// at once, in its own virtual time, so that the caller knows how long it takes.
import { hashText } from '../../../base/rng.ts'
import { addMs } from '../../../base/time.ts'
import type { Container } from '../../api-types/pod.ts'
import { resumeProcess, startProcess } from '../../images/process.ts'
import { containerEnvironment } from './environment.ts'
import { hostnameOf } from './start-container.ts'
import type { Kubelet, Worker } from './state.ts'

/** Wake-ups of one command beyond which it counts as endless. */
const WAKES_MAX = 10_000

export interface Ending {
  /** undefined: it did not end within the limit. */
  code: number | undefined
  tookMs: number
  output: string
}

/** Runs `command` for at most `limitMs` of virtual time. */
export function runBeside(
  kubelet: Kubelet,
  worker: Worker,
  container: Container,
  command: readonly string[],
  limitMs: number,
): Ending {
  const { ctx, machine } = kubelet
  const ip = machine.pods.get(worker.uid)?.ip ?? ''
  const environment = containerEnvironment(kubelet, worker, container, ip)
  const started = startProcess({
    image: container.image,
    command: [...command],
    env: 'error' in environment ? {} : environment.env,
    hostname: hostnameOf(worker),
    seed: hashText(`${worker.uid}/${container.name}/${ctx.now}`),
    now: ctx.now,
    attempt: 0,
  })
  if ('error' in started) return { code: NOT_FOUND, tookMs: 0, output: started.error }
  const { process } = started
  const endsAt = addMs(ctx.now, limitMs)
  for (let wakes = 0; wakes < WAKES_MAX; wakes++) {
    if (process.exited !== undefined || process.wakeAt === undefined) break
    if (process.wakeAt > endsAt) break
    resumeProcess(process, process.wakeAt)
  }
  const output = process.log.map(({ text }) => `${text}\n`).join('')
  if (process.exited === undefined) return { code: undefined, tookMs: limitMs, output }
  return { code: process.exited.code, tookMs: process.exited.at - ctx.now, output }
}

/** What a shell answers for a program that is not there. */
const NOT_FOUND = 127
