// The containers of a Pod or of a Pod template. A Pod's containers show their state as well.
// Source: describe.go describeContainers and what it calls.
import type {
  Container,
  ContainerState,
  ContainerStatus,
  Pod,
  Probe,
  VolumeMount,
} from '../../../sim/api-types/pod.ts'
import { goQuote, goSlice } from '../../../sim/lib/go-quote.ts'
import { envFromLines, envLines } from './env.ts'
import { resourceLines } from './resources.ts'
import { compareText, timeText } from './text.ts'

/** How deep a container list stands: by itself in a Pod, inside a controller's template. */
export type Depth = 'pod' | 'template'

/** A titled list of containers; `pod` gives their state and the values of downward fields. */
export function containerLines(
  title: string,
  containers: readonly Container[],
  depth: Depth,
  statuses: readonly ContainerStatus[] = [],
  pod?: Pod,
): string[] {
  const [outer, inner] = depth === 'pod' ? ['', '  '] : ['  ', '   ']
  const label = `${outer}${title}:${containers.length === 0 ? ' <none>' : ''}`
  return [
    label,
    ...containers.flatMap((container) => {
      const status = statuses.find((entry) => entry.name === container.name)
      return [`${inner}${container.name}:`, ...oneContainer(container, status, pod).map(indent)]
    }),
  ]
}

function indent(line: string): string {
  return `    ${line}`
}

function oneContainer(container: Container, status?: ContainerStatus, pod?: Pod): string[] {
  return [
    ...(status === undefined ? [] : [`Container ID:\t${status.containerID ?? ''}`]),
    `Image:\t${container.image}`,
    ...(status === undefined ? [] : [`Image ID:\t${status.imageID}`]),
    portLine('Port', container, (port) => port.containerPort),
    portLine('Host Port', container, (port) => port.hostPort ?? 0),
    ...seccompLines(container.securityContext, '  '),
    ...commandLines('Command', container.command),
    ...commandLines('Args', container.args),
    ...(status === undefined ? [] : statusLines(status)),
    ...resourceLines(container.resources),
    ...probeLine('Liveness', container.livenessProbe),
    ...probeLine('Readiness', container.readinessProbe),
    ...probeLine('Startup', container.startupProbe),
    ...envFromLines(container),
    ...envLines(container, pod),
    ...mountLines(container.volumeMounts ?? []),
  ]
}

type Port = NonNullable<Container['ports']>[number]

function portLine(
  title: string,
  { ports = [] }: Container,
  number: (port: Port) => number,
): string {
  const texts = ports.map((port) => {
    const text = `${number(port)}/${port.protocol ?? ''}`
    return port.name ? `${text} (${port.name})` : text
  })
  if (texts.length > 1) return `${title}s:\t${texts.join(', ')}`
  return `${title}:\t${texts[0] ?? '<none>'}`
}

/** The seccomp profile of a Pod's or a container's security context. */
export function seccompLines(
  context: Readonly<Record<string, unknown>> | undefined,
  indentation: string,
): string[] {
  const profile = context?.seccompProfile as
    { type?: string; localhostProfile?: string } | undefined
  if (profile === undefined) return []
  const lines = [`SeccompProfile:\t${profile.type ?? ''}`]
  if (profile.type === 'Localhost') {
    lines.push(`${indentation}LocalhostProfile:\t${profile.localhostProfile ?? ''}`)
  }
  return lines
}

function commandLines(title: string, words: readonly string[] | undefined): string[] {
  if (words === undefined || words.length === 0) return []
  return [`${title}:`, ...words.flatMap((word) => word.split('\n')).map((line) => `  ${line}`)]
}

function statusLines(status: ContainerStatus): string[] {
  return [
    ...stateLines('State', status.state),
    ...(status.lastState.terminated ? stateLines('Last State', status.lastState) : []),
    `Ready:\t${status.ready ? 'True' : 'False'}`,
    `Restart Count:\t${status.restartCount}`,
  ]
}

function stateLines(title: string, { running, waiting, terminated }: ContainerState): string[] {
  if (running !== undefined)
    return [`${title}:\tRunning`, `  Started:\t${timeText(running.startedAt)}`]
  if (terminated === undefined) {
    return [`${title}:\tWaiting`, ...(waiting?.reason ? [`  Reason:\t${waiting.reason}`] : [])]
  }
  const { reason, message, exitCode, signal, startedAt, finishedAt } = terminated
  return [
    `${title}:\tTerminated`,
    ...(reason ? [`  Reason:\t${reason}`] : []),
    ...(message ? [`  Message:\t${message}`] : []),
    `  Exit Code:\t${exitCode}`,
    ...(signal ? [`  Signal:\t${signal}`] : []),
    `  Started:\t${startedAt === null ? ZERO_TIME : timeText(startedAt)}`,
    `  Finished:\t${finishedAt === null ? ZERO_TIME : timeText(finishedAt)}`,
  ]
}

// What Go prints for a time that was never set.
const ZERO_TIME = 'Mon, 01 Jan 0001 00:00:00 +0000'

function probeLine(title: string, probe: Probe | undefined): string[] {
  return probe === undefined ? [] : [`${title}:\t${probeText(probe)}`]
}

function probeText(probe: Probe): string {
  const attributes =
    `delay=${probe.initialDelaySeconds ?? 0}s timeout=${probe.timeoutSeconds ?? 0}s ` +
    `period=${probe.periodSeconds ?? 0}s #success=${probe.successThreshold ?? 0} ` +
    `#failure=${probe.failureThreshold ?? 0}`
  const { exec, httpGet, tcpSocket, grpc } = probe
  if (exec !== undefined) return `exec ${goSlice(exec.command ?? [])} ${attributes}`
  if (httpGet !== undefined) {
    const scheme = (httpGet.scheme ?? '').toLowerCase()
    const host = httpGet.host ?? ''
    const path = httpGet.path ?? ''
    const slash = path === '' || path.startsWith('/') ? '' : '/'
    const prefix = scheme === '' ? '//' : `${scheme}://`
    return `http-get ${prefix}${host}:${httpGet.port}${slash}${path} ${attributes}`
  }
  if (tcpSocket !== undefined) {
    return `tcp-socket ${tcpSocket.host ?? ''}:${tcpSocket.port} ${attributes}`
  }
  if (grpc !== undefined) return `grpc <pod>:${grpc.port} ${grpc.service ?? ''} ${attributes}`
  return `unknown ${attributes}`
}

function mountLines(mounts: readonly VolumeMount[]): string[] {
  if (mounts.length === 0) return ['Mounts:\t<none>']
  const sorted = mounts.toSorted((a, b) => compareText(a.mountPath, b.mountPath))
  return [
    'Mounts:',
    ...sorted.map(({ mountPath, name, readOnly, subPath }) => {
      const flags = [
        readOnly === true ? 'ro' : 'rw',
        ...(subPath ? [`path=${goQuote(subPath)}`] : []),
      ]
      return `  ${mountPath} from ${name} (${flags.join(',')})`
    }),
  ]
}
