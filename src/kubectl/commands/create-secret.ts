// `kubectl create secret generic|docker-registry|tls` (kubectl pkg/cmd/create/create_secret*.go).
import { encodeBase64 } from '../../base/base64.ts'
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { secret } from '../../sim/kinds/secret.ts'
import { goJson, goQuote } from '../../sim/lib/go-quote.ts'
import type { Call, Command } from '../command.ts'
import { addFile, DATA_FLAGS, dataOf, type Data } from '../data-sources.ts'
import { KubectlError } from '../errors.ts'
import type { FlagSpec } from '../flags.ts'
import { GENERATOR_FLAGS, nameOf, submitGenerated } from '../generate.ts'
import { nameHash } from '../name-hash.ts'
import type { Process } from '../process.ts'

const DOCKER_KEY = '.dockerconfigjson'
const DOCKER_TYPE = 'kubernetes.io/dockerconfigjson'
const DOCKER_SERVER = 'https://index.docker.io/v1/'

const text = (name: string, usage: string, value = ''): FlagSpec => ({
  name,
  type: 'string',
  value,
  usage,
})
const APPEND_HASH = DATA_FLAGS.filter(({ name }) => name === 'append-hash')
const FROM_FILE = DATA_FLAGS.filter(({ name }) => name === 'from-file')

const generic: Command = {
  name: 'generic',
  use: 'NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1]',
  short: 'Create a secret from a local file or literal value',
  examples: ['kubectl create secret generic login --from-literal=user=alex'],
  flags: [...GENERATOR_FLAGS, ...DATA_FLAGS, text('type', 'The type of the secret.')],
  run: (call) => runSecret(call, genericData, call.flags.string('type')),
}

const dockerRegistry: Command = {
  name: 'docker-registry',
  use: 'NAME --docker-username=user --docker-password=password [--docker-server=string]',
  short: 'Create a secret for use with a Docker registry',
  flags: [
    ...GENERATOR_FLAGS,
    ...APPEND_HASH,
    ...FROM_FILE,
    text('docker-email', 'The address of the user.'),
    text('docker-password', 'The password of the user.'),
    text('docker-server', 'Where the registry is.', DOCKER_SERVER),
    text('docker-username', 'The name of the user.'),
  ],
  run: (call) => runSecret(call, dockerData, DOCKER_TYPE),
}

const tls: Command = {
  name: 'tls',
  use: 'NAME --cert=path/to/cert/file --key=path/to/key/file',
  short: 'Create a TLS secret',
  flags: [
    ...GENERATOR_FLAGS,
    ...APPEND_HASH,
    text('cert', 'The file of the certificate.'),
    text('key', 'The file of the private key.'),
  ],
  run: (call) => runSecret(call, certificateData, 'kubernetes.io/tls'),
}

export const createSecret: Command = {
  name: 'secret',
  use: '(docker-registry | generic | tls)',
  short: 'Create a secret using a specified subcommand',
  commands: [dockerRegistry, generic, tls],
}

function* runSecret(call: Call, dataFor: (call: Call) => Data, type: string): Process {
  const name = nameOf(call)
  const make = (): KubeObject => {
    if (name === '') throw new KubectlError('name must be specified')
    const entries = Object.entries(dataFor(call))
    const data = Object.fromEntries(entries.map(([key, value]) => [key, encodeBase64(value)]))
    const hash = call.flags.bool('append-hash')
      ? `-${nameHash({ kind: secret.kind, type, name, data })}`
      : ''
    const made = {
      kind: secret.kind,
      apiVersion: 'v1',
      metadata: { name: `${name}${hash}` },
      ...(entries.length === 0 ? {} : { data }),
      ...(type === '' ? {} : { type }),
    }
    return made as unknown as KubeObject
  }
  submitGenerated(call, make, 'failed to create secret', ' ')
  return 0
}

const WORDS = {
  invalid: (key: string, problems: readonly string[]) =>
    `${goQuote(key)} is not valid key name for a Secret ${problems.join(';')}`,
  twice: (key: string) => `cannot add key ${key}, another key by that name already exists`,
  envFolder: 'env secret file cannot be a directory',
}

function genericData(call: Call): Data {
  return dataOf(call, WORDS)
}

function dockerData({ flags, context }: Call): Data {
  const files = flags.list('from-file')
  const [username, password, email, server] = ['username', 'password', 'email', 'server'].map(
    (name) => flags.string(`docker-${name}`),
  ) as [string, string, string, string]
  if (files.length === 0 && (username === '' || password === '' || server === ''))
    throw new KubectlError(
      'either --from-file or the combination of --docker-username, --docker-password and ' +
        '--docker-server is required',
    )
  const data: Record<string, string> = {}
  for (const file of files)
    addFile(context, file.includes('=') ? file : `${DOCKER_KEY}=${file}`, (key, value) => {
      if (Object.hasOwn(data, key)) throw new KubectlError(WORDS.twice(key))
      data[key] = value
    })
  if (files.length > 0) return data
  const auth = encodeBase64(`${username}:${password}`)
  const entry = { username, password, ...(email === '' ? {} : { email }), auth }
  return { [DOCKER_KEY]: goJson({ auths: { [server]: entry } }) }
}

/** The lab has no certificates to check: a file of the right form is believed. */
function certificateData({ flags, context }: Call): Data {
  const [cert, key] = [flags.string('cert'), flags.string('key')]
  if (cert === '' || key === '') throw new KubectlError('key and cert must be specified')
  const read = (path: string): string => {
    const found = context.readFile(path)
    if (found !== undefined) return found
    throw new KubectlError(`open ${path}: no such file or directory`)
  }
  const data = { 'tls.crt': read(cert), 'tls.key': read(key) }
  if (!data['tls.crt'].includes('-----BEGIN CERTIFICATE-----'))
    throw new KubectlError('tls: failed to find any PEM data in certificate input')
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(data['tls.key']))
    throw new KubectlError('tls: failed to find any PEM data in key input')
  return data
}
