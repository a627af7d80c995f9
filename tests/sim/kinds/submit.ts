// Submits manifests to a small cluster as `kubectl create --dry-run=server` does, without kubectl.
import { parseTime } from '../../../src/base/time.ts'
import { readManifest } from '../../../src/kubectl/yaml/manifest.ts'
import { createObject, type Submitted } from '../../../src/sim/api.ts'
import type { KubeObject } from '../../../src/sim/api-types/meta.ts'
import { accountManifest, namespaceManifest } from '../../../src/sim/boot.ts'
import { clusterConfig } from '../../../src/sim/cluster.ts'
import { ApiError } from '../../../src/sim/errors.ts'
import { decodeStruct } from '../../../src/sim/schema/decode.ts'
import { createWorld, type World } from '../../../src/sim/world.ts'

const USER = { actor: 'user', causes: [] }

/** A world with the default namespace and its service account. */
export function emptyCluster(): World {
  const world = createWorld(parseTime('2026-03-02T09:00:00Z'), 1, clusterConfig({}))
  createObject(world, USER, namespaceManifest('default'))
  createObject(world, USER, accountManifest('default'))
  return world
}

/** The manifest cannot be read or decoded. */
export class Unreadable extends Error {
  override name = 'Unreadable'
}

/** What the server would store for a manifest. Throws Unreadable or ApiError. */
export function submit(yaml: string, world: World = emptyCluster()): KubeObject {
  const [document] = readManifest(yaml)
  if (document?.error !== undefined) throw new Unreadable(document.error)
  return submitValue(document?.value, world)
}

/** The same for data instead of text. */
export function submitValue(value: unknown, world: World = emptyCluster()): KubeObject {
  const { kind } = value as { kind: string }
  const decoded = decodeStruct(value, kind)
  if (decoded.typeError !== undefined) throw new Unreadable(decoded.typeError)
  if (decoded.unknownFields.length > 0)
    throw new Unreadable(`unknown ${decoded.unknownFields.join()}`)
  const submitted = decoded.value as unknown as Submitted
  return createObject(world, USER, submitted, { validate: true, dryRun: true })
}

/** The complaints about a manifest, as `field: message`; [] when it is accepted. */
export function complaints(yaml: string): readonly string[] {
  try {
    submit(yaml)
    return []
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const causes = error.details.causes ?? []
    if (causes.length === 0) return [error.message]
    return causes.map(({ field, message }) => `${field}: ${message}`)
  }
}

/** A Pod manifest with that spec, in YAML's flow style. */
export function podYaml(spec: string): string {
  return `{apiVersion: v1, kind: Pod, metadata: {name: demo}, spec: ${spec}}`
}

/** A Job manifest with those further fields in its spec. */
export function jobYaml(fields = '', podFields = ''): string {
  const pod = `{restartPolicy: Never, containers: [{name: main, image: busybox}]${podFields}}`
  const spec = `{template: {spec: ${pod}}${fields}}`
  return `{apiVersion: batch/v1, kind: Job, metadata: {name: demo}, spec: ${spec}}`
}

/** A CronJob manifest with that schedule. */
export function cronYaml(schedule: string): string {
  const pod = '{restartPolicy: Never, containers: [{name: main, image: busybox}]}'
  const spec = `{schedule: "${schedule}", jobTemplate: {spec: {template: {spec: ${pod}}}}}`
  return `{apiVersion: batch/v1, kind: CronJob, metadata: {name: demo}, spec: ${spec}}`
}
