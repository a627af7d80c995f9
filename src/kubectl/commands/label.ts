// `kubectl label` (kubectl pkg/cmd/label).
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { goQuote } from '../../sim/lib/go-quote.ts'
import type { Call, Command } from '../command.ts'
import { isUserError, KubectlError, throwAll } from '../errors.ts'
import { submissionOf } from '../flag-groups.ts'
import { labelValueProblems } from '../label-rules.ts'
import { dryRunOf, resultPrinter } from '../output.ts'
import type { Process } from '../process.ts'
import { errorsOf, type Info } from '../resolve.ts'
import { submitPatch } from '../submit.ts'
import { changedObjects, listValues, metadataFlags, requireNew, splitPairs } from './metadata.ts'
import type { Pairs } from './metadata.ts'

export const label: Command = {
  name: 'label',
  use: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N',
  short: 'Update the labels on a resource',
  examples: [
    'kubectl label node novacraft-worker2 disk=ssd',
    'kubectl label node novacraft-worker2 disk-',
  ],
  completes: 'resources',
  flags: metadataFlags('labels'),
  run: runLabel,
}

function* runLabel(call: Call): Process {
  dryRunOf(call)
  const pairs = readLabels(call.args)
  const found = changedObjects(call, pairs, 'label')
  const errors = [...errorsOf(found.error)]
  for (const info of found.infos)
    try {
      labelOne(call, info, pairs, found.single)
    } catch (error) {
      if (!isUserError(error)) throw error
      errors.push(error)
    }
  throwAll(errors)
  return 0
}

function readLabels(args: readonly string[]): Pairs {
  const { resources, pairs } = splitPairs(args, 'label')
  const set = new Map<string, string>()
  const remove: string[] = []
  for (const pair of pairs) {
    if (!pair.includes('=')) {
      remove.push(pair.slice(0, -1))
      continue
    }
    const [key = '', value = '', ...more] = pair.split('=')
    if (more.length > 0) throw new KubectlError(`invalid label spec: ${pair}`)
    const problems = labelValueProblems(value)
    if (problems.length > 0)
      throw new KubectlError(`invalid label value: ${goQuote(pair)}: ${problems.join(';')}`)
    set.set(key, value)
  }
  if (remove.some((key) => set.has(key)))
    throw new KubectlError('can not both modify and remove a label in the same command')
  return { resources, set, remove }
}

function labelOne(call: Call, info: Info, { set, remove }: Pairs, one: boolean): void {
  const { flags, context } = call
  const present = info.object!.metadata.labels ?? {}
  const dryRun = dryRunOf(call)
  const local = flags.bool('local') || flags.bool('list')
  const missing = remove.filter((key) => !(key in present))
  if (dryRun !== 'client' && !local)
    for (const key of missing) context.stdout(`label ${goQuote(key)} not found.\n`)
  if (!flags.bool('overwrite')) requireNew(present, set)
  const added = [...set].filter(([key, value]) => present[key] !== value)
  const removed = remove.filter((key) => key in present)
  let object = relabelled(info.object!, set, remove)
  if (flags.bool('list')) return listValues(call, info, object.metadata.labels ?? {}, 'labels', one)
  if (!local && dryRun !== 'client' && (added.length > 0 || removed.length > 0)) {
    const labels = Object.fromEntries([
      ...added,
      ...removed.map((key): [string, null] => [key, null]),
    ])
    const { resource, namespace, name } = info
    object = submitPatch(submissionOf(call, dryRun === 'server'), resource, {
      namespace,
      name,
      type: 'merge',
      body: { metadata: { labels } },
    })
  }
  resultPrinter(call, dryRun)(object, outcome(added.length, removed.length))
}

/** The object with its labels changed, as the client itself sees it. */
function relabelled(object: KubeObject, set: Pairs['set'], remove: Pairs['remove']): KubeObject {
  const labels = { ...object.metadata.labels, ...Object.fromEntries(set) }
  for (const key of remove) delete labels[key]
  return { ...object, metadata: { ...object.metadata, labels } }
}

function outcome(added: number, removed: number): string {
  if (added > 0 && removed > 0) return 'modified'
  if (added > 0) return 'labeled'
  return removed > 0 ? 'unlabeled' : 'not labeled'
}
