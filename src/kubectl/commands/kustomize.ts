// `kubectl kustomize` (kubectl pkg/cmd/kustomize): the objects of a kustomization as YAML.
import type { Call, Command } from '../command.ts'
import { KubectlError } from '../errors.ts'
import { buildKustomization } from '../kustomize/build.ts'
import { toYaml } from '../print/yaml.ts'
import type { Process } from '../process.ts'

export const kustomize: Command = {
  name: 'kustomize',
  use: 'DIR',
  short: 'Build a kustomization target from a directory or URL',
  examples: ['kubectl kustomize base'],
  flags: [
    { name: 'as-current-user', type: 'bool', usage: 'Not used here.' },
    { name: 'enable-alpha-plugins', type: 'bool', usage: 'Plugins; not in the lab.' },
    { name: 'enable-helm', type: 'bool', usage: 'Charts of Helm; not in the lab.' },
    { name: 'env', short: 'e', type: 'array', usage: 'Not used here.' },
    {
      name: 'load-restrictor',
      type: 'string',
      value: 'LoadRestrictionsRootOnly',
      usage: 'Not used.',
    },
    { name: 'output', short: 'o', type: 'string', usage: 'A file to write to; not in the lab.' },
  ],
  run: runKustomize,
}

const LOAD_RESTRICTORS = ['LoadRestrictionsRootOnly', 'LoadRestrictionsNone']

function* runKustomize({ args, context, flags }: Call): Process {
  if (args.length > 1) throw new KubectlError('specify one path to kustomization.yaml')
  for (const flag of ['enable-alpha-plugins', 'enable-helm'])
    if (flags.bool(flag)) throw new KubectlError(`the lab has no --${flag}`)
  const restrictor = flags.string('load-restrictor')
  if (!LOAD_RESTRICTORS.includes(restrictor))
    throw new KubectlError(
      `illegal flag value --load-restrictor ${restrictor}; legal values: ` +
        `[${LOAD_RESTRICTORS.join(' ')}]`,
    )
  const objects = buildKustomization(context, args[0] ?? '.')
  if (flags.string('output') !== '')
    throw new KubectlError('the lab writes no files: send the output to one with >')
  context.stdout(objects.map(toYaml).join('---\n'))
  return 0
}
