// Creating and starting one container (kuberuntime_container.go startContainer).
import { compact } from '../../../base/plain.ts'
import { hashText } from '../../../base/rng.ts'
import type { Container } from '../../api-types/pod.ts'
import { runtimePodOf } from '../../machine.ts'
import { launchContainer, type StartOptions } from '../../../container/container.ts'
import { imageConfig } from '../../images/registry.ts'
import { viewByName } from './container-status.ts'
import { containerEnvironment, expand } from './environment.ts'
import { containerEvent } from './images.ts'
import { createContainer, failToStart, launch, settle } from './runtime.ts'
import { scheduleProcesses } from './processes.ts'
import { identityOf, nonRootProblem } from './security.ts'
import { sharedFiles } from './shared-files.ts'
import type { StartFailure } from './pod-operation.ts'
import type { Kubelet, Worker } from './state.ts'
import { mountedFiles } from './volumes.ts'

/** What containerd says when a container's program cannot be run. */
const RUNC =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: ' +
  'runc create failed: unable to start container process: error during container init: '

/** Starts a container; a failure is what its waiting state will show. */
export function startContainer(
  kubelet: Kubelet,
  worker: Worker,
  container: Container,
): StartFailure | undefined {
  const { machine } = kubelet
  const { name } = container
  const runtimePod = runtimePodOf(machine, worker.uid)!
  const environment = containerEnvironment(kubelet, worker, container, runtimePod.ip)
  if ('error' in environment) {
    containerEvent(kubelet, worker, name, 'Warning', 'Failed', `Error: ${environment.error}`)
    return { reason: 'CreateContainerConfigError', message: environment.error }
  }
  const problem = nonRootProblem(worker.pod, container)
  if (problem !== undefined) {
    containerEvent(kubelet, worker, name, 'Warning', 'Failed', `Error: ${problem}`)
    return { reason: 'CreateContainerConfigError', message: problem }
  }
  const last = viewByName(worker.cache, name)
  const attempt = last === undefined ? 0 : last.attempt + 1
  const created = createContainer(kubelet, runtimePod, container, attempt)
  containerEvent(kubelet, worker, name, 'Normal', 'Created', 'Container created')
  const options = startOptions(kubelet, worker, container, environment.env, attempt)
  const started = launchContainer(options)
  if ('error' in started) {
    failToStart(created, kubelet.ctx.now)
    const message = RUNC + started.error
    containerEvent(kubelet, worker, name, 'Warning', 'Failed', `Error: ${message}`)
    return { reason: 'RunContainerError', message }
  }
  launch(created, started.container, kubelet.ctx.now)
  settle(runtimePod.pod, created)
  containerEvent(kubelet, worker, name, 'Normal', 'Started', 'Container started')
  scheduleProcesses(kubelet, worker.uid, runtimePod)
  return undefined
}

function startOptions(
  kubelet: Kubelet,
  worker: Worker,
  container: Container,
  env: Record<string, string>,
  attempt: number,
): StartOptions {
  const { ctx } = kubelet
  const { command, args, workingDir, image, name } = container
  const files = mountedFiles(kubelet, worker, container)
  const runtimePod = runtimePodOf(kubelet.machine, worker.uid)!
  const nodes = sharedFiles(worker.pod, runtimePod, container, ctx.now)
  return compact({
    image: imageConfig(image),
    command: command?.map((word) => expand(word, env)),
    args: args?.map((word) => expand(word, env)),
    env,
    hostname: hostnameOf(worker),
    workingDir: workingDir || undefined,
    seed: hashText(`${ctx.world.seed}/${worker.uid}/${name}/${attempt}`),
    now: ctx.now,
    attempt,
    ...identityOf(worker.pod, container),
    files,
    nodes,
  })
}

/** The Pod's hostname: its own name unless it sets one; the node's with hostNetwork. */
function hostnameOf({ pod }: Worker): string {
  if (pod.spec.hostNetwork) return pod.spec.nodeName ?? ''
  return (pod.spec.hostname ?? pod.metadata.name).slice(0, HOSTNAME_MAX)
}

const HOSTNAME_MAX = 63
