// The generators of small objects: namespaces, configmaps, service accounts.
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { configMap } from '../../sim/kinds/configmap.ts'
import { namespace } from '../../sim/kinds/namespace.ts'
import { serviceAccount } from '../../sim/kinds/serviceaccount.ts'
import type { Call, Command } from '../command.ts'
import { DATA_FLAGS, dataOf } from '../data-sources.ts'
import { KubectlError } from '../errors.ts'
import { GENERATOR_FLAGS, nameOf, submitGenerated } from '../generate.ts'
import { goQuote } from '../../sim/lib/go-quote.ts'
import { nameHash } from '../name-hash.ts'
import type { Process } from '../process.ts'

export const createNamespace: Command = {
  name: 'namespace',
  use: 'NAME',
  short: 'Create a namespace with the specified name',
  examples: ['kubectl create namespace staging'],
  aliases: ['ns'],
  flags: GENERATOR_FLAGS,
  run: (call) => runGenerator(call, (name) => ({ kind: namespace.kind, metadata: { name } }), ''),
}

export const createServiceAccount: Command = {
  name: 'serviceaccount',
  use: 'NAME',
  short: 'Create a service account with the specified name',
  aliases: ['sa'],
  flags: GENERATOR_FLAGS,
  run: (call) =>
    runGenerator(
      call,
      (name) => ({ kind: serviceAccount.kind, metadata: { name } }),
      'failed to create serviceaccount',
    ),
}

export const createConfigMap: Command = {
  name: 'configmap',
  use: 'NAME [--from-file=[key=]source] [--from-literal=key1=value1]',
  short: 'Create a config map from a local file or literal value',
  examples: ['kubectl create configmap settings --from-literal=region=eu'],
  aliases: ['cm'],
  flags: [...GENERATOR_FLAGS, ...DATA_FLAGS],
  run: (call) =>
    runGenerator(call, (name) => configMapOf(call, name), 'failed to create configmap'),
}

function* runGenerator(call: Call, make: (name: string) => object, failure: string): Process {
  const name = nameOf(call)
  const object = (): KubeObject => {
    if (name === '') throw new KubectlError('name must be specified')
    return { apiVersion: 'v1', ...make(name) } as unknown as KubeObject
  }
  submitGenerated(call, object, failure)
  return 0
}

function configMapOf(call: Call, name: string): object {
  const data = dataOf(call, {
    invalid: (key, problems) =>
      `${goQuote(key)} is not a valid key name for a ConfigMap: ${problems.join(',')}`,
    twice: (key) =>
      `cannot add key ${goQuote(key)}, another key by that name already exists in Data for ` +
      `${configMap.kind} ${goQuote(name)}`,
    envFolder: 'env config file cannot be a directory',
  })
  const hash = call.flags.bool('append-hash')
    ? `-${nameHash({ kind: configMap.kind, name, data })}`
    : ''
  const metadata = { name: `${name}${hash}` }
  return { kind: configMap.kind, ...(Object.keys(data).length === 0 ? {} : { data }), metadata }
}
