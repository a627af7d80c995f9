// The volumes of a Pod or template: each with its source's kind and settings. Sources no lab
// cluster can mount are named only. Source: describe.go describeVolumes.
import type { Volume } from '../../../sim/api-types/pod.ts'
import { amountOf } from '../quantity.ts'
import type { Depth } from './containers.ts'

/** `Volumes:`. */
export function volumeLines(volumes: readonly Volume[] | undefined, depth: Depth): string[] {
  const [outer, inner] = depth === 'pod' ? ['', '  '] : ['  ', '   ']
  if (volumes === undefined || volumes.length === 0) return [`${outer}Volumes:\t<none>`]
  return [
    `${outer}Volumes:`,
    ...volumes.flatMap((volume) => [
      `${inner}${volume.name}:`,
      ...(sourceLines(volume)?.map((line) => `    ${line}`) ?? ['  <unknown>']),
    ]),
  ]
}

function sourceLines(volume: Volume): string[] | undefined {
  const { hostPath, emptyDir, secret, configMap, projected } = volume
  if (hostPath !== undefined) {
    return [
      'Type:\tHostPath (bare host directory volume)',
      `Path:\t${hostPath.path}`,
      `HostPathType:\t${hostPath.type ?? '<none>'}`,
    ]
  }
  if (emptyDir !== undefined) {
    const limited = amountOf(emptyDir.sizeLimit).nano > 0n
    return [
      "Type:\tEmptyDir (a temporary directory that shares a pod's lifetime)",
      `Medium:\t${emptyDir.medium ?? ''}`,
      `SizeLimit:\t${limited ? emptyDir.sizeLimit : '<unset>'}`,
    ]
  }
  if (secret !== undefined) {
    return [
      'Type:\tSecret (a volume populated by a Secret)',
      `SecretName:\t${secret.secretName ?? ''}`,
      `Optional:\t${secret.optional === true}`,
    ]
  }
  if (configMap !== undefined) {
    return [
      'Type:\tConfigMap (a volume populated by a ConfigMap)',
      `Name:\t${configMap.name ?? ''}`,
      `Optional:\t${configMap.optional === true}`,
    ]
  }
  if (projected !== undefined) return projectedLines(projected as unknown as Projected)
  return rarerSourceLines(volume as unknown as RarerSources)
}

interface Projected {
  sources?: readonly {
    secret?: { name?: string; optional?: boolean }
    downwardAPI?: unknown
    configMap?: { name?: string; optional?: boolean }
    serviceAccountToken?: { expirationSeconds?: number }
  }[]
}

function projectedLines({ sources = [] }: Projected): string[] {
  return [
    'Type:\tProjected (a volume that contains injected data from multiple sources)',
    ...sources.flatMap(({ secret, downwardAPI, configMap, serviceAccountToken }) => {
      if (secret !== undefined) {
        return [`SecretName:\t${secret.name ?? ''}`, `Optional:\t${secret.optional === true}`]
      }
      if (downwardAPI !== undefined) return ['DownwardAPI:\ttrue']
      if (configMap !== undefined) {
        const { name = '', optional } = configMap
        return [`ConfigMapName:\t${name}`, `Optional:\t${optional === true}`]
      }
      if (serviceAccountToken === undefined) return []
      return [`TokenExpirationSeconds:\t${serviceAccountToken.expirationSeconds ?? 0}`]
    }),
  ]
}

interface RarerSources {
  downwardAPI?: {
    items?: readonly {
      path: string
      fieldRef?: { fieldPath: string }
      resourceFieldRef?: { resource: string }
    }[]
  }
  persistentVolumeClaim?: { claimName: string; readOnly?: boolean }
  nfs?: { server: string; path: string; readOnly?: boolean }
}

function rarerSourceLines(sources: RarerSources): string[] | undefined {
  const { downwardAPI, persistentVolumeClaim, nfs } = sources
  if (downwardAPI !== undefined) {
    return [
      'Type:\tDownwardAPI (a volume populated by information about the pod)',
      'Items:',
      ...(downwardAPI.items ?? []).map(({ path, fieldRef, resourceFieldRef }) => {
        return `  ${fieldRef?.fieldPath ?? resourceFieldRef?.resource ?? ''} -> ${path}`
      }),
    ]
  }
  if (persistentVolumeClaim !== undefined) {
    const { claimName, readOnly = false } = persistentVolumeClaim
    const kind = 'a reference to a PersistentVolumeClaim in the same namespace'
    return [
      `Type:\tPersistentVolumeClaim (${kind})`,
      `ClaimName:\t${claimName}`,
      `ReadOnly:\t${readOnly}`,
    ]
  }
  if (nfs !== undefined) {
    const { server, path, readOnly = false } = nfs
    return [
      'Type:\tNFS (an NFS mount that lasts the lifetime of a pod)',
      `Server:\t${server}`,
      `Path:\t${path}`,
      `ReadOnly:\t${readOnly}`,
    ]
  }
  return undefined
}
