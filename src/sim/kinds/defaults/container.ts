// Defaults of containers and what they hold (pkg/apis/core/v1/defaults.go and the generated
// SetObjectDefaults_*).
import type { Container, EnvVar, Handler, Probe } from '../../api-types/pod.ts'
import { fill, mapItems, mapKey } from './fill.ts'
import { defaultPullPolicy } from './image.ts'
import { roundedResources } from './resources.ts'

const TCP = { protocol: 'TCP' }
const HTTP_GET = { path: '/', scheme: 'HTTP' }
const FIELD_REF = { apiVersion: 'v1' }
const PROBE = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }

/** SetDefaults_Container with all its parts. */
export function containerDefaults(container: Container): Container {
  let result = fill(container, {
    imagePullPolicy: defaultPullPolicy(container.image ?? ''),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    resources: {},
  })
  result = mapKey(result, 'ports', (ports) => mapItems(ports, (port) => fill(port, TCP)))
  result = mapKey(result, 'env', (env) => mapItems(env, envDefaults))
  result = mapKey(result, 'resources', roundedResources)
  result = mapKey(result, 'livenessProbe', probeDefaults)
  result = mapKey(result, 'readinessProbe', probeDefaults)
  result = mapKey(result, 'startupProbe', probeDefaults)
  return mapKey(result, 'lifecycle', (lifecycle) =>
    mapKey(mapKey(lifecycle, 'postStart', handlerDefaults), 'preStop', handlerDefaults),
  )
}

function envDefaults(variable: EnvVar): EnvVar {
  return mapKey(variable, 'valueFrom', (source) => {
    const withField = mapKey(source, 'fieldRef', (ref) => fill(ref, FIELD_REF))
    return mapKey(withField, 'resourceFieldRef', (ref) => fill(ref, { divisor: '0' }))
  })
}

function probeDefaults(probe: Probe): Probe {
  const filled = handlerDefaults(fill(probe, PROBE))
  return mapKey(filled, 'grpc', (grpc) => fill(grpc, { service: '' }))
}

function handlerDefaults<T extends Pick<Handler, 'httpGet'>>(handler: T): T {
  return mapKey(
    handler,
    'httpGet',
    (get) => fill(get as object, HTTP_GET) as NonNullable<typeof get>,
  )
}
