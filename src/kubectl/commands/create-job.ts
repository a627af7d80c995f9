// `kubectl create job` and `kubectl create cronjob` (kubectl pkg/cmd/create/create_job.go,
// create_cronjob.go).
import type { CronJob } from '../../sim/api-types/batch.ts'
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { cronJob as cronJobKind } from '../../sim/kinds/cronjob.ts'
import { job as jobKind } from '../../sim/kinds/job.ts'
import type { Call, Command } from '../command.ts'
import { KubectlError } from '../errors.ts'
import { GENERATOR_FLAGS, nameOf, submitGenerated } from '../generate.ts'
import type { Process } from '../process.ts'
import { build } from '../resolve.ts'

export const createJob: Command = {
  name: 'job',
  use: 'NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]',
  short: 'Create a job with the specified name',
  long:
    'Creates a Job with one container that is named like the Job, or a Job from the template of\n' +
    'a CronJob, without waiting for its schedule.',
  examples: [
    'kubectl create job hello --image=busybox -- date',
    'kubectl create job again --from=cronjob/daily-report',
  ],
  flags: [
    ...GENERATOR_FLAGS,
    { name: 'image', type: 'string', usage: 'The image to run.' },
    { name: 'from', type: 'string', usage: 'A CronJob whose template is used: cronjob/NAME.' },
  ],
  run: runCreateJob,
}

export const createCronJob: Command = {
  name: 'cronjob',
  use: "NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...]",
  short: 'Create a cron job with the specified name',
  examples: ['kubectl create cronjob tick --image=busybox --schedule="*/5 * * * *" -- date'],
  aliases: ['cj'],
  required: ['image', 'schedule'],
  flags: [
    ...GENERATOR_FLAGS,
    { name: 'image', type: 'string', usage: 'The image to run.' },
    { name: 'schedule', type: 'string', usage: 'When to run, in Cron format.' },
    { name: 'restart', type: 'string', usage: 'The restart policy: OnFailure or Never.' },
  ],
  run: runCreateCronJob,
}

function* runCreateJob(call: Call): Process {
  const { flags, args } = call
  const name = nameOf(call)
  const command = args.slice(1)
  const image = flags.string('image')
  const from = flags.string('from')
  const make = (): KubeObject => {
    if ((image === '') === (from === ''))
      throw new KubectlError('either --image or --from must be specified')
    if (command.length > 0 && from !== '')
      throw new KubectlError('cannot specify --from and command')
    return from === '' ? jobManifest(name, image, command) : jobFrom(call, name, from)
  }
  submitGenerated(call, make, 'failed to create job')
  return 0
}

function* runCreateCronJob(call: Call): Process {
  const { flags, args } = call
  const name = nameOf(call)
  const restartPolicy = flags.string('restart') || 'OnFailure'
  const template = podTemplate(name, flags.string('image'), args.slice(1), restartPolicy)
  const cronJob = {
    apiVersion: 'batch/v1',
    kind: cronJobKind.kind,
    metadata: { name },
    spec: {
      schedule: flags.string('schedule'),
      jobTemplate: { metadata: { name }, spec: { template } },
    },
  }
  submitGenerated(call, () => cronJob as unknown as KubeObject, 'failed to create cronjob')
  return 0
}

function jobManifest(name: string, image: string, command: readonly string[]): KubeObject {
  const job = {
    apiVersion: 'batch/v1',
    kind: jobKind.kind,
    metadata: { name },
    spec: { template: podTemplate(name, image, command, 'Never') },
  }
  return job as unknown as KubeObject
}

function podTemplate(
  name: string,
  image: string,
  command: readonly string[],
  restartPolicy: string,
) {
  const container = { name, image, ...(command.length > 0 ? { command } : {}) }
  return { spec: { containers: [container], restartPolicy } }
}

/** A Job of the CronJob's template, marked as started by hand and owned without blocking. */
function jobFrom(call: Call, name: string, from: string): KubeObject {
  const found = build(call, { args: [from] })
  if (found.error !== undefined) throw found.error
  const [info] = found.infos
  if (info === undefined || found.infos.length !== 1)
    throw new KubectlError('from must be an existing cronjob')
  if (info.resource.kind !== cronJobKind.kind)
    throw new KubectlError(`unknown object type *v1.${info.resource.kind}`)
  const cronJob = info.object as CronJob
  const { metadata, spec } = cronJob.spec.jobTemplate
  const { labels, annotations } = metadata ?? {}
  const owner = {
    apiVersion: 'batch/v1',
    controller: true,
    kind: cronJobKind.kind,
    name: cronJob.metadata.name,
    uid: cronJob.metadata.uid,
  }
  const job = {
    apiVersion: 'batch/v1',
    kind: jobKind.kind,
    metadata: {
      name,
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...annotations },
      ...(labels === undefined ? {} : { labels }),
      ownerReferences: [owner],
    },
    spec,
  }
  return job as unknown as KubeObject
}
