// `kubectl annotate` (kubectl pkg/cmd/annotate). Unlike `label` it always says `annotated`.
import type { KubeObject } from '../../sim/api-types/meta.ts'
import type { Call, Command } from '../command.ts'
import { isUserError, KubectlError, throwAll } from '../errors.ts'
import { submissionOf } from '../flag-groups.ts'
import { dryRunOf, resultPrinter } from '../output.ts'
import type { Process } from '../process.ts'
import { errorsOf, type Info } from '../resolve.ts'
import { patchedBody, submitPatch } from '../submit.ts'
import { changedObjects, listValues, metadataFlags, requireNew, splitPairs } from './metadata.ts'
import type { Pairs } from './metadata.ts'

export const annotate: Command = {
  name: 'annotate',
  use: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N',
  short: 'Update the annotations on a resource',
  examples: ["kubectl annotate job pi-calculator note='for Monday'"],
  completes: 'resources',
  flags: metadataFlags('annotations'),
  run: runAnnotate,
}

function* runAnnotate(call: Call): Process {
  dryRunOf(call)
  const pairs = readAnnotations(call.args)
  const found = changedObjects(call, pairs, 'annotation')
  const both = pairs.remove.filter((key) => pairs.set.has(key))
  if (both.length > 0)
    throw new KubectlError(
      'can not both modify and remove the following annotation(s) in the same command: ' +
        both.join(', '),
    )
  const errors = [...errorsOf(found.error)]
  for (const info of found.infos)
    try {
      annotateOne(call, info, pairs, found.single)
    } catch (error) {
      if (!isUserError(error)) throw error
      errors.push(error)
    }
  throwAll(errors)
  return 0
}

function readAnnotations(args: readonly string[]): Pairs {
  const { resources, pairs } = splitPairs(args, 'annotation')
  const set = new Map<string, string>()
  const remove: string[] = []
  for (const pair of pairs) {
    const equals = pair.indexOf('=')
    if (equals > 0) set.set(pair.slice(0, equals), pair.slice(equals + 1))
    else remove.push(pair.slice(0, -1))
  }
  return { resources, set, remove }
}

function annotateOne(call: Call, info: Info, { set, remove }: Pairs, one: boolean): void {
  const { flags } = call
  const present = info.object!.metadata.annotations ?? {}
  if (!flags.bool('overwrite')) requireNew(present, set)
  const gone = remove.filter((key) => key in present).map((key): [string, null] => [key, null])
  const { resource, namespace, name } = info
  const dryRun = dryRunOf(call)
  const patch = {
    namespace,
    name,
    type: 'merge',
    body: { metadata: { annotations: Object.fromEntries([...set, ...gone]) } },
  } as const
  const isLocal = dryRun === 'client' || flags.bool('local') || flags.bool('list')
  const object = isLocal
    ? (patchedBody(info.object!, patch) as KubeObject)
    : submitPatch(submissionOf(call, dryRun === 'server'), resource, patch)
  if (flags.bool('list'))
    return listValues(call, info, object.metadata.annotations ?? {}, 'annotations', one)
  resultPrinter(call, dryRun)(object, 'annotated')
}
