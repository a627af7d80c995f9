// Lifecycle hooks of containers (pkg/kubelet/lifecycle/handlers.go). A hook's command runs in the
// container beside its own process.
import { SECOND_MS } from '../../../base/time.ts'
import type { Container, Handler } from '../../api-types/pod.ts'
import { runBeside } from './beside.ts'
import { containerEvent } from './images.ts'
import { answersHttp } from './servers.ts'
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
  const { tookMs, isOk } = runHandler(kubelet, worker, container, handler, limitMs)
  if (!isOk) hookFailed(kubelet, worker, container, 'PreStop')
  return Math.min(tookMs, limitMs)
}

/** Runs a postStart hook. Returns how long it takes in milliseconds. */
export function runPostStart(kubelet: Kubelet, worker: Worker, container: Container): number {
  const handler = container.lifecycle?.postStart
  if (handler === undefined) return 0
  const { tookMs, isOk } = runHandler(kubelet, worker, container, handler, POST_START_MAX_MS)
  if (!isOk) hookFailed(kubelet, worker, container, 'PostStart')
  return tookMs
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

function runHandler(
  kubelet: Kubelet,
  worker: Worker,
  container: Container,
  handler: Handler,
  limitMs: number,
): { tookMs: number; isOk: boolean } {
  if (handler.sleep !== undefined) return { tookMs: handler.sleep.seconds * SECOND_MS, isOk: true }
  if (handler.httpGet !== undefined)
    return { tookMs: 0, isOk: answersHttp(container, handler.httpGet.port) }
  const command = handler.exec?.command
  if (command === undefined) return { tookMs: 0, isOk: true }
  const { code, tookMs } = runBeside(kubelet, worker, container.name, command, limitMs)
  return { tookMs, isOk: code === 0 || code === undefined }
}
