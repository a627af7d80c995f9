// `kubectl explain`: what the fields of a type are for.
import { docsOfKinds } from '../../sim/kinds/index.ts'
import type { Call, Command } from '../command.ts'
import { ExitError, KubectlError, NoResourceError } from '../errors.ts'
import { explainBody, explainHeader, type ExplainDocs } from '../print/explain.ts'
import type { Process } from '../process.ts'
import { groupVersion, resourceName, resourceOf, type Resource } from '../resources.ts'

/** Both are the same text here: there is one schema. */
const FORMATS = ['plaintext', 'plaintext-openapiv2']

export const explain: Command = {
  name: 'explain',
  use: 'TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group]',
  short: 'Get documentation for a resource',
  examples: ['kubectl explain cronjob.spec', 'kubectl explain job.spec.backoffLimit'],
  completes: 'resources',
  flags: [
    { name: 'api-version', type: 'string', usage: 'The group and version of the type.' },
    { name: 'output', short: 'o', type: 'string', value: 'plaintext', usage: 'Only plaintext.' },
    { name: 'recursive', short: 'R', type: 'bool', usage: 'Also the fields of fields, by name.' },
  ],
  run: runExplain,
}

function* runExplain(call: Call): Process {
  const { args, flags, context } = call
  if (args.length === 0)
    throw new KubectlError(
      'You must specify the type of resource to explain. Use "kubectl api-resources" for a ' +
        'complete list of supported resources.\n',
    )
  if (args.length > 1) throw new KubectlError('We accept only this format: explain RESOURCE\n')
  const output = flags.string('output')
  const { resource, fieldPath } = readPath(args[0]!)
  if (!FORMATS.includes(output)) throw new KubectlError(`unrecognized format: ${output}`)
  requireVersion(resource, flags.string('api-version'))
  const { group, version, kind } = resource
  const request = { group, version, kind, fieldPath, recursive: flags.bool('recursive') }
  if (context.docs === undefined)
    throw new KubectlError('the documentation of the fields is not loaded here')
  const docs: ExplainDocs = { ...(context.docs as ExplainDocs), ...docsOfKinds() }
  if (docs[kind] === undefined)
    throw new KubectlError(`the lab has no documentation of ${resourceName(resource)}`)
  context.stdout(explainHeader(request))
  context.stdout(explainBody(request, docs))
  return 0
}

/** `cronjobs.batch.spec` and `cronjob.spec` both name the type first, then the fields. */
function readPath(text: string): { resource: Resource; fieldPath: readonly string[] } {
  const [word = '', ...rest] = text.replace(/\.$/, '').split('.')
  const resource = typeOf(word)
  const name = resourceName(resource)
  if (resource.group === '' || !`${text}.`.startsWith(`${name}.`))
    return { resource, fieldPath: rest }
  return { resource, fieldPath: rest.slice(resource.group.split('.').length) }
}

/** An unknown type is reported without `error: `, as upstream's mapper does. */
function typeOf(word: string): Resource {
  try {
    return resourceOf(word)
  } catch (error) {
    if (error instanceof NoResourceError) throw new ExitError(error.message)
    throw error
  }
}

function requireVersion(resource: Resource, asked: string): void {
  if (asked === '' || asked === groupVersion(resource)) return
  throw new KubectlError(`couldn't find resource for "${asked}, Resource=${resource.plural}"`)
}
