// Pods themselves (core/validation ValidatePodCreate, ValidatePodUpdate).
import type { Container, Pod, PodSpec, Toleration } from '../../api-types/pod.ts'
import { deepEqual } from '../../../base/deep-equal.ts'
import { paddedImages } from './containers.ts'
import { forbidden, invalid, type FieldErrors } from './field.ts'
import { dnsSubdomain } from './names.ts'
import { validateMeta, validateMetaUpdate } from './object-meta.ts'
import { validatePodAnnotations, validateProfilesMatch } from './pod-annotations.ts'
import { deletionCostErrors, validatePodSpec } from './pod-spec.ts'

interface Extended extends PodSpec {
  ephemeralContainers?: readonly unknown[]
}

export function validatePod(pod: Pod): FieldErrors {
  const spec = pod.spec as Extended
  const gated = (spec.schedulingGates ?? []).length > 0
  const bound = spec.nodeName !== undefined && spec.nodeName !== ''
  const why = 'cannot be set until all schedulingGates have been cleared'
  const ephemeral = (spec.ephemeralContainers ?? []).length > 0
  return [
    ...podErrors(pod),
    ...(ephemeral ? [forbidden('spec.ephemeralContainers', 'cannot be set on create')] : []),
    ...(gated && bound ? [forbidden('spec.nodeName', why)] : []),
    ...validateProfilesMatch(pod),
  ]
}

function podErrors({ metadata, spec }: Pod): FieldErrors {
  return [
    ...validateMeta(metadata, { namespaced: true, name: dnsSubdomain }),
    ...deletionCostErrors(metadata.annotations, 'metadata.annotations'),
    ...validatePodAnnotations(metadata.annotations, spec, 'metadata.annotations'),
    ...validatePodSpec(spec, 'spec', true),
    ...paddedImages(spec.containers ?? [], 'spec.containers'),
    ...paddedImages(spec.initContainers ?? [], 'spec.initContainers'),
  ]
}

/** What of a Pod's spec may change after creation, as the refusal lists it. */
const MUTABLE =
  '`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,' +
  '`spec.tolerations` (only additions to existing tolerations),' +
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)'

export function validatePodUpdate(pod: Pod, old: Pod): FieldErrors {
  const { spec } = pod
  const counts = (['containers', 'initContainers'] as const).flatMap((list) =>
    (spec[list] ?? []).length === (old.spec[list] ?? []).length
      ? []
      : [forbidden(`spec.${list}`, 'pod updates may not add or remove containers')],
  )
  const meta = [...validateMetaUpdate(pod, old), ...podErrors(pod)]
  if (counts.length > 0) return [...meta, ...counts]
  const why = `pod updates may not change fields other than ${MUTABLE}`
  return [
    ...meta,
    ...deadlineErrors(spec, old.spec),
    ...tolerationErrors(spec.tolerations ?? [], old.spec.tolerations ?? []),
    ...(deepEqual(spec, withMutable(old.spec, spec)) ? [] : [forbidden('spec', why)]),
  ]
}

/** A deadline may be set, or brought forward. */
function deadlineErrors(spec: PodSpec, old: PodSpec): FieldErrors {
  const field = 'spec.activeDeadlineSeconds'
  const before = old.activeDeadlineSeconds
  const now = spec.activeDeadlineSeconds
  if (before === undefined || now === before) return []
  if (now === undefined)
    return [invalid(field, null, 'must not update from a positive integer to nil value')]
  return now < before ? [] : [invalid(field, now, `must be less than or equal to previous value`)]
}

function tolerationErrors(now: readonly Toleration[], before: readonly Toleration[]): FieldErrors {
  const sameButTime = (a: Toleration, b: Toleration): boolean => {
    const { tolerationSeconds: _a, ...rest } = a
    const { tolerationSeconds: _b, ...other } = b
    return deepEqual(rest, other)
  }
  if (before.every((old) => now.some((one) => sameButTime(one, old)))) return []
  const why = 'existing toleration can not be modified except its tolerationSeconds'
  return [forbidden('spec.tolerations', why)]
}

/** The old spec with the new values of what may change. */
function withMutable(old: PodSpec, now: PodSpec): PodSpec {
  const withImages = (list: readonly Container[], from: readonly Container[]): Container[] =>
    list.map((container, index) => ({ ...container, image: from[index]?.image ?? '' }))
  const { activeDeadlineSeconds, tolerations, schedulingGates, nodeSelector, affinity } = now
  const gated = (old.schedulingGates ?? []).length > 0
  const directives = gated ? { schedulingGates, nodeSelector, affinity } : {}
  const changed = Object.entries({ activeDeadlineSeconds, tolerations, ...directives })
  return {
    ...old,
    ...Object.fromEntries(changed.filter(([, value]) => value !== undefined)),
    containers: withImages(old.containers, now.containers),
    ...(old.initContainers === undefined
      ? {}
      : { initContainers: withImages(old.initContainers, now.initContainers ?? []) }),
  }
}
