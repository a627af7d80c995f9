// The generators of small objects: namespaces, configmaps, secrets, service accounts.
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { configMap } from '../../sim/kinds/configmap.ts'
import { namespace } from '../../sim/kinds/namespace.ts'
import { secret } from '../../sim/kinds/secret.ts'
import { serviceAccount } from '../../sim/kinds/serviceaccount.ts'
import type { Call, Command } from '../command.ts'
import { KubectlError } from '../errors.ts'
import type { FlagSpec } from '../flags.ts'
import { encodeBase64 } from '../../base/base64.ts'
import { GENERATOR_FLAGS, nameOf, submitGenerated } from '../generate.ts'
import type { Process } from '../process.ts'

export const createNamespace: Command = {
  name: 'namespace',
  use: 'NAME',
  short: 'Create a namespace with the specified name',
  examples: ['kubectl create namespace staging'],
  aliases: ['ns'],
  flags: GENERATOR_FLAGS,
  run: (call) => runGenerator(call, namespace.kind, () => ({})),
}

export const createServiceAccount: Command = {
  name: 'serviceaccount',
  use: 'NAME',
  short: 'Create a service account with the specified name',
  aliases: ['sa'],
  flags: GENERATOR_FLAGS,
  run: (call) =>
    runGenerator(call, serviceAccount.kind, () => ({}), 'failed to create serviceaccount'),
}

const DATA_FLAGS: readonly FlagSpec[] = [
  ...GENERATOR_FLAGS,
  { name: 'from-literal', type: 'array', usage: 'A key and its value: key=value.' },
  { name: 'from-file', type: 'list', usage: 'A file as a value: path, or key=path.' },
]

export const createConfigMap: Command = {
  name: 'configmap',
  use: 'NAME [--from-file=[key=]source] [--from-literal=key1=value1]',
  short: 'Create a config map from a local file or literal value',
  examples: ['kubectl create configmap settings --from-literal=region=eu'],
  aliases: ['cm'],
  flags: DATA_FLAGS,
  run: (call) =>
    runGenerator(call, configMap.kind, () => withData(dataOf(call)), 'failed to create configmap'),
}

const createGenericSecret: Command = {
  name: 'generic',
  use: 'NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1]',
  short: 'Create a secret from a local file or literal value',
  examples: ['kubectl create secret generic login --from-literal=user=alex'],
  flags: [...DATA_FLAGS, { name: 'type', type: 'string', usage: 'The type of the secret.' }],
  run: (call) =>
    runGenerator(call, secret.kind, () => withData(secretData(call)), 'failed to create secret'),
}

export const createSecret: Command = {
  name: 'secret',
  use: '(docker-registry | generic | tls)',
  short: 'Create a secret using a specified subcommand',
  commands: [createGenericSecret],
}

function* runGenerator(call: Call, kind: string, rest: () => object, failure = ''): Process {
  const object = { apiVersion: 'v1', kind, metadata: { name: nameOf(call) }, ...rest() }
  submitGenerated(call, object as unknown as KubeObject, failure)
  return 0
}

function withData(data: Readonly<Record<string, string>>): object {
  return Object.keys(data).length === 0 ? {} : { data }
}

function secretData(call: Call): Readonly<Record<string, string>> {
  const entries = Object.entries(dataOf(call))
  return Object.fromEntries(entries.map(([key, value]) => [key, encodeBase64(value)]))
}

function dataOf({ flags, context }: Call): Readonly<Record<string, string>> {
  const data: Record<string, string> = {}
  const add = (key: string, value: string): void => {
    if (key in data)
      throw new KubectlError(
        `cannot add key "${key}", another key by that name already exists in Data for ConfigMap`,
      )
    data[key] = value
  }
  for (const literal of flags.list('from-literal')) {
    const equals = literal.indexOf('=')
    if (equals <= 0) throw new KubectlError(`invalid literal source ${literal}, expected key=value`)
    add(literal.slice(0, equals), literal.slice(equals + 1))
  }
  for (const source of flags.list('from-file')) {
    const equals = source.indexOf('=')
    const path = source.slice(equals + 1)
    const text = context.readFile(path)
    if (text === undefined)
      throw new KubectlError(`error reading ${path}: no such file or directory`)
    add(equals < 0 ? path.slice(path.lastIndexOf('/') + 1) : source.slice(0, equals), text)
  }
  return data
}
