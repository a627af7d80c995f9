// Annotations of Pods and templates that mean something to the API server: mirrors of static Pods,
// and the old way of naming seccomp and AppArmor profiles (core/validation
// ValidatePodSpecificAnnotations, validateSeccompAnnotationsAndFields).
import type { Container, Pod, PodSpec } from '../../api-types/pod.ts'
import { forbidden, invalid, type FieldErrors } from './field.ts'
import { descendingPath } from './paths.ts'
import type { ContainerSecurity } from './security.ts'
import { sortedEntries } from './sorted.ts'

type Annotations = Readonly<Record<string, string>> | undefined
type Profile = NonNullable<ContainerSecurity['seccompProfile']>

const MIRROR = 'kubernetes.io/config.mirror'
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod'
const SECCOMP_CONTAINER = 'container.seccomp.security.alpha.kubernetes.io/'
const APPARMOR_CONTAINER = 'container.apparmor.security.beta.kubernetes.io/'
const LOCALHOST = 'localhost/'
const DEFAULTS = ['runtime/default', 'docker/default']
const UNCONFINED = 'unconfined'

/** What the annotations of a Pod or a template say by themselves. */
export function validatePodAnnotations(
  annotations: Annotations,
  spec: PodSpec,
  field: string,
): FieldErrors {
  const mirror = annotations?.[MIRROR]
  const unbound = 'must set spec.nodeName if mirror pod annotation is set'
  return [
    ...(mirror !== undefined && !spec.nodeName
      ? [invalid(`${field}[${MIRROR}]`, mirror, unbound)]
      : []),
    ...sortedEntries(annotations).flatMap(([key, value]) => {
      if (key === SECCOMP_POD || key.startsWith(SECCOMP_CONTAINER))
        return seccompErrors(value, `${field}.${key}`)
      return key.startsWith(APPARMOR_CONTAINER)
        ? appArmorErrors(key.slice(APPARMOR_CONTAINER.length), value, spec, `${field}[${key}]`)
        : []
    }),
  ]
}

function seccompErrors(profile: string, field: string): FieldErrors {
  if (DEFAULTS.includes(profile) || profile === UNCONFINED) return []
  if (profile.startsWith(LOCALHOST)) return descendingPath(profile.slice(LOCALHOST.length), field)
  return [invalid(field, profile, 'must be a valid seccomp profile')]
}

function appArmorErrors(
  container: string,
  profile: string,
  { containers, initContainers = [] }: PodSpec,
  field: string,
): FieldErrors {
  const isKnown = [...initContainers, ...containers].some(({ name }) => name === container)
  const isValid =
    profile === '' || profile === DEFAULTS[0] || profile === UNCONFINED || isLocalhost(profile)
  const why = `invalid AppArmor profile name: ${JSON.stringify(profile)}`
  return [
    ...(isKnown ? [] : [invalid(field, container, 'container not found')]),
    ...(isValid ? [] : [invalid(field, profile, why)]),
  ]
}

function isLocalhost(profile: string): boolean {
  return profile.startsWith(LOCALHOST)
}

interface Secured {
  securityContext?: ContainerSecurity
}

/** On creation annotations and fields may both be there, if they say the same. */
export function validateProfilesMatch({ metadata, spec }: Pod): FieldErrors {
  const { annotations = {} } = metadata
  const context = (spec as Secured).securityContext
  const lists = ['initContainers', 'containers'] as const
  return [
    ...profileErrors(annotations[SECCOMP_POD], context?.seccompProfile, 'seccomp', 'spec'),
    ...lists.flatMap((list) =>
      (spec[list] ?? []).flatMap((container, index) =>
        containerErrors(container, annotations, context, `spec.${list}[${index}]`),
      ),
    ),
  ]
}

function containerErrors(
  container: Container,
  annotations: Readonly<Record<string, string>>,
  pod: ContainerSecurity | undefined,
  at: string,
): FieldErrors {
  const own = (container as Secured).securityContext
  const seccomp = annotations[SECCOMP_CONTAINER + container.name]
  const appArmor = annotations[APPARMOR_CONTAINER + container.name]
  const profile = own?.appArmorProfile ?? pod?.appArmorProfile
  return [
    ...profileErrors(seccomp, own?.seccompProfile, 'seccomp', at),
    ...profileErrors(appArmor, profile, 'apparmor', at),
  ]
}

function profileErrors(
  annotation: string | undefined,
  profile: Profile | undefined,
  what: 'seccomp' | 'apparmor',
  at: string,
): FieldErrors {
  if (annotation === undefined || profile === undefined) return []
  const { type, localhostProfile } = profile
  const field = `${at}.securityContext.${what === 'seccomp' ? 'seccompProfile' : 'appArmorProfile'}`
  const agrees =
    type === 'Unconfined'
      ? annotation === UNCONFINED
      : type === 'RuntimeDefault'
        ? DEFAULTS.includes(annotation)
        : type !== 'Localhost' || isLocalhost(annotation)
  if (!agrees)
    return [forbidden(`${field}.type`, `${what} type in annotation and field must match`)]
  if (type !== 'Localhost' || annotation.slice(LOCALHOST.length) === localhostProfile) return []
  const why = `${what} profile in annotation and field must match`
  return [forbidden(`${field}.localhostProfile`, why)]
}
