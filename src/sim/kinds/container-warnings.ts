// What the API server warns of in the containers of a Pod although it accepts them: sizes in
// fractions of a byte, variables that hide others, and ports that collide, also between containers
// (pkg/api/pod/warnings.go warningsForPodSpecAndMeta).
import type { Container, EnvVar, PodSpec } from '../api-types/pod.ts'
import { goQuote } from '../lib/go-quote.ts'
import { parseQuantity } from '../lib/quantity.ts'

type Warnings = readonly string[]
type Port = NonNullable<Container['ports']>[number]
/** A container or a port with its path: `spec.containers[0].ports[0]`. */
interface Placed<T> {
  readonly item: T
  readonly path: string
}

const ONE = 10n ** 9n
const BYTES = ['memory', 'ephemeral-storage']

/** Init containers come first, as upstream visits them. `field` is the path of the spec. */
export function containerWarnings(spec: PodSpec, field: string): Warnings {
  const containers = [
    ...placed(spec.initContainers, `${field}.initContainers`),
    ...placed(spec.containers, `${field}.containers`),
  ]
  const ports = containers.flatMap(({ item, path }) => placed(item.ports, `${path}.ports`))
  return [
    ...containers.flatMap(({ item, path }) => [
      ...byteWarnings(item, `${path}.resources`),
      ...envWarnings(item.env ?? [], `${path}.env`),
    ]),
    ...ports.flatMap((port, index) => [
      ...addressWarnings(port),
      ...portWarnings(port, ports.slice(0, index)),
    ]),
    ...ports.flatMap((port, index) => portNameWarnings(port, ports.slice(0, index))),
  ]
}

function placed<T>(list: readonly T[] | undefined, path: string): readonly Placed<T>[] {
  return (list ?? []).map((item, index) => ({ item, path: `${path}[${index}]` }))
}

/** `100m` of memory is a tenth of a byte: surely a slip. */
function byteWarnings({ resources = {} }: Container, field: string): Warnings {
  return BYTES.flatMap((name) =>
    (['limits', 'requests'] as const).flatMap((list) => {
      const quantity = resources[list]?.[name]
      if (quantity === undefined || parseQuantity(quantity).nano % ONE === 0n) return []
      const what = `fractional byte value ${goQuote(quantity)} is invalid, must be an integer`
      return [`${field}.${list}[${name}]: ${what}`]
    }),
  )
}

/** A second definition is fine only if it builds on the first: `$(PATH):/more`. */
function envWarnings(env: readonly EnvVar[], field: string): Warnings {
  return env.flatMap(({ name, value = '', valueFrom }, index) => {
    if (!env.slice(0, index).some((other) => other.name === name)) return []
    const reference = `$(${name})`
    const buildsOnIt = value.includes(reference) && value !== reference && valueFrom === undefined
    if (buildsOnIt) return []
    const hides = `hides previous definition of ${goQuote(name)}`
    return [`${field}[${index}]: ${hides}, which may be dropped when using apply`]
  })
}

function addressWarnings({ item: port, path }: Placed<Port>): Warnings {
  const { name = '', hostPort = 0, containerPort, protocol, hostIP = '' } = port
  if (hostIP === '' || hostPort !== 0) return []
  const fields = `Name:${name} HostPort:0 ContainerPort:${containerPort} Protocol:${protocol}`
  return [`${path}: hostIP set without hostPort: {${fields} HostIP:${hostIP}}`]
}

function portWarnings(
  { item: port, path }: Placed<Port>,
  earlier: readonly Placed<Port>[],
): Warnings {
  return earlier.flatMap(({ item: other, path: first }) => {
    if (port.containerPort !== other.containerPort || port.protocol !== other.protocol) return []
    const how = collision(port, other)
    return how === undefined ? [] : [`${path}: ${how} port definition with ${first}`]
  })
}

function collision(a: Port, b: Port): string | undefined {
  const [aHost, bHost] = [a.hostPort ?? 0, b.hostPort ?? 0]
  const [aIp, bIp] = [a.hostIP ?? '', b.hostIP ?? '']
  if (aHost === bHost && aIp === bIp) return 'duplicate'
  if (aHost === 0 || bHost === 0) return 'overlapping'
  const oneIp = (aIp === '') !== (bIp === '')
  return aHost === bHost && oneIp ? 'dangerously ambiguous' : undefined
}

function portNameWarnings(
  { item: { name = '' }, path }: Placed<Port>,
  earlier: readonly Placed<Port>[],
): Warnings {
  const first = name === '' ? undefined : earlier.find(({ item }) => item.name === name)?.path
  if (first === undefined) return []
  const uses = `services and probes that select ports by name will use ${first}`
  return [`${path}: duplicate port name ${goQuote(name)} with ${first}, ${uses}`]
}
