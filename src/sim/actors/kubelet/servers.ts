// Which images answer on the network, for probes and hooks: well-known servers on their usual port.
import type { Container } from '../../api-types/pod.ts'
import type { IntOrString } from '../../api-types/meta.ts'
import { normaliseReference } from '../../images/reference.ts'

const SERVERS: readonly { image: RegExp; port: number; isHttp: boolean }[] = [
  { image: /\/nginx[:@]/, port: 80, isHttp: true },
  { image: /\/httpd[:@]/, port: 80, isHttp: true },
  { image: /\/redis[:@]/, port: 6379, isHttp: false },
  { image: /\/postgres[:@]/, port: 5432, isHttp: false },
  { image: /\/node-exporter[:@]/, port: 9100, isHttp: true },
  { image: /\/fluentd[:@]/, port: 24224, isHttp: false },
]

/** The number of a port given by name or number; undefined when there is no such name. */
export function portNumber(container: Container, port: IntOrString): number | undefined {
  if (typeof port === 'number') return port
  if (/^\d+$/.test(port)) return Number(port)
  return container.ports?.find(({ name }) => name === port)?.containerPort
}

function serverOf(container: Container, port: IntOrString) {
  // A command of the user's own replaces the server.
  if (container.command !== undefined) return undefined
  const image = normaliseReference(container.image)
  const number = portNumber(container, port)
  return SERVERS.find((server) => server.port === number && server.image.test(image))
}

/** Whether something accepts connections there. */
export function acceptsTcp(container: Container, port: IntOrString): boolean {
  return serverOf(container, port) !== undefined
}

/** Whether something answers HTTP requests there. */
export function answersHttp(container: Container, port: IntOrString): boolean {
  return serverOf(container, port)?.isHttp === true
}
