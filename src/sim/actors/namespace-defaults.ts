// What every namespace is given: its default ServiceAccount, without which no Pod is admitted, and
// the cluster's root certificate that Pods mount (pkg/controller/serviceaccount, pkg/controller/
// certificates/rootcacertpublisher).
import type { Actor, Change, Ctx, Wake } from '../actor.ts'
import type { Namespace } from '../api-types/core.ts'
import { createObject } from '../api.ts'
import { accountManifest } from '../boot.ts'
import { getObject } from '../store.ts'

const ROOT_CA = 'kube-root-ca.crt'
const ROOT_CA_DESCRIPTION =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal ' +
  'endpoints such as the internal service IP or kubernetes.default.svc. No other usage is ' +
  'guaranteed across distributions of Kubernetes clusters.'

export const namespaceDefaults: Actor = {
  name: 'serviceaccount-controller',
  component: 'kube-controller-manager',
  watches: {
    Namespace: ({ before, after }) =>
      before === undefined && after !== undefined ? [{ key: after.metadata.name }] : [],
    ServiceAccount: onRemoval('default'),
    ConfigMap: onRemoval(ROOT_CA),
  },
  tasks: { sync },
}

function onRemoval(name: string) {
  return ({ before, after }: Change): readonly Wake[] =>
    after === undefined && before?.metadata.name === name
      ? [{ key: before.metadata.namespace! }]
      : []
}

function sync(ctx: Ctx, name: string): void {
  const { world, by } = ctx
  const namespace = getObject<Namespace>(world.store, 'Namespace', name)
  if (namespace === undefined || namespace.status.phase !== 'Active') return
  if (getObject(world.store, 'ServiceAccount', `${name}/default`) === undefined)
    createObject(world, by, accountManifest(name))
  if (getObject(world.store, 'ConfigMap', `${name}/${ROOT_CA}`) === undefined)
    createObject(world, { ...by, actor: 'root-ca-certificate-publisher' }, rootCa(name))
}

function rootCa(namespace: string) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: ROOT_CA,
      namespace,
      annotations: { 'kubernetes.io/description': ROOT_CA_DESCRIPTION },
    },
    data: { 'ca.crt': '-----BEGIN CERTIFICATE-----\n(lab)\n-----END CERTIFICATE-----\n' },
  }
}
