// The quality-of-service class of a Pod (pkg/apis/core/v1/helper/qos ComputePodQOS).
import type { Container, PodSpec, PodStatus } from '../api-types/pod.ts'

const COUNTED = ['cpu', 'memory'] as const
/** A container, or the Pod as a whole where it says what it asks for. */
type Asking = Pick<Container, 'resources'>

const ZERO = /^[+-]?0*\.?0*(?:[a-zA-Z]+\d*)?$/

/**
 * BestEffort when no container asks for cpu or memory, Guaranteed when every container has limits
 * for both that equal its requests, otherwise Burstable.
 */
export function qosClass(spec: PodSpec): NonNullable<PodStatus['qosClass']> {
  const whole = spec.resources
  const containers: readonly Asking[] =
    whole === undefined
      ? [...(spec.containers ?? []), ...(spec.initContainers ?? [])]
      : [{ resources: whole }]
  const asked = containers.some((container) => COUNTED.some((name) => asks(container, name)))
  if (!asked) return 'BestEffort'
  const guaranteed = containers.every((container) => COUNTED.every((name) => full(container, name)))
  return guaranteed ? 'Guaranteed' : 'Burstable'
}

function asks(container: Asking, name: string): boolean {
  const { limits, requests } = container.resources ?? {}
  return [limits?.[name], requests?.[name]].some(
    (value) => value !== undefined && !ZERO.test(value),
  )
}

function full(container: Asking, name: string): boolean {
  const { limits, requests } = container.resources ?? {}
  const limit = limits?.[name]
  return limit !== undefined && !ZERO.test(limit) && (requests?.[name] ?? limit) === limit
}
