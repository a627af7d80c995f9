// Words of refusals: one row a rule. Rules that recordings of a real cluster hold are not repeated.
import { describe, expect, it } from 'vitest'
import { complaints, cronYaml, jobYaml, podYaml } from './submit.ts'

const container = (fields: string): string =>
  podYaml(`{containers: [{name: main, image: busybox, ${fields}}]}`)
const pod = (fields: string): string =>
  podYaml(`{containers: [{name: main, image: busybox}], ${fields}}`)
const at = 'spec.containers[0]'

const PODS: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  'a Pod with nothing wrong': [container('command: [sh]'), []],
  'two handlers': [
    container('livenessProbe: {exec: {command: [x]}, tcpSocket: {port: 80}}'),
    [`${at}.livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type`],
  ],
  'a liveness probe that wants two successes': [
    container('livenessProbe: {exec: {command: [x]}, successThreshold: 2}'),
    [`${at}.livenessProbe.successThreshold: Invalid value: 2: must be 1`],
  ],
  'a probe of a named port that is no name': [
    container('readinessProbe: {httpGet: {port: A_B}}'),
    [
      `${at}.readinessProbe.httpGet.port: Invalid value: "A_B": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)`,
      `${at}.readinessProbe.httpGet.port: Invalid value: "A_B": must contain at least one letter (a-z)`,
    ],
  ],
  'two host ports that collide': [
    container('ports: [{containerPort: 1, hostPort: 9}, {containerPort: 2, hostPort: 9}]'),
    [`${at}.ports[1].hostPort: Duplicate value: "TCP//9"`],
  ],
  'a variable from nowhere': [
    container('env: [{name: A, valueFrom: {}}]'),
    [
      `${at}.env[0].valueFrom: Invalid value: "": must specify one of: \`fieldRef\`, \`resourceFieldRef\`, \`configMapKeyRef\` or \`secretKeyRef\``,
    ],
  ],
  'a variable from a field that only volumes can hold': [
    container('env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.labels}}}]'),
    [
      `${at}.env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "metadata.labels": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"`,
    ],
  ],
  'a variable from one label': [
    container(`env: [{name: A, valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}}]`),
    [],
  ],
  'a negative request': [
    container('resources: {requests: {cpu: -1}}'),
    [`${at}.resources.requests[cpu]: Invalid value: "-1": must be greater than or equal to 0`],
  ],
  'half a device': [
    container('resources: {limits: {example.com/gpu: 0.5}}'),
    [
      `${at}.resources.limits[example.com/gpu]: Invalid value: "500m": must be an integer`,
      `${at}.resources.requests[example.com/gpu]: Invalid value: "500m": must be an integer`,
    ],
  ],
  'a probe in an init container': [
    pod('initContainers: [{name: a, image: b, livenessProbe: {exec: {command: [x]}}}]'),
    [
      'spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
    ],
  ],
  'an affinity without terms': [
    pod(
      'affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: []}}}',
    ),
    [
      'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term',
    ],
  ],
  'an own resolver without servers': [
    pod('dnsPolicy: None'),
    ['spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None'],
  ],
  'root without privileges': [
    container('securityContext: {runAsUser: -1}'),
    [
      `${at}.securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive`,
    ],
  ],
  'a volume with a wrong mode': [
    pod('volumes: [{name: a, configMap: {name: b, defaultMode: 512}}]'),
    [
      'spec.volumes[0].configMap.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive',
    ],
  ],
  'a spread that cannot be': [
    pod('topologySpreadConstraints: [{maxSkew: 0, topologyKey: a, whenUnsatisfiable: Never}]'),
    [
      'spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero',
      'spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "Never": supported values: "DoNotSchedule", "ScheduleAnyway"',
    ],
  ],
}

const JOBS: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  'a manager without a domain': [
    jobYaml(', managedBy: x/'),
    ['spec.managedBy: Invalid value: "x/": must be a domain-prefixed path (such as "acme.io/foo")'],
  ],
  'a failure rule without an action': [
    jobYaml(', podFailurePolicy: {rules: [{onExitCodes: {operator: In, values: [1]}}]}'),
    [
      'spec.podFailurePolicy.rules[0].action: Required value: valid values: ["Count" "FailIndex" "FailJob" "Ignore"]',
    ],
  ],
  'indexes out of order': [
    jobYaml(
      ', completionMode: Indexed, completions: 9, successPolicy: {rules: [{succeededIndexes: "3,1"}]}',
    ),
    [
      'spec.successPolicy.rules[0].succeededIndexes: Invalid value: "3,1": error parsing succeededIndexes: non-increasing order, previous: 3, current: 1',
    ],
  ],
  'more successes than indexes': [
    jobYaml(
      ', completionMode: Indexed, completions: 9, successPolicy: {rules: [{succeededIndexes: 0-2, succeededCount: 4}]}',
    ),
    [
      'spec.successPolicy.rules[0].succeededCount: Invalid value: 4: must be less than or equal to 3 (the number of indexes in the specified succeededIndexes field)',
    ],
  ],
  'a name that cannot be a hostname with its index': [
    jobYaml(', completionMode: Indexed, completions: 3').replace('demo', 'a'.repeat(62)),
    [
      `metadata.name: Invalid value: "${'a'.repeat(62)}": will not able to create pod with invalid DNS label: ${'a'.repeat(62)}-2`,
    ],
  ],
}

const CRONS: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  'a zone in the schedule with nothing after it': [
    cronYaml('TZ=UTC'),
    [
      'spec.schedule: Invalid value: "TZ=UTC": invalid schedule format: runtime error: slice bounds out of range [:-1]',
      'spec.schedule: Invalid value: "TZ=UTC": cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
    ],
  ],
}

describe('[API-10] the server refuses', () => {
  for (const [what, [yaml, words]] of Object.entries({ ...PODS, ...JOBS, ...CRONS }))
    it(what, () => {
      expect(complaints(yaml)).toEqual(words)
    })
})
