// The registry of what kubectl knows of kinds. The order is the one of `kubectl create --help`; a
// kind that is not listed is printed and described by what the server says of it.
import { createRegistry } from '../../base/registry.ts'
import { configMap } from './configmap.ts'
import { cronJob } from './cronjob.ts'
import { daemonSet } from './daemonset.ts'
import { job } from './job.ts'
import type { KubectlKind } from './kind.ts'
import { namespace } from './namespace.ts'
import { node } from './node.ts'
import { pod } from './pod.ts'
import { secret } from './secret.ts'
import { serviceAccount } from './serviceaccount.ts'

const REGISTRY = createRegistry<KubectlKind>(
  ({ kind }) => kind,
  [namespace, secret, configMap, serviceAccount, job, cronJob, daemonSet, pod, node],
)

/** Every kind of which kubectl knows something of its own. */
export const KUBECTL_KINDS: readonly KubectlKind[] = REGISTRY.all

/** What kubectl knows of the kind of that name; undefined where it knows nothing of its own. */
export function kubectlKind(name: string): KubectlKind | undefined {
  return REGISTRY.find(name)
}

/** Adds a kind at start-up, before the commands are loaded. */
export function registerKubectlKind(kind: KubectlKind): void {
  REGISTRY.add(kind)
}
