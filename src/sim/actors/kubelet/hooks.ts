// Lifecycle hooks of containers (pkg/kubelet/lifecycle/handlers.go). A hook's command runs in the
// container beside its own process.
import { SECOND_MS } from '../../../base/time.ts'
import type { Container, Handler } from '../../api-types/pod.ts'
import { goQuote } from '../../lib/go-quote.ts'
import { runBeside } from './exec.ts'
import { containerEvent } from './images.ts'
import { answersHttp } from './servers.ts'
import type { StartFailure } from './pod-operation.ts'
import type { Kubelet, Worker } from './state.ts'

/** Runs a preStop hook, at most for the grace. Returns how long it takes in milliseconds. */
export function runPreStop(
  kubelet: Kubelet,
  worker: Worker,
  container: Container,
  graceSeconds: number,
): number {
  const handler = container.lifecycle?.preStop
  if (handler === undefined) return 0
  const limitMs = graceSeconds * SECOND_MS
  const { tookMs, problem } = runHandler(kubelet, worker, container, handler, limitMs)
  if (problem !== undefined) hookFailed(kubelet, worker, container, 'PreStop')
  return Math.min(tookMs, limitMs)
}

/**
 * Runs a postStart hook. Returns how long it takes in milliseconds, and as what the container
 * waits afterwards if it failed: then it is stopped (kuberuntime_container.go startContainer).
 */
export function runPostStart(
  kubelet: Kubelet,
  worker: Worker,
  container: Container,
): { tookMs: number; failure?: StartFailure } {
  const handler = container.lifecycle?.postStart
  if (handler === undefined) return { tookMs: 0 }
  const { tookMs, problem } = runHandler(kubelet, worker, container, handler, POST_START_MAX_MS)
  if (problem === undefined) return { tookMs }
  const { name, namespace } = worker.pod.metadata
  const where = `Container "${container.name}" in Pod "${name}_${namespace}(${worker.uid})"`
  const message = `${problem.what} for ${where} failed - error: ${problem.error}`
  return { tookMs, failure: { reason: 'PostStartHookError', message } }
}

/** Records that a postStart hook failed. */
export function postStartFailed(kubelet: Kubelet, worker: Worker, container: Container): void {
  hookFailed(kubelet, worker, container, 'PostStart')
}

/** A postStart hook that runs longer is taken for one that never ends. */
const POST_START_MAX_MS = 600 * SECOND_MS

function hookFailed(
  kubelet: Kubelet,
  worker: Worker,
  { name }: Container,
  hook: 'PreStop' | 'PostStart',
): void {
  containerEvent(kubelet, worker, name, 'Warning', `Failed${hook}Hook`, `${hook}Hook failed`)
}

/** What failed and how, in the kubelet's words. */
interface HookProblem {
  what: string
  error: string
}

function runHandler(
  kubelet: Kubelet,
  worker: Worker,
  container: Container,
  handler: Handler,
  limitMs: number,
): { tookMs: number; problem?: HookProblem } {
  if (handler.sleep !== undefined) return { tookMs: handler.sleep.seconds * SECOND_MS }
  if (handler.httpGet !== undefined) {
    const { path = '', port } = handler.httpGet
    if (answersHttp(container, port)) return { tookMs: 0 }
    const what = `HTTP lifecycle hook (${path})`
    return { tookMs: 0, problem: { what, error: 'connect: connection refused' } }
  }
  const command = handler.exec?.command
  if (command === undefined) return { tookMs: 0 }
  const ending = runBeside(kubelet, worker, container.name, command, limitMs)
  const { code, tookMs, output } = ending
  if (ending.error === undefined && (code === 0 || code === undefined)) return { tookMs }
  const words = command.join(' ')
  const why = ending.error ?? `command '${words}' exited with ${code}: ${output}`
  const error = `${why}, message: ${goQuote(output)}`
  return { tookMs, problem: { what: `Exec lifecycle hook ([${words}])`, error } }
}
