// `kubectl get`: tables, or whole objects with `-o`; with `--watch` also every later change
// (kubectl pkg/cmd/get).
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { ApiError } from '../../sim/errors.ts'
import type { Call, Command } from '../command.ts'
import { KubectlError, throwAll, usageError } from '../errors.ts'
import {
  ALL_NAMESPACES_FLAG,
  CHUNK_FLAG,
  FIELD_SELECTOR_FLAG,
  fileFlags,
  SELECTOR_FLAG,
} from '../flag-groups.ts'
import { OUTPUT_FLAGS, outputFormat } from '../output.ts'
import { listOf } from '../print/name.ts'
import { kindPrefixOf, printTable, tableOf } from '../print/table.ts'
import type { TableOptions } from '../print/table.ts'
import type { Process } from '../process.ts'
import { build, errorsOf, selectionOf, withoutNotFound, type Found, type Info } from '../resolve.ts'
import type { Resource } from '../resources.ts'
import { sortObjects } from '../print/sort-by.ts'
import { getPrinter } from '../get-formats.ts'
import { defaultColumns } from '../../sim/kinds/columns/default.ts'
import { watch } from './get-watch.ts'

export const get: Command = {
  name: 'get',
  use:
    `[(-o|--output=)${'(FORMAT)'}] (TYPE[.VERSION][.GROUP] [NAME | -l label] | ` +
    'TYPE[.VERSION][.GROUP]/NAME ...) [flags]',
  short: 'Display one or many resources',
  long:
    'Prints a table of the objects of a type, of named objects, or of several types at once.\n' +
    '"kubectl get all" shows Pods, DaemonSets, CronJobs and Jobs.',
  examples: [
    'kubectl get jobs',
    'kubectl get pods -l job-name=pi-calculator -o wide',
    'kubectl get cronjob daily-report -o yaml',
    'kubectl get pods --watch',
  ],
  suggestFor: ['list', 'ls'],
  completes: 'resources',
  flags: [
    ...OUTPUT_FLAGS,
    ...fileFlags('with the objects to get.'),
    SELECTOR_FLAG,
    FIELD_SELECTOR_FLAG,
    ALL_NAMESPACES_FLAG,
    CHUNK_FLAG,
    { name: 'ignore-not-found', type: 'bool', usage: 'What does not exist is no error.' },
    { name: 'label-columns', short: 'L', type: 'list', usage: 'Labels to show as columns.' },
    { name: 'no-headers', type: 'bool', usage: 'Leave the header line out.' },
    { name: 'output-watch-events', type: 'bool', usage: 'Say with --watch what happened.' },
    { name: 'raw', type: 'string', usage: 'A raw URI; not in the lab.' },
    { name: 'server-print', type: 'bool', value: 'true', usage: 'Columns as the server has them.' },
    { name: 'show-kind', type: 'bool', usage: 'Show the type before each name.' },
    { name: 'show-labels', type: 'bool', usage: 'Show all labels as the last column.' },
    { name: 'sort-by', type: 'string', usage: 'A field to sort by: .metadata.creationTimestamp.' },
    { name: 'subresource', type: 'string', usage: 'A subresource: status.' },
    { name: 'watch', short: 'w', type: 'bool', usage: 'Go on showing changes.' },
    { name: 'watch-only', type: 'bool', usage: 'Show changes only.' },
  ],
  run: runGet,
}

function* runGet(call: Call): Process {
  const { flags, args } = call
  if (flags.string('raw') !== '')
    throw new KubectlError('the lab has no raw URIs: ask for a type and a name')
  requireQuestion(call)
  requireSense(call)
  const format = outputFormat(call)
  const human = format === '' || format === 'wide'
  if (flags.bool('watch') || flags.bool('watch-only')) return yield* watch(call, tableOptions(call))
  const found = build(call, {
    ...selectionOf(call),
    args,
    typeAloneIsAll: true,
    continueOnError: true,
    latest: true,
  })
  const error = flags.bool('ignore-not-found') ? withoutNotFound(found.error) : found.error
  const answer: Found = { ...found, error }
  if (human) printTables(call, answer, tableCount(call, found))
  else printWhole(call, answer, format)
  return 0
}

/** How many answers of the server there are to print: one a type, or one a name. */
function tableCount({ args }: Call, { infos, resources }: Found): number {
  const isNamed = args.length > 1 || args.some((arg) => arg.includes('/'))
  return isNamed ? infos.length : resources.length
}

function requireQuestion({ args, flags, path, context }: Call): void {
  if (flags.bool('watch') || flags.bool('watch-only')) {
    if (flags.bool('watch') && flags.string('sort-by') !== '')
      context.stderr(
        'warning: --watch requested, --sort-by will be ignored for watch events received\n',
      )
    return
  }
  if (args.length > 0 || flags.list('filename').length > 0) return
  context.stderr(
    'You must specify the type of resource to get. Use "kubectl api-resources" for a complete ' +
      'list of supported resources.\n\n',
  )
  throw usageError(
    path,
    'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed ' +
      'description of that resource (e.g. kubectl explain pods).',
  )
}

function requireSense(call: Call): void {
  const { flags } = call
  const format = outputFormat(call)
  if (flags.bool('show-labels') && format !== '' && format !== 'wide')
    throw new KubectlError(`--show-labels option cannot be used with ${format} printer`)
  const watches = flags.bool('watch') || flags.bool('watch-only')
  const subresource = flags.string('subresource')
  if (subresource !== '' && !call.args.some((arg) => arg.includes('/')) && call.args.length < 2)
    throw new KubectlError('subresource cannot be used when bulk resources are specified')
  if (subresource !== '' && subresource !== 'status')
    throw new ApiError('NotFound', 'the server could not find the requested resource')
  if (flags.bool('output-watch-events') && !watches)
    throw new KubectlError(
      '--output-watch-events option can only be used with --watch or --watch-only',
    )
}

/** The table options that flags ask for, alike for every type. */
function tableOptions(call: Call): TableOptions {
  const { flags } = call
  return {
    wide: outputFormat(call) === 'wide',
    noHeaders: flags.bool('no-headers'),
    showLabels: flags.bool('show-labels'),
    labelColumns: flags.list('label-columns'),
  }
}

/** One table for each run of objects of one type; an empty line between tables with headers. */
function printTables(call: Call, { infos, error, resources }: Found, count: number): void {
  const { flags, context } = call
  const several = resources.length > 1
  let text = ''
  if (count > 1) sorted(call, Array.from({ length: count }, answerOf))
  for (const group of groups(infos)) {
    const { resource } = group[0]!
    const objects = sortedRows(call, group.map(objectOf))
    if (objects.length === 0) continue
    const table = tableText(call, resource, objects, several)
    if (text !== '' && !flags.bool('no-headers')) text += '\n'
    text += table
  }
  context.stdout(text)
  if (text === '' && error === undefined && !flags.bool('ignore-not-found'))
    reportNone(call, resources)
  throwAll(errorsOf(error))
}

function reportNone(call: Call, resources: readonly Resource[]): void {
  const { flags, namespace, context } = call
  const everywhere = flags.bool('all-namespaces') || resources.some((each) => !each.namespaced)
  context.stderr(
    everywhere ? 'No resources found\n' : `No resources found in ${namespace} namespace.\n`,
  )
}

function tableText(
  call: Call,
  resource: Resource,
  objects: readonly KubeObject[],
  several: boolean,
): string {
  const { flags, context } = call
  const options: TableOptions = {
    ...tableOptions(call),
    withNamespace: flags.bool('all-namespaces') && resource.namespaced,
    ...(several || flags.bool('show-kind') ? { kindPrefix: kindPrefixOf(resource) } : {}),
  }
  const columns = flags.bool('server-print')
    ? (resource.stored?.columns ?? defaultColumns)
    : defaultColumns
  return printTable(tableOf(objects, columns, context.world.now, options))
}

function* groups(infos: readonly Info[]): Generator<Info[]> {
  let group: Info[] = []
  for (const info of infos) {
    if (group.length > 0 && group[0]!.resource !== info.resource) {
      yield group
      group = []
    }
    group.push(info)
  }
  if (group.length > 0) yield group
}

/** What of the server's answer is sorted by when there are several: the tables, not their rows. */
function answerOf(): KubeObject {
  const answer = { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata: { resourceVersion: '' } }
  return { ...answer, columnDefinitions: [], rows: [] } as unknown as KubeObject
}

/** The rows of one table. A field that none of them has leaves nothing to print. */
function sortedRows(call: Call, objects: readonly KubeObject[]): readonly KubeObject[] {
  if (objects.length < 2) return objects
  try {
    return sorted(call, objects)
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error
    return []
  }
}

function sorted({ flags }: Call, objects: readonly KubeObject[]): readonly KubeObject[] {
  const field = flags.string('sort-by')
  return field === '' ? objects : sortObjects(objects, field)
}

function objectOf({ object }: Info): KubeObject {
  return object!
}

/** `-o`: the object that was asked for by name, or a List of what was found. */
function printWhole(call: Call, found: Found, format: string): void {
  const { single, error } = found
  const { flags, context } = call
  if (error !== undefined && single) throw error
  const objects = sorted(call, found.infos.map(objectOf))
  if (objects.length === 0 && flags.bool('ignore-not-found')) return
  const one = single && objects.length === 1
  context.stdout(getPrinter(call, format)(one ? objects[0]! : listOf(objects)))
  throwAll(errorsOf(error))
}
