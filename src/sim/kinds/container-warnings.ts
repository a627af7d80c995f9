// What the API server warns of in the containers of a Pod although it accepts them: sizes in
// fractions of a byte, variables that hide others, and ports that collide, also between containers
// (pkg/api/pod/warnings.go warningsForPodSpecAndMeta).
import type { Container, EnvVar, PodSpec } from '../api-types/pod.ts'
import { goQuote } from '../lib/go-quote.ts'
import { parseQuantity } from '../lib/quantity.ts'

type Warnings = readonly string[]
type Port = NonNullable<Container['ports']>[number]
interface Placed {
  readonly container: Container
  /** `spec.containers[0]`. */
  readonly field: string
}
interface PlacedPort {
  readonly port: Port
  /** `spec.containers[0].ports[0]`. */
  readonly field: string
}

const ONE = 10n ** 9n
const BYTES = ['memory', 'ephemeral-storage']

/** Init containers come first, as upstream visits them. `field` is the path of the spec. */
export function containerWarnings(spec: PodSpec, field: string): Warnings {
  const placed = [...place(spec.initContainers, `${field}.initContainers`)]
  placed.push(...place(spec.containers, `${field}.containers`))
  const ports = placed.flatMap(({ container, field }) =>
    (container.ports ?? []).map((port, index) => ({ port, field: `${field}.ports[${index}]` })),
  )
  return [
    ...placed.flatMap(({ container, field }) => [
      ...byteWarnings(container, `${field}.resources`),
      ...envWarnings(container.env ?? [], `${field}.env`),
    ]),
    ...ports.flatMap((port, index) => portWarnings(port, ports.slice(0, index))),
    ...ports.flatMap((port, index) => portNameWarnings(port, ports.slice(0, index))),
  ]
}

function place(containers: readonly Container[] | undefined, field: string): readonly Placed[] {
  return (containers ?? []).map((container, i) => ({ container, field: `${field}[${i}]` }))
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
    const extends_ = value.includes(reference) && value !== reference && valueFrom === undefined
    if (extends_) return []
    const hides = `hides previous definition of ${goQuote(name)}`
    return [`${field}[${index}]: ${hides}, which may be dropped when using apply`]
  })
}

function portWarnings({ port, field }: PlacedPort, earlier: readonly PlacedPort[]): Warnings {
  return earlier.flatMap(({ port: other, field: first }) => {
    if (port.containerPort !== other.containerPort || port.protocol !== other.protocol) return []
    const how = collision(port, other)
    return how === undefined ? [] : [`${field}: ${how} port definition with ${first}`]
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

function portNameWarnings({ port, field }: PlacedPort, earlier: readonly PlacedPort[]): Warnings {
  const { name = '' } = port
  const first = name === '' ? undefined : earlier.find((other) => other.port.name === name)?.field
  if (first === undefined) return []
  const uses = `services and probes that select ports by name will use ${first}`
  return [`${field}: duplicate port name ${goQuote(name)} with ${first}, ${uses}`]
}
