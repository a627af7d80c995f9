// Security contexts of Pods and containers (core/validation ValidateSecurityContext and
// validatePodSpecSecurityContext), as far as Linux goes.
import {
  forbidden,
  invalid,
  eachInvalid,
  notSupported,
  required,
  tooLong,
  type FieldErrors,
} from './field.ts'
import { utf8Length } from '../../../base/utf8.ts'
import { internalForm } from '../internal-form.ts'
import { posixId } from './names.ts'
import { descendingPath } from './paths.ts'

interface Profile {
  type?: string
  localhostProfile?: string
}

export interface ContainerSecurity {
  privileged?: boolean
  allowPrivilegeEscalation?: boolean
  runAsUser?: number
  runAsGroup?: number
  procMount?: string
  seccompProfile?: Profile
  appArmorProfile?: Profile
  capabilities?: { add?: readonly string[] }
}

interface PodSecurity {
  fsGroup?: number
  runAsUser?: number
  runAsGroup?: number
  supplementalGroups?: readonly number[]
  sysctls?: readonly { name?: string }[]
  fsGroupChangePolicy?: string
  seccompProfile?: Profile
  appArmorProfile?: Profile
  supplementalGroupsPolicy?: string
  seLinuxChangePolicy?: string
}

const PROFILE_TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined']
/** A path on Linux is no longer. */
const PROFILE_BYTES_MAX = 4095
const SYSCTL_MAX = 253
const SYSCTL_SEGMENT = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?'
const SYSCTL = String.raw`(${SYSCTL_SEGMENT}[\./])*${SYSCTL_SEGMENT}`
const SYSCTL_REGEXP = new RegExp(`^${SYSCTL}$`)

/** The security context of a container. */
export function validateContainerSecurity(
  context: ContainerSecurity | undefined,
  hostUsers: boolean,
  field: string,
): FieldErrors {
  if (context === undefined) return []
  const { procMount } = context
  const unmasked = '`hostUsers` must be false to use `Unmasked`'
  return [
    ...idErrors(context.runAsUser, `${field}.runAsUser`),
    ...idErrors(context.runAsGroup, `${field}.runAsGroup`),
    ...supported(procMount, ['Default', 'Unmasked'], `${field}.procMount`),
    ...(hostUsers && procMount === 'Unmasked'
      ? [invalid(`${field}.procMount`, procMount, unmasked)]
      : []),
    ...seccompErrors(context.seccompProfile, `${field}.seccompProfile`),
    ...escalationErrors(context, field),
    ...appArmorErrors(context.appArmorProfile, `${field}.appArmorProfile`),
  ]
}

function escalationErrors(context: ContainerSecurity, field: string): FieldErrors {
  if (context.allowPrivilegeEscalation !== false) return []
  const shown = internalForm(context, 'SecurityContext')
  const cannot = 'cannot set `allowPrivilegeEscalation` to false and'
  const admin = (context.capabilities?.add ?? []).includes('CAP_SYS_ADMIN')
  return [
    ...(context.privileged ? [invalid(field, shown, `${cannot} \`privileged\` to true`)] : []),
    ...(admin ? [invalid(field, shown, `${cannot} \`capabilities.Add\` CAP_SYS_ADMIN`)] : []),
  ]
}

/** The security context of a Pod. */
export function validatePodSecurity(
  context: PodSecurity & { shareProcessNamespace?: boolean; hostPID?: boolean },
  field: string,
): FieldErrors {
  const shared = context.shareProcessNamespace === true && context.hostPID === true
  const both = 'ShareProcessNamespace and HostPID cannot both be enabled'
  const groups = context.supplementalGroups ?? []
  return [
    ...idErrors(context.fsGroup, `${field}.fsGroup`),
    ...idErrors(context.runAsUser, `${field}.runAsUser`),
    ...idErrors(context.runAsGroup, `${field}.runAsGroup`),
    ...groups.flatMap((group, index) => idErrors(group, `${field}.supplementalGroups[${index}]`)),
    ...(shared ? [invalid(`${field}.shareProcessNamespace`, true, both)] : []),
    ...sysctlErrors(context.sysctls ?? [], `${field}.sysctls`),
    ...supported(
      context.fsGroupChangePolicy,
      ['Always', 'OnRootMismatch'],
      `${field}.fsGroupChangePolicy`,
    ),
    ...seccompErrors(context.seccompProfile, `${field}.seccompProfile`),
    ...appArmorErrors(context.appArmorProfile, `${field}.appArmorProfile`),
    ...supported(
      context.supplementalGroupsPolicy,
      ['Merge', 'Strict'],
      `${field}.supplementalGroupsPolicy`,
    ),
    ...supported(
      context.seLinuxChangePolicy,
      ['MountOption', 'Recursive'],
      `${field}.seLinuxChangePolicy`,
    ),
  ]
}

function supported(
  value: string | undefined,
  values: readonly string[],
  field: string,
): FieldErrors {
  return value === undefined || values.includes(value) ? [] : [notSupported(field, value, values)]
}

function idErrors(id: number | undefined, field: string): FieldErrors {
  return id === undefined ? [] : eachInvalid(field, id, posixId(id))
}

function sysctlErrors(sysctls: readonly { name?: string }[], field: string): FieldErrors {
  const rule = `must have at most ${SYSCTL_MAX} characters and match regex ^${SYSCTL}$`
  return sysctls.flatMap(({ name }, index) => {
    const at = `${field}[${index}].name`
    if (!name) return [required(at)]
    return name.length <= SYSCTL_MAX && SYSCTL_REGEXP.test(name) ? [] : [invalid(at, name, rule)]
  })
}

function seccompErrors(profile: Profile | undefined, field: string): FieldErrors {
  if (profile === undefined) return []
  const { type, localhostProfile } = profile
  const at = `${field}.localhostProfile`
  const typeErrors = type
    ? supported(type, PROFILE_TYPES, `${field}.type`)
    : [required(`${field}.type`, 'type is required when seccompProfile is set')]
  if (type !== 'Localhost') {
    if (localhostProfile === undefined) return typeErrors
    const shown = { Type: type ?? '', LocalhostProfile: localhostProfile }
    const why = 'can only be set when seccomp type is Localhost'
    return [...typeErrors, invalid(at, shown, why)]
  }
  return localhostProfile === undefined
    ? [required(at, 'must be set when seccomp type is Localhost')]
    : descendingPath(localhostProfile, at)
}

function appArmorErrors(profile: Profile | undefined, field: string): FieldErrors {
  if (profile === undefined) return []
  const { type, localhostProfile } = profile
  const at = `${field}.localhostProfile`
  if (!type) return [required(`${field}.type`, 'type is required when appArmorProfile is set')]
  if (!PROFILE_TYPES.includes(type)) return [notSupported(`${field}.type`, type, PROFILE_TYPES)]
  const only = 'can only be set when AppArmor type is Localhost'
  if (type !== 'Localhost')
    return localhostProfile === undefined ? [] : [invalid(at, localhostProfile, only)]
  if (!localhostProfile?.trim())
    return [required(at, 'must be set when AppArmor type is Localhost')]
  const padded = localhostProfile !== localhostProfile.trim()
  return [
    ...(padded ? [invalid(at, localhostProfile, 'must not be padded with whitespace')] : []),
    ...(utf8Length(localhostProfile) > PROFILE_BYTES_MAX ? [tooLong(at, PROFILE_BYTES_MAX)] : []),
  ]
}

/** Pods with their own user namespace cannot share the host's other namespaces. */
export function validateHostUsers(
  spec: { hostUsers?: boolean; hostNetwork?: boolean; hostPID?: boolean; hostIPC?: boolean },
  field: string,
): FieldErrors {
  if (spec.hostUsers !== false) return []
  const why = 'when `pod.Spec.HostUsers` is false'
  return [
    ...(spec.hostNetwork ? [forbidden(`${field}.hostNetwork`, why)] : []),
    ...(spec.hostPID ? [forbidden(`${field}.HostPID`, why)] : []),
    ...(spec.hostIPC ? [forbidden(`${field}.HostIPC`, why)] : []),
  ]
}
