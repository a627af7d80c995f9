// Which function describes which kind, and how several descriptions follow each other.
import type { DaemonSet } from '../../../sim/api-types/apps.ts'
import type { CronJob, Job } from '../../../sim/api-types/batch.ts'
import type { Namespace, Node } from '../../../sim/api-types/core.ts'
import type { KubeObject } from '../../../sim/api-types/meta.ts'
import type { Pod } from '../../../sim/api-types/pod.ts'
import type { DescribeContext } from './context.ts'
import { describeCronJob } from './cronjob.ts'
import { describeDaemonSet } from './daemonset.ts'
import { describeGeneric } from './generic.ts'
import { describeJob } from './job.ts'
import { describeNode } from './node.ts'
import { describePod } from './pod.ts'
import {
  describeConfigMap,
  describeNamespace,
  describeSecret,
  describeServiceAccount,
} from './small-kinds.ts'

type Describer = (object: KubeObject, context: DescribeContext) => string

const DESCRIBERS: Readonly<Record<string, Describer>> = {
  ConfigMap: describeConfigMap,
  CronJob: (object, context) => describeCronJob(object as CronJob, context),
  DaemonSet: (object, context) => describeDaemonSet(object as DaemonSet, context),
  Job: (object, context) => describeJob(object as Job, context),
  Namespace: (object) => describeNamespace(object as Namespace),
  Node: (object, context) => describeNode(object as Node, context),
  Pod: (object, context) => describePod(object as Pod, context),
  Secret: describeSecret,
  ServiceAccount: describeServiceAccount,
}

/** One object as `kubectl describe` prints it; ends with a newline. */
export function describeObject(object: KubeObject, context: DescribeContext): string {
  return (DESCRIBERS[object.kind] ?? describeGeneric)(object, context)
}

/** Several objects: two empty lines between them. */
export function describeObjects(objects: readonly KubeObject[], context: DescribeContext): string {
  return objects.map((object) => describeObject(object, context)).join('\n\n')
}
