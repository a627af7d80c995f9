import { describe, expect, it } from 'vitest'
import type { Pod } from '../../../src/sim/api-types/pod.ts'
import { podWarnings } from '../../../src/sim/kinds/pod-warnings.ts'
import { podYaml, submit } from './submit.ts'

const pod = (fields: string): string =>
  podYaml(`{containers: [{name: main, image: busybox}], ${fields}}`)
const container = (fields: string): string =>
  podYaml(`{containers: [{name: main, image: busybox, ${fields}}]}`)
const MASTER = 'node-role.kubernetes.io/master'

const CASES: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  'nothing of an ordinary Pod': [container('ports: [{containerPort: 80}]'), []],
  'a node label that was renamed': [
    pod(`nodeSelector: {${MASTER}: ""}`),
    [`spec.nodeSelector[${MASTER}]: use "node-role.kubernetes.io/control-plane" instead`],
  ],
  'a renamed label in the affinity': [
    pod(
      `affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: ${MASTER}, operator: Exists}]}]}}}`,
    ),
    [
      `spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].key: ${MASTER} is use "node-role.kubernetes.io/control-plane" instead`,
    ],
  ],
  'a spread of no Pods': [
    pod(
      'topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}]',
    ),
    [
      'spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod',
    ],
  ],
  'a pull secret without a name': [
    pod('imagePullSecrets: [{name: a}, {name: a}, {}]'),
    [
      'spec.imagePullSecrets[1].name: duplicate name "a"',
      'spec.imagePullSecrets[2].name: invalid empty name ""',
    ],
  ],
  'a variable that hides another': [
    container('env: [{name: A, value: "1"}, {name: A, value: "2"}]'),
    [
      'spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply',
    ],
  ],
  'no variable that builds on another': [
    container('env: [{name: A, value: "1"}, {name: A, value: "$(A)2"}]'),
    [],
  ],
  'a tenth of a byte, limits before requests': [
    container('resources: {limits: {memory: 100m}}'),
    [
      'spec.containers[0].resources.limits[memory]: fractional byte value "100m" is invalid, must be an integer',
      'spec.containers[0].resources.requests[memory]: fractional byte value "100m" is invalid, must be an integer',
    ],
  ],
  'ports that two containers share': [
    podYaml(
      '{containers: [{name: a, image: a, ports: [{name: web, containerPort: 80}]}, {name: b, image: b, ports: [{name: web, containerPort: 80}]}]}',
    ),
    [
      'spec.containers[1].ports[0]: duplicate port definition with spec.containers[0].ports[0]',
      'spec.containers[1].ports[0]: duplicate port name "web" with spec.containers[0].ports[0], services and probes that select ports by name will use spec.containers[0].ports[0]',
    ],
  ],
  'a host port beside none': [
    container('ports: [{containerPort: 80}, {containerPort: 80, hostPort: 8080}]'),
    ['spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]'],
  ],
  'a host port on one address and on all': [
    container(
      'ports: [{containerPort: 80, hostPort: 80, hostIP: 10.0.0.1}, {containerPort: 80, hostPort: 80}]',
    ),
    [
      'spec.containers[0].ports[1]: dangerously ambiguous port definition with spec.containers[0].ports[0]',
    ],
  ],
  'an address of the host without a port': [
    container('ports: [{containerPort: 80, hostIP: 10.0.0.1}]'),
    [
      'spec.containers[0].ports[0]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:80 Protocol:TCP HostIP:10.0.0.1}',
    ],
  ],
}

describe('[API-14] warnings of Pods', () => {
  for (const [name, [yaml, expected]] of Object.entries(CASES)) {
    it(`tell of ${name}`, () => {
      expect(podWarnings(submit(yaml) as Pod)).toEqual(expected)
    })
  }
})
