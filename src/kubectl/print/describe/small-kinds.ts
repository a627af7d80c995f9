// Descriptions of kinds that have little to say: Namespace, ServiceAccount, ConfigMap and Secret.
// Source: describe.go, the functions of the same names.
import type { Namespace } from '../../../sim/api-types/core.ts'
import type { KubeObject } from '../../../sim/api-types/meta.ts'
import type { DescribeContext } from './context.ts'
import { withEvents } from './events.ts'
import { annotationLines, labelLines, nameLines, page, timeText } from './text.ts'

export function describeNamespace(namespace: Namespace): string {
  const { metadata, status } = namespace
  const conditions = (status.conditions ?? []).map((condition) => {
    const { type, status: state, lastTransitionTime, reason = '', message = '' } = condition
    return `  ${type}\t${state}\t${timeText(lastTransitionTime)}\t${reason}\t${message}`
  })
  return page([
    `Name:\t${metadata.name}`,
    ...metadataLines(namespace),
    `Status:\t${status.phase ?? ''}`,
    ...(conditions.length === 0
      ? []
      : [
          'Conditions:',
          '  Type\tStatus\tLastTransitionTime\tReason\tMessage',
          '  ----\t------\t------------------\t------\t-------',
          ...conditions,
        ]),
    '',
    'No resource quota.',
    '',
    'No LimitRange resource.',
  ])
}

export function describeServiceAccount(account: KubeObject, context: DescribeContext): string {
  const secrets = (account as { imagePullSecrets?: readonly { name: string }[] }).imagePullSecrets
  const title = 'Image pull secrets:'
  const names = (secrets ?? []).map(({ name }) => name)
  const lines = names.map((name, index) => {
    return `${index === 0 ? title : ' '.repeat(title.length)}\t${name}`
  })
  const body = [
    ...nameLines(account),
    ...metadataLines(account),
    ...(lines.length === 0 ? [`${title}\t<none>`] : lines),
  ]
  return withEvents(body, account, context)
}

interface DataObject extends KubeObject {
  readonly type?: string
  readonly data?: Readonly<Record<string, string>>
  readonly binaryData?: Readonly<Record<string, string>>
}

export function describeConfigMap(configMap: KubeObject, context: DescribeContext): string {
  const { data = {}, binaryData = {} } = configMap as DataObject
  const body = [
    ...nameLines(configMap),
    ...metadataLines(configMap),
    '',
    'Data',
    '====',
    ...Object.keys(data)
      .sort()
      .flatMap((key) => [`${key}:`, '----', data[key] ?? '', '']),
    '',
    'BinaryData',
    '====',
    ...Object.keys(binaryData)
      .sort()
      .map((key) => `${key}: ${base64Size(binaryData[key] ?? '')} bytes`),
    '',
  ]
  return withEvents(body, configMap, context)
}

export function describeSecret(secret: KubeObject): string {
  const { type = '', data = {} } = secret as DataObject
  return page([
    ...nameLines(secret),
    ...metadataLines(secret),
    '',
    `Type:\t${type}`,
    '',
    'Data',
    '====',
    ...Object.keys(data)
      .sort()
      .map((key) => `${key}:\t${base64Size(data[key] ?? '')} bytes`),
  ])
}

function metadataLines({ metadata }: KubeObject): string[] {
  return [
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
  ]
}

// Bytes that a base64 text stands for.
function base64Size(text: string): number {
  const padding = /=*$/.exec(text)?.[0].length ?? 0
  return (text.length / 4) * 3 - padding
}
