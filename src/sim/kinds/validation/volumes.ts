// Volumes of a Pod and their sources (core/validation ValidateVolumes, validateVolumeSource).
import type { Volume } from '../../api-types/pod.ts'
import { parseQuantity } from '../../lib/quantity.ts'
import {
  duplicate,
  eachInvalid,
  forbidden,
  invalid,
  notSupported,
  required,
  type FieldErrors,
} from './field.ts'
import { dnsLabel } from './names.ts'
import { fileMode, descendingPath, noBacksteps, requiredText } from './paths.ts'
import {
  keyErrors,
  validateDownwardFile,
  validateProjected,
  type DownwardFile,
  type KeyToPath,
  type Projected,
} from './projected.ts'

/** A source, read field by field. */
type Source = Readonly<Record<string, string | undefined>>

/** What a source must hold: its required texts, by field name. */
const REQUIRED_TEXTS: Readonly<Record<string, readonly string[]>> = {
  gcePersistentDisk: ['pdName'],
  awsElasticBlockStore: ['volumeID'],
  iscsi: ['targetPortal', 'iqn'],
  glusterfs: ['endpoints', 'path'],
  persistentVolumeClaim: ['claimName'],
  rbd: ['image'],
  cinder: ['volumeID'],
  quobyte: ['registry', 'volume'],
  flexVolume: ['driver'],
  azureFile: ['secretName', 'shareName'],
  vsphereVolume: ['volumePath'],
  photonPersistentDisk: ['pdID'],
  portworxVolume: ['volumeID'],
  azureDisk: ['diskName', 'diskURI'],
  scaleIO: ['gateway', 'system', 'volumeName'],
  csi: ['driver'],
}

/** The sources in the order in which they are looked at: the first one counts. */
const SOURCES = [
  'emptyDir',
  'hostPath',
  'gitRepo',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'secret',
  'nfs',
  'iscsi',
  'glusterfs',
  'flocker',
  'persistentVolumeClaim',
  'rbd',
  'cinder',
  'cephfs',
  'quobyte',
  'downwardAPI',
  'fc',
  'flexVolume',
  'configMap',
  'azureFile',
  'vsphereVolume',
  'photonPersistentDisk',
  'portworxVolume',
  'azureDisk',
  'storageos',
  'projected',
  'scaleIO',
  'csi',
  'ephemeral',
  'image',
]

const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
]
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never']

/** The errors, and the volumes without any, which are the ones that can be mounted. */
export function validateVolumes(
  volumes: readonly Volume[] = [],
  field: string,
): { valid: ReadonlyMap<string, Volume>; errors: FieldErrors } {
  const valid = new Map<string, Volume>()
  const errors = volumes.flatMap((volume, index) => {
    const at = `${field}[${index}]`
    const { name = '' } = volume
    const own: FieldErrors = [
      ...sourceErrors(volume, at),
      ...(name === '' ? [required(`${at}.name`)] : eachInvalid(`${at}.name`, name, dnsLabel(name))),
      ...(valid.has(name) ? [duplicate(`${at}.name`, name)] : []),
    ]
    if (own.length === 0) valid.set(name, volume)
    return own
  })
  return { valid, errors }
}

function sourceErrors(volume: Volume, at: string): FieldErrors {
  const given = SOURCES.filter((name) => volume[name] !== undefined)
  if (given.length === 0) return [required(at, 'must specify a volume type')]
  return given.flatMap((name, index) =>
    index === 0
      ? checkSource(name, volume, `${at}.${name}`)
      : [forbidden(`${at}.${name}`, 'may not specify more than 1 volume type')],
  )
}

function checkSource(name: string, volume: Volume, field: string): FieldErrors {
  const source = volume[name] as Source
  switch (name) {
    case 'emptyDir':
      return emptyDirErrors(source, field)
    case 'hostPath':
      return hostPathErrors(source, field)
    case 'gitRepo':
      return [
        ...requiredText(source.repository, `${field}.repository`),
        ...descendingPath(source.directory ?? '', `${field}.directory`),
      ]
    case 'nfs':
      return nfsErrors(source, field)
    case 'secret':
    case 'configMap':
      return keyedErrors(name, volume, field)
    case 'downwardAPI':
      return downwardErrors(volume[name] as { defaultMode?: number }, field)
    case 'projected':
      return validateProjected(volume[name] as Projected, field)
    case 'image':
      return [
        ...requiredText(source.reference, `${field}.reference`),
        ...pullPolicyErrors(source.pullPolicy, `${field}.pullPolicy`),
      ]
    default:
      return (REQUIRED_TEXTS[name] ?? []).flatMap((text) =>
        requiredText(source[text], `${field}.${text}`),
      )
  }
}

function emptyDirErrors({ sizeLimit }: Source, field: string): FieldErrors {
  if (sizeLimit === undefined || parseQuantity(sizeLimit).nano >= 0n) return []
  const why = 'SizeLimit field must be a valid resource quantity'
  return [forbidden(`${field}.sizeLimit`, why)]
}

function hostPathErrors({ path, type }: Source, field: string): FieldErrors {
  if (!path) return [required(`${field}.path`)]
  const known = type === undefined || HOST_PATH_TYPES.includes(type)
  return [
    ...noBacksteps(path, `${field}.path`),
    ...(known ? [] : [notSupported(`${field}.type`, type, HOST_PATH_TYPES)]),
  ]
}

function nfsErrors({ server, path = '' }: Source, field: string): FieldErrors {
  const absolute = path.startsWith('/')
  return [
    ...requiredText(server, `${field}.server`),
    ...requiredText(path, `${field}.path`),
    ...(absolute ? [] : [invalid(`${field}.path`, path, 'must be an absolute path')]),
  ]
}

function pullPolicyErrors(policy: string | undefined, field: string): FieldErrors {
  if (policy === undefined || PULL_POLICIES.includes(policy)) return []
  return [notSupported(field, policy, PULL_POLICIES)]
}

interface Keyed {
  name?: string
  secretName?: string
  defaultMode?: number
  items?: readonly KeyToPath[]
}

function keyedErrors(name: string, volume: Volume, field: string): FieldErrors {
  const source = volume[name] as Keyed
  const nameField = name === 'secret' ? 'secretName' : 'name'
  return [
    ...requiredText(source[nameField], `${field}.${nameField}`),
    ...fileMode(source.defaultMode, `${field}.defaultMode`),
    ...(source.items ?? []).flatMap((item, index) => keyErrors(item, `${field}.items[${index}]`)),
  ]
}

function downwardErrors(
  { defaultMode, items = [] }: { defaultMode?: number; items?: readonly DownwardFile[] },
  field: string,
): FieldErrors {
  return [
    ...fileMode(defaultMode, `${field}.defaultMode`),
    ...items.flatMap((item) => validateDownwardFile(item, field)),
  ]
}
