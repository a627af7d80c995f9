// Probes and lifecycle handlers (core/validation validateProbe, validateHandler).
import type { IntOrString } from '../../api-types/meta.ts'
import type { Container, Handler, Probe } from '../../api-types/pod.ts'
import {
  eachInvalid,
  forbidden,
  invalid,
  nonNegative,
  notSupported,
  required,
  type FieldErrors,
} from './field.ts'
import { httpHeaderName, portName, portNumber } from './names.ts'

interface HttpGet {
  path?: string
  port: IntOrString
  scheme?: string
  httpHeaders?: readonly { name: string }[]
}

type AnyHandler = Probe & Handler

/** The probes and lifecycle handlers of a container that may have them. */
export function validateContainerProbes(
  container: Container,
  graceSeconds: number | undefined,
  field: string,
): FieldErrors {
  const { lifecycle, livenessProbe, readinessProbe, startupProbe } = container
  const { postStart, preStop } = lifecycle ?? {}
  const at = `${field}.lifecycle`
  return [
    ...(postStart ? handlerErrors(postStart as AnyHandler, graceSeconds, `${at}.postStart`) : []),
    ...(preStop ? handlerErrors(preStop as AnyHandler, graceSeconds, `${at}.preStop`) : []),
    ...onceSuccessful(livenessProbe, graceSeconds, `${field}.livenessProbe`),
    ...readinessErrors(readinessProbe, graceSeconds, `${field}.readinessProbe`),
    ...onceSuccessful(startupProbe, graceSeconds, `${field}.startupProbe`),
  ]
}

/** Liveness and startup probes need exactly one success. */
function onceSuccessful(
  probe: Probe | undefined,
  graceSeconds: number | undefined,
  field: string,
): FieldErrors {
  if (probe === undefined) return []
  const { successThreshold } = probe
  const once = successThreshold === 1
  return [
    ...probeErrors(probe, graceSeconds, field),
    ...(once ? [] : [invalid(`${field}.successThreshold`, successThreshold, 'must be 1')]),
  ]
}

function readinessErrors(
  probe: Probe | undefined,
  graceSeconds: number | undefined,
  field: string,
): FieldErrors {
  if (probe === undefined) return []
  const grace = probe.terminationGracePeriodSeconds
  const at = `${field}.terminationGracePeriodSeconds`
  return [
    ...probeErrors(probe, graceSeconds, field),
    ...(grace === undefined ? [] : [invalid(at, grace, 'must not be set for readinessProbes')]),
  ]
}

const COUNTS = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const

function probeErrors(probe: Probe, graceSeconds: number | undefined, field: string): FieldErrors {
  const grace = probe.terminationGracePeriodSeconds
  const at = `${field}.terminationGracePeriodSeconds`
  return [
    ...handlerErrors(probe as AnyHandler, graceSeconds, field),
    ...COUNTS.flatMap((name) => nonNegative(`${field}.${name}`, probe[name])),
    ...(grace !== undefined && grace <= 0 ? [invalid(at, grace, 'must be greater than 0')] : []),
  ]
}

/** Exactly one kind of handler. Only the first one is looked into. */
function handlerErrors(
  handler: AnyHandler,
  graceSeconds: number | undefined,
  field: string,
): FieldErrors {
  const { exec, httpGet, tcpSocket, grpc, sleep } = handler
  const kinds: readonly (readonly [string, unknown, () => FieldErrors])[] = [
    ['exec', exec, () => execErrors(exec!, `${field}.exec`)],
    ['httpGet', httpGet, () => httpErrors(httpGet as HttpGet, `${field}.httpGet`)],
    ['tcpSocket', tcpSocket, () => portErrors(tcpSocket!.port, `${field}.tcpSocket.port`)],
    ['grpc', grpc, () => portErrors(grpc!.port, `${field}.grpc.port`)],
    ['sleep', sleep, () => sleepErrors(sleep!.seconds, graceSeconds, `${field}.sleep`)],
  ]
  const given = kinds.filter(([, value]) => value !== undefined)
  if (given.length === 0) return [required(field, 'must specify a handler type')]
  return given.flatMap(([name, , check], index) =>
    index === 0
      ? check()
      : [forbidden(`${field}.${name}`, 'may not specify more than 1 handler type')],
  )
}

function execErrors({ command }: { command?: readonly string[] }, field: string): FieldErrors {
  return (command ?? []).length === 0 ? [required(`${field}.command`)] : []
}

const SCHEMES = ['HTTP', 'HTTPS']

function httpErrors(
  { path, port, scheme = '', httpHeaders = [] }: HttpGet,
  field: string,
): FieldErrors {
  return [
    ...(path ? [] : [required(`${field}.path`)]),
    ...portErrors(port, `${field}.port`),
    ...(SCHEMES.includes(scheme) ? [] : [notSupported(`${field}.scheme`, scheme, SCHEMES)]),
    ...httpHeaders.flatMap(({ name }) =>
      eachInvalid(`${field}.httpHeaders`, name, httpHeaderName(name)),
    ),
  ]
}

/** A number of a port, or the name of one. */
function portErrors(port: IntOrString, field: string): FieldErrors {
  return eachInvalid(field, port, typeof port === 'number' ? portNumber(port) : portName(port))
}

function sleepErrors(
  seconds: number,
  graceSeconds: number | undefined,
  field: string,
): FieldErrors {
  if (graceSeconds === undefined || (seconds >= 0 && seconds <= graceSeconds)) return []
  const bound = `terminationGracePeriodSeconds (${graceSeconds})`
  return [invalid(field, seconds, `must be non-negative and less than ${bound}`)]
}
