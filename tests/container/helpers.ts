// Running a container's script to its end, and writing its log down in one readable form.

import { simTimeOf, type SimTime } from '../../src/base/time.ts'
import {
  resumeContainer,
  launchContainer,
  type Container,
  type StartOptions,
} from '../../src/container/container.ts'
import { imageConfig } from '../../src/sim/images/registry.ts'

/** 2026-11-23T09:20:26Z: when every container of these tests starts. */
export const START = simTimeOf(Date.UTC(2026, 10, 23, 9, 20, 26))

export function at(seconds: number): SimTime {
  return simTimeOf(START + Math.round(seconds * 1000))
}

/** Options of a container; `image` is a name. */
type Given = Partial<Omit<StartOptions, 'image'> & { image: string }>

export function options({ image = 'busybox', ...more }: Given = {}): StartOptions {
  const given = { env: {}, hostname: 'pod-1', seed: 1, now: START, attempt: 0, ...more }
  return { image: imageConfig(image), ...given }
}

/** A started container; one that cannot start fails the test. */
export function start(more: Given = {}): Container {
  const result = launchContainer(options(more))
  if ('error' in result) throw new Error(result.error)
  return result.container
}

/** `sh -c script`, started. */
export function sh(script: string, more: Given = {}): Container {
  return start({ command: ['sh', '-c', script], ...more })
}

/** Resumes at every wake-up until `seconds` have passed, or to the end. */
export function runTo(process: Container, seconds = Infinity): Container {
  const end = seconds === Infinity ? Infinity : at(seconds)
  for (let i = 0; i < 10_000; i++) {
    if (process.wakeAt === undefined || process.wakeAt > end) break
    resumeContainer(process, process.wakeAt)
  }
  return process
}

/** Seconds since the start, to hundredths: what each sleep takes more has a test of its own. */
function seconds(time: SimTime): number {
  return Math.floor((time - START) / 10) / 100
}

/** `1.5 text`, one line each; stderr lines have a `!`, partial ones end in `…`. */
export function lines(process: Container): string[] {
  return process.log.map((line) => {
    const mark = line.stream === 'stderr' ? '!' : ''
    return `${seconds(line.at)}${mark} ${line.text}${line.partial === true ? '…' : ''}`
  })
}

/** `code@seconds` of the end, `busy`, or `running`. */
export function state(process: Container): string {
  const { exited } = process
  if (exited === undefined) return process.busy ? 'busy' : 'running'
  return `${exited.code}@${seconds(exited.at)}`
}
