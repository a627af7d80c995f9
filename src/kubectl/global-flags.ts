// The flags every command takes. Most concern connections that the lab does not have; they are
// read so that a command copied from elsewhere is not refused for them.
import type { FlagSpec } from './flags.ts'

const text = (name: string, usage: string, value = ''): FlagSpec => ({
  name,
  type: 'string',
  value,
  usage,
})
const yesNo = (name: string, usage: string): FlagSpec => ({ name, type: 'bool', usage })

export const GLOBAL_FLAGS: readonly FlagSpec[] = [
  text('as', 'Act as this user; the lab has only one.'),
  { name: 'as-group', type: 'array', usage: 'Act as a member of this group.' },
  text('as-uid', 'Act with this user id.'),
  { name: 'as-user-extra', type: 'array', usage: 'Extra information of the user acted as.' },
  text('cache-dir', 'Where discovery is cached; nothing is cached here.'),
  text('certificate-authority', 'Certificate of the server; not used here.'),
  text('client-certificate', 'Certificate of the client; not used here.'),
  text('client-key', 'Key of the client; not used here.'),
  text('cluster', 'The cluster of the configuration to use.'),
  text('context', 'The context of the configuration to use.'),
  yesNo('disable-compression', 'Do not compress answers; not used here.'),
  yesNo('insecure-skip-tls-verify', 'Trust any certificate; not used here.'),
  text('kubeconfig', 'The configuration file; the lab has its own.'),
  text('kuberc', 'A file of preferences; not used here.'),
  { name: 'log-flush-frequency', type: 'duration', value: '5s', usage: 'Not used here.' },
  yesNo('match-server-version', 'Refuse a server of another version.'),
  { name: 'namespace', short: 'n', type: 'string', usage: 'The namespace to work in.' },
  text('password', 'Password for the server; not used here.'),
  text('profile', 'Which profile to record; not used here.', 'none'),
  text('profile-output', 'Where to record a profile; not used here.', 'profile.pprof'),
  text('request-timeout', 'How long one request may take; not used here.', '0'),
  { name: 'server', short: 's', type: 'string', usage: 'Address of the server; not used here.' },
  text('tls-server-name', 'Name on the certificate of the server; not used here.'),
  text('token', 'Token for the server; not used here.'),
  text('user', 'The user of the configuration to act as.'),
  text('username', 'User name for the server; not used here.'),
  { name: 'v', short: 'v', type: 'int', value: '0', usage: 'How much to log; not used here.' },
  text('vmodule', 'How much single modules log; not used here.'),
  yesNo('warnings-as-errors', 'Warnings of the server end the command with an error.'),
]
