// What a fuzz run does to a cluster: each step as data, as writes to the API, and as the command
// line that does the same in a session.
import { assertNever } from '../../base/assert.ts'
import type { Node } from '../../sim/api-types/core.ts'
import type { KubeObject } from '../../sim/api-types/meta.ts'
import type { Pod } from '../../sim/api-types/pod.ts'
import {
  createObject,
  deleteObject,
  noteCommand,
  updateObject,
  type By,
  type DeleteOptions,
  type Submitted,
} from '../../sim/api.ts'
import { ACTORS } from '../../sim/actors/index.ts'
import { startComponent, stopComponent } from '../../sim/boot.ts'
import { ApiError } from '../../sim/errors.ts'
import { addMachine, startMachine, stopMachine } from '../../sim/kubelets.ts'
import { getObject, listObjects, objectKey } from '../../sim/store.ts'
import { deliver, type World } from '../../sim/world.ts'
import { mergePatch } from '../../kubectl/patch/json.ts'

type Cascade = 'background' | 'foreground' | 'orphan'

export type FuzzAction =
  | { do: 'apply'; object: Submitted }
  | { do: 'patch'; kind: string; name: string; patch: unknown }
  | { do: 'delete'; kind: string; name: string; cascade: Cascade }
  | { do: 'deletePods'; label: string; name: string; force: boolean }
  | { do: 'node'; verb: 'stop' | 'start' | 'add'; name: string }
  | { do: 'program'; verb: 'stop' | 'start'; name: 'controller-manager' | 'scheduler' }
  | { do: 'cordon' | 'uncordon'; name: string }
  | { do: 'label'; name: string; key: string; value: string }

export interface FuzzStep {
  /** Milliseconds after the start. */
  atMs: number
  action: FuzzAction
}

/** Does it now. What the API refuses is refused: users err as well. */
export function perform(world: World, action: FuzzAction): void {
  const entry = noteCommand(world, commandOf(action))
  try {
    write(world, { actor: 'user', causes: [entry.id] }, action)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
  }
  deliver(world, ACTORS)
}

function write(world: World, by: By, action: FuzzAction): void {
  switch (action.do) {
    case 'apply':
      createObject(world, by, action.object, { validate: true })
      return
    case 'patch':
      patchObject(world, by, action.kind, keyOf(action.kind, action.name), action.patch)
      return
    case 'delete':
      deleteObject(world, by, action.kind, keyOf(action.kind, action.name), {
        propagationPolicy: POLICIES[action.cascade],
      })
      return
    case 'deletePods':
      for (const pod of listObjects<Pod>(world.store, 'Pod')) {
        if (pod.metadata.labels?.[action.label] !== action.name) continue
        const options = action.force ? { gracePeriodSeconds: 0 } : {}
        deleteObject(
          world,
          by,
          'Pod',
          objectKey(pod.metadata.namespace, pod.metadata.name),
          options,
        )
      }
      return
    case 'node':
      if (action.verb === 'add') addMachine(world, { name: action.name })
      else if (action.verb === 'stop') stopMachine(world, action.name)
      else startMachine(world, action.name)
      return
    case 'program':
      if (action.verb === 'stop') stopComponent(world, ACTORS, `kube-${action.name}`)
      else startComponent(world, ACTORS, `kube-${action.name}`)
      return
    case 'cordon':
    case 'uncordon':
      patchObject(world, by, 'Node', action.name, {
        spec: { unschedulable: action.do === 'cordon' ? true : null },
      })
      return
    case 'label':
      patchObject(world, by, 'Node', action.name, {
        metadata: { labels: { [action.key]: action.value } },
      })
      return
    default:
      assertNever(action)
  }
}

const POLICIES: Readonly<Record<Cascade, NonNullable<DeleteOptions['propagationPolicy']>>> = {
  background: 'Background',
  foreground: 'Foreground',
  orphan: 'Orphan',
}

function keyOf(kind: string, name: string): string {
  return kind === 'Node' ? name : `default/${name}`
}

function patchObject(world: World, by: By, kind: string, key: string, patch: unknown): void {
  const old = getObject<KubeObject>(world.store, kind, key)
  if (old === undefined) return
  const object = mergePatch(old, patch) as KubeObject | Node
  updateObject(world, by, object, { validate: true })
}

/** The command line of a session; manifests are files there, named after their objects. */
export function commandOf(action: FuzzAction): string {
  switch (action.do) {
    case 'apply':
      return `kubectl apply -f ${fileOf(action.object)}`
    case 'patch': {
      const what = `${action.kind.toLowerCase()} ${action.name}`
      return `kubectl patch ${what} --type=merge -p '${JSON.stringify(action.patch)}'`
    }
    case 'delete': {
      const what = `${action.kind.toLowerCase()} ${action.name}`
      return `kubectl delete ${what} --cascade=${action.cascade} --wait=false`
    }
    case 'deletePods': {
      const how = action.force ? '--force --grace-period=0' : '--wait=false'
      return `kubectl delete pods -l ${action.label}=${action.name} ${how}`
    }
    case 'node':
      return `lab node ${action.verb} ${action.name}`
    case 'program':
      return `lab ${action.name} ${action.verb}`
    case 'cordon':
    case 'uncordon':
      return `kubectl ${action.do} ${action.name}`
    case 'label':
      return `kubectl label node ${action.name} ${action.key}=${action.value} --overwrite`
    default:
      return assertNever(action)
  }
}

/** JSON is YAML too: no writer is needed. */
export function fileOf(object: Submitted): string {
  return `${object.kind.toLowerCase()}-${object.metadata.name}.json`
}
