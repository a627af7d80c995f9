// Defaults of volumes (core/v1 SetDefaults_Volume and of the single sources).
import type { Volume } from '../../api-types/pod.ts'
import { defaultPullPolicy } from './image.ts'
import { fill, mapItems, mapKey } from './fill.ts'

/** 0644 in octal: the mode of projected files unless one is given. */
const FILE_MODE = { defaultMode: 420 }
const TOKEN_LIFETIME = { expirationSeconds: 3600 }

interface DownwardItem {
  fieldRef?: { apiVersion?: string }
  resourceFieldRef?: { divisor?: string }
}

interface ProjectedSource {
  serviceAccountToken?: { expirationSeconds?: number }
  downwardAPI?: { items?: readonly DownwardItem[] }
}

/** A volume without a source is an emptyDir; each source has its own defaults. */
export function volumeDefaults(volume: Volume): Volume {
  const sources = Object.keys(volume).filter((key) => key !== 'name')
  if (sources.length === 0) return { ...volume, emptyDir: {} }
  let result = mapKey(volume, 'hostPath', (source) => fill(source, { type: '' }))
  result = mapKey(result, 'configMap', (source) => fill(source, FILE_MODE))
  result = mapKey(result, 'secret', (source) => fill(source, FILE_MODE))
  result = mapKey(result, 'downwardAPI', (source) =>
    mapKey(
      fill(source as object, FILE_MODE) as { items?: readonly DownwardItem[] },
      'items',
      downward,
    ),
  )
  result = mapKey(result, 'image', (source) => {
    const image = source as { reference?: string; pullPolicy?: string }
    return fill(image, { pullPolicy: defaultPullPolicy(image.reference ?? '') })
  })
  return mapKey(result, 'projected', projectedDefaults)
}

function downward(items: readonly DownwardItem[]): readonly DownwardItem[] {
  return mapItems(items, (item) => {
    const withField = mapKey(item, 'fieldRef', (ref) => fill(ref, { apiVersion: 'v1' }))
    return mapKey(withField, 'resourceFieldRef', (ref) => fill(ref, { divisor: '0' }))
  })
}

function projectedDefaults(projected: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const filled: Record<string, unknown> = fill(projected, FILE_MODE)
  return mapKey(filled, 'sources', (sources) =>
    mapItems(sources as readonly ProjectedSource[], (source) => {
      const withToken = mapKey(source, 'serviceAccountToken', (token) =>
        fill(token, TOKEN_LIFETIME),
      )
      return mapKey(withToken, 'downwardAPI', (api) => mapKey(api, 'items', downward))
    }),
  )
}
