// From arguments, files and selectors to the objects a command works on, as kubectl's resource
// builder does it (cli-runtime pkg/resource/builder.go); the order of the checks is upstream's.
import type { KubeObject } from '../sim/api-types/meta.ts'
import { goQuote } from '../sim/lib/go-quote.ts'
import { ApiError } from '../sim/errors.ts'
import type { Call } from './command.ts'
import { isUserError, KubectlError, ManyErrors, throwAll } from './errors.ts'
import { documentsOf, expandPaths, type SourceDocument } from './files.ts'
import { kustomizationDocuments } from './kustomize/documents.ts'
import { resourceOf, resourceWords, shortNameWarning, type Resource } from './resources.ts'
import { matchesLabels, parseLabelSelector, SelectorError } from './selectors.ts'
import { getLive, listLive } from './server.ts'

/** One object to work on. */
export interface Info {
  readonly resource: Resource
  readonly namespace: string
  readonly name: string
  /** The manifest (from a file) or the live object; undefined when it was not asked for. */
  readonly object: KubeObject | undefined
  /** The file it is from; ''. */
  readonly source: string
}

export interface BuildOptions {
  readonly args?: readonly string[]
  /** `job` alone means all jobs (get, describe); otherwise a name or selector is required. */
  readonly typeAloneIsAll?: boolean
  readonly files?: readonly string[]
  /** `-k`: the folder of a kustomization. */
  readonly kustomize?: string
  /** `--local`: what files say, without the server and its namespaces. */
  readonly local?: boolean
  readonly recursive?: boolean
  readonly labels?: string
  readonly fields?: string
  /** `--all` */
  readonly all?: boolean
  readonly allNamespaces?: boolean
  /** Go on after an error and report all of them at the end. */
  readonly continueOnError?: boolean
  /** Objects of files are fetched from the server. */
  readonly latest?: boolean
  /** Named objects need not exist: they are not fetched. */
  readonly unfetched?: boolean
  readonly singleType?: boolean
}

export interface Found {
  readonly infos: readonly Info[]
  /** What went wrong on the way; one ManyErrors for several. */
  readonly error: Error | undefined
  /** Exactly one object was asked for by name or file. */
  readonly single: boolean
  /** The types that were listed, empty ones too, and those of the objects asked for by name. */
  readonly resources: readonly Resource[]
}

/** `-f`, `-R`, `-l`, `--all` and `-A` of a call, for those commands that have them. */
export function selectionOf({ flags }: Call): BuildOptions {
  const has = (name: string): boolean => flags.spec(name) !== undefined
  return {
    files: has('filename') ? flags.list('filename') : [],
    kustomize: has('kustomize') ? flags.string('kustomize') : '',
    recursive: has('recursive') && flags.bool('recursive'),
    labels: has('selector') ? flags.string('selector').trim() : '',
    fields: has('field-selector') ? flags.string('field-selector').trim() : '',
    all: has('all') && flags.bool('all'),
    allNamespaces: has('all-namespaces') && flags.bool('all-namespaces'),
  }
}

interface Query {
  readonly call: Call
  readonly options: BuildOptions
  readonly namespace: string
  readonly types: readonly string[]
  readonly names: readonly string[]
  readonly tuples: readonly Tuple[]
}

interface Tuple {
  readonly type: string
  readonly name: string
}

/** Finds what the options ask for. Throws what is wrong with the question itself. */
export function build(call: Call, options: BuildOptions): Found {
  const errors: Error[] = fileProblems(options)
  const paths = attempt(errors, () => expandPaths(call.context, options.files ?? [], options)) ?? []
  const words = attempt(errors, () => readArgs(options.args ?? [])) ?? EMPTY_ARGS
  if (options.all && (options.labels || options.fields))
    errors.push(new KubectlError("setting 'all' parameter but found a non empty selector. "))
  throwAll(errors)
  const namespace = options.allNamespaces ? '' : call.namespace
  const query: Query = { call, options, namespace, ...words }
  const wantsFiles = (options.files ?? []).length > 0 || Boolean(options.kustomize)
  if (wantsFiles) return byFiles(query, paths)
  const aloneIsAll = options.typeAloneIsAll && words.types.length > 0 && words.names.length === 0
  if (options.labels || options.fields || options.all || aloneIsAll) return bySelector(query)
  if (words.tuples.length > 0) return byTuple(query)
  if (words.names.length > 0) return byName(query)
  if (words.types.length > 0) {
    for (const word of words.types) resourceOf(word)
    throw new KubectlError('resource(s) were provided, but no name was specified')
  }
  throw new KubectlError(MISSING_RESOURCE)
}

/** What does not go together (FilenameOptions.validate). */
function fileProblems({ files = [], kustomize = '', recursive = false }: BuildOptions): Error[] {
  if (kustomize === '') return []
  return [
    ...(files.length > 0 ? ['only one of -f or -k can be specified'] : []),
    ...(recursive ? ["the -k flag can't be used with -f or -R"] : []),
  ].map((message) => new KubectlError(message))
}

const MISSING_RESOURCE = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`

const EMPTY_ARGS = { types: [], names: [], tuples: [] }

/** Either `TYPE[,TYPE] NAME…` or `TYPE/NAME…`, never both. */
function readArgs(given: readonly string[]): Pick<Query, 'types' | 'names' | 'tuples'> {
  const args = crossed(given)
  const slashed = args.filter((arg) => arg.includes('/'))
  if (slashed.length > 0 && slashed.length < args.length)
    throw new KubectlError(
      'there is no need to specify a resource type as a separate argument when passing arguments ' +
        "in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of " +
        "'kubectl get resource resource/<resource_name>'",
    )
  if (slashed.length > 0) return { types: [], names: [], tuples: args.map(readTuple) }
  const [types, ...names] = args
  return { types: types === undefined ? [] : resourceWords(types), names, tuples: [] }
}

/** `pods,jobs a` means `pods/a jobs/a`. */
function crossed(args: readonly string[]): readonly string[] {
  const types = (args[0] ?? '').split(',')
  if (args.length < 2 || types.length < 2) return args
  return types.flatMap((type) => args.slice(1).map((name) => `${type}/${name}`))
}

/** `job/pi`; throws for what is no such pair. */
export function readTuple(text: string): Tuple {
  const parts = text.split('/')
  if (parts.length !== 2)
    throw new KubectlError('arguments in resource/name form may not have more than one slash')
  const [type = '', name = ''] = parts
  if (type === '' || name === '' || type.includes(','))
    throw new KubectlError('arguments in resource/name form must have a single resource and name')
  return { type, name }
}

function bySelector(query: Query): Found {
  const { call, options, namespace, types, names, tuples } = query
  if (names.length > 0)
    throw new KubectlError('name cannot be provided when a selector is specified')
  if (tuples.length > 0)
    throw new KubectlError(
      'selectors and the all flag cannot be used when passing resource/name arguments',
    )
  if (types.length === 0)
    throw new KubectlError('at least one resource must be specified to use a selector')
  const resources = resourcesOf(query, types)
  const { labels, fields } = options
  return visit(query, resources, false, resources, (resource) =>
    listLive(call.context.world, resource, { namespace, labels, fields }).map((object) =>
      infoOf(resource, object),
    ),
  )
}

function byTuple(query: Query): Found {
  const { tuples } = query
  const resources = resourcesOf(
    query,
    tuples.map(({ type }) => type),
  )
  const found = visit(query, tuples, tuples.length === 1, resources, ({ type, name }) => [
    named(query, resourceOf(type), name),
  ])
  return { ...found, resources: [...new Set(found.infos.map(({ resource }) => resource))] }
}

function byName(query: Query): Found {
  const { types, names } = query
  if (types.length > 1) throw new KubectlError('you must specify only one resource')
  const resources = resourcesOf(query, types)
  const [resource] = resources
  return visit(query, names, names.length === 1, resources, (name) => [
    named(query, resource!, name),
  ])
}

function named({ call, namespace, options }: Query, resource: Resource, name: string): Info {
  if (resource.namespaced && namespace === '')
    throw new KubectlError('a resource cannot be retrieved by name across all namespaces')
  const info = { resource, namespace: resource.namespaced ? namespace : '', name, source: '' }
  if (options.unfetched) return { ...info, object: undefined }
  return { ...info, object: getLive(call.context.world, resource, namespace, name) }
}

function byFiles(query: Query, paths: readonly string[]): Found {
  const { call, options, types, names, tuples } = query
  const given = 'when paths, URLs, or stdin is provided as input, you may not specify'
  if (types.length > 0 && names.length === 0)
    throw new KubectlError(`${given} resource arguments as well`)
  if (names.length > 0) throw new KubectlError(`${given} resource arguments as well`)
  if (tuples.length > 0)
    throw new KubectlError('resource/name arguments cannot be provided when a path is specified')
  const single = paths.length === 1 && paths[0] !== '-'
  const labels = readFilter(options.labels ?? '')
  const resources: Resource[] = []
  const errors: Error[] = []
  const documents = options.kustomize
    ? kustomizationDocuments(call.context, options.kustomize)
    : paths.flatMap((path) => documentsOf(call.context, path, errors))
  const found = visit(query, documents, single, resources, (document) => {
    if (!matchesLabels(labels, document.object.metadata.labels)) return []
    const info = inNamespace(query, document)
    if (!resources.includes(info.resource)) resources.push(info.resource)
    return [options.latest ? fetched(query, info) : info]
  })
  const all = [...errors, ...errorsOf(found.error)]
  return { ...found, error: all.length === 0 ? undefined : new ManyErrors(all) }
}

function readFilter(text: string) {
  try {
    return parseLabelSelector(text)
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error
    throw new KubectlError(`the provided selector ${goQuote(text)} is not valid: ${error.message}`)
  }
}

function fetched({ call }: Query, info: Info): Info {
  if (info.name === '') return info
  const object = getLive(call.context.world, info.resource, info.namespace, info.name)
  return { ...info, object }
}

/** The namespace of a manifest: its own, or the call's; `-n` must not differ from it. */
function inNamespace({ call, namespace, options }: Query, document: SourceDocument): Info {
  const { resource, object, source } = document
  const own = object.metadata.namespace ?? ''
  const base = { resource, name: object.metadata.name ?? '', source }
  if (!resource.namespaced) {
    const { namespace: _none, ...metadata } = object.metadata
    return { ...base, namespace: '', object: { ...object, metadata } }
  }
  if (own !== '' && call.namespaceGiven && own !== namespace)
    throw new KubectlError(
      `the namespace from the provided object ${goQuote(own)} does not match the namespace ` +
        `${goQuote(namespace)}. You must pass '--namespace=${own}' to perform this operation.`,
    )
  if (own !== '' || options.local === true) return { ...base, namespace: own, object }
  return { ...base, namespace, object: withNamespace(object, namespace) }
}

function withNamespace(object: KubeObject, namespace: string): KubeObject {
  return { ...object, metadata: { ...object.metadata, namespace } }
}

/** Takes each thing in turn; the first error ends it, or all are gathered. */
function visit<T>(
  { options }: Query,
  things: readonly T[],
  single: boolean,
  resources: readonly Resource[],
  take: (thing: T) => readonly Info[],
): Found {
  const infos: Info[] = []
  const errors: Error[] = []
  for (const thing of things) {
    const taken = attempt(errors, () => take(thing))
    infos.push(...(taken ?? []))
    if (errors.length > 0 && !options.continueOnError) break
  }
  const error = errors.length > 1 ? new ManyErrors(errors) : errors[0]
  return { infos, error, single, resources }
}

function infoOf(resource: Resource, object: KubeObject): Info {
  const { name, namespace = '' } = object.metadata
  return { resource, namespace, name, object, source: '' }
}

function resourcesOf({ call, options }: Query, words: readonly string[]): readonly Resource[] {
  const resources: Resource[] = []
  for (const word of words) {
    const resource = resourceOf(word)
    if (resources.includes(resource)) continue
    resources.push(resource)
    const warning = shortNameWarning(word)
    if (warning !== undefined) call.context.stderr(`Warning: ${warning}\n`)
  }
  if (options.singleType && resources.length > 1)
    throw new KubectlError('you may only specify a single resource type')
  return resources
}

/** The errors a ManyErrors holds, or the one error, or none. */
export function errorsOf(error: Error | undefined): readonly Error[] {
  if (error === undefined) return []
  return error instanceof ManyErrors ? error.errors : [error]
}

export function isNotFound(error: Error): boolean {
  return error instanceof ApiError && error.reason === 'NotFound'
}

/** The error without what says that something does not exist (`--ignore-not-found`). */
export function withoutNotFound(error: Error | undefined): Error | undefined {
  const rest = errorsOf(error).filter((each) => !isNotFound(each))
  return rest.length === 0 ? undefined : rest.length === 1 ? rest[0] : new ManyErrors(rest)
}

function attempt<T>(errors: Error[], action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (!isUserError(error)) throw error
    errors.push(error)
    return undefined
  }
}
