// Where containers see volumes (core/validation ValidateVolumeMounts).
import type { Container, Volume, VolumeMount } from '../../api-types/pod.ts'
import {
  forbidden,
  invalid,
  notFoundValue,
  notSupported,
  required,
  type FieldErrors,
} from './field.ts'
import { descendingPath, noBacksteps } from './paths.ts'

interface Mount extends VolumeMount {
  subPathExpr?: string
  mountPropagation?: string
  recursiveReadOnly?: string
}

interface Device {
  name?: string
  devicePath?: string
}

interface WithDevices {
  volumeDevices?: readonly Device[]
  securityContext?: { privileged?: boolean }
}

const PROPAGATIONS = ['Bidirectional', 'HostToContainer', 'None']
const RECURSIVE = ['Disabled', 'Enabled', 'IfPossible']

/** Validates the mounts of a container against the valid volumes of its Pod. */
export function validateMounts(
  container: Container,
  volumes: ReadonlyMap<string, Volume>,
  field: string,
): FieldErrors {
  const mounts: readonly Mount[] = container.volumeMounts ?? []
  const { volumeDevices: devices = [] } = container as WithDevices
  const seen = new Set<string>()
  return mounts.flatMap((mount, index) => {
    const at = `${field}[${index}]`
    const { name = '', mountPath = '' } = mount
    const repeated = seen.has(mountPath)
    seen.add(mountPath)
    return [
      ...(name === '' ? [required(`${at}.name`)] : []),
      ...(volumes.has(name) ? [] : [notFoundValue(`${at}.name`, name)]),
      ...(mountPath === '' ? [required(`${at}.mountPath`)] : []),
      ...(repeated ? [invalid(`${at}.mountPath`, mountPath, 'must be unique')] : []),
      ...deviceOverlap(mount, devices, at),
      ...subPathErrors(mount, at, field),
      ...propagationErrors(mount, container, `${field}.mountPropagation`),
      ...recursiveErrors(mount, `${field}.recursiveReadOnly`),
    ]
  })
}

function deviceOverlap(mount: Mount, devices: readonly Device[], at: string): FieldErrors {
  const { name, mountPath } = mount
  const sameName = devices.some((device) => device.name === name)
  const samePath = devices.some((device) => device.devicePath === mountPath)
  return [
    ...(sameName ? [invalid(`${at}.name`, name, 'must not already exist in volumeDevices')] : []),
    ...(samePath
      ? [invalid(`${at}.mountPath`, mountPath, 'must not already exist as a path in volumeDevices')]
      : []),
  ]
}

function subPathErrors({ subPath, subPathExpr }: Mount, at: string, field: string): FieldErrors {
  const both = 'subPathExpr and subPath are mutually exclusive'
  return [
    ...(subPath ? descendingPath(subPath, `${field}.subPath`) : []),
    ...(subPath && subPathExpr ? [invalid(`${at}.subPathExpr`, subPathExpr, both)] : []),
    ...(subPathExpr ? descendingPath(subPathExpr, `${field}.subPathExpr`) : []),
  ]
}

function propagationErrors(
  { mountPropagation }: Mount,
  container: Container,
  field: string,
): FieldErrors {
  if (mountPropagation === undefined) return []
  const privileged = (container as WithDevices).securityContext?.privileged === true
  const why = 'Bidirectional mount propagation is available only to privileged containers'
  return [
    ...(PROPAGATIONS.includes(mountPropagation)
      ? []
      : [notSupported(field, mountPropagation, PROPAGATIONS)]),
    ...(mountPropagation === 'Bidirectional' && !privileged ? [forbidden(field, why)] : []),
  ]
}

function recursiveErrors(mount: Mount, field: string): FieldErrors {
  const { recursiveReadOnly: mode, readOnly, mountPropagation } = mount
  if (mode === undefined) return []
  if (!RECURSIVE.includes(mode)) return [notSupported(field, mode, RECURSIVE)]
  if (mode === 'Disabled') return []
  const writable = 'may only be specified when readOnly is true'
  const propagated = 'may only be specified when mountPropagation is None or not specified'
  const free = mountPropagation === undefined || mountPropagation === 'None'
  return [
    ...(readOnly ? [] : [forbidden(field, writable)]),
    ...(free ? [] : [forbidden(field, propagated)]),
  ]
}

/** Validates raw block devices, which only claims can provide. */
export function validateDevices(
  container: Container,
  volumes: ReadonlyMap<string, Volume>,
  field: string,
): FieldErrors {
  const { volumeDevices: devices = [] } = container as WithDevices
  return devices.flatMap(({ name = '', devicePath = '' }, index) => {
    const at = `${field}[${index}]`
    const volume = volumes.get(name)
    const claim = volume?.persistentVolumeClaim ?? volume?.ephemeral
    const onlyClaims =
      'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode'
    const backsteps = noBacksteps(devicePath, at).length > 0
    return [
      ...(name === '' ? [required(`${at}.name`)] : []),
      ...(volume !== undefined && claim === undefined
        ? [invalid(`${at}.name`, name, onlyClaims)]
        : []),
      ...(volume === undefined ? [notFoundValue(`${at}.name`, name)] : []),
      ...(devicePath === '' ? [required(`${at}.devicePath`)] : []),
      ...(backsteps
        ? [invalid(`${at}.devicePath`, devicePath, "can not contain backsteps ('..')")]
        : []),
    ]
  })
}
