import { describe, expect, it } from 'vitest'
import { addMs, parseTime } from '../../src/base/time.ts'
import { createObject, deleteObject, updateObject } from '../../src/sim/api.ts'
import type { Namespace } from '../../src/sim/api-types/core.ts'
import type { KubeObject } from '../../src/sim/api-types/meta.ts'
import type { Actor } from '../../src/sim/actor.ts'
import { clusterConfig } from '../../src/sim/cluster.ts'
import { ApiError } from '../../src/sim/errors.ts'
import { createHistory, frameBefore, remember, worldOf } from '../../src/sim/history.ts'
import { entriesAfter, why } from '../../src/sim/log.ts'
import { getObject, listObjects } from '../../src/sim/store.ts'
import { createWorld, deliver, runUntil, wakeAfter, type World } from '../../src/sim/world.ts'

const START = parseTime('2026-03-02T09:00:00Z')
const USER = { actor: 'user', causes: [] }

/** A toy controller: for each ConfigMap `x` a ConfigMap `x-copy`, a second later. */
const COPIER: Actor = {
  name: 'copier',
  component: 'kube-controller-manager',
  watches: {
    ConfigMap: ({ after }) =>
      after === undefined || after.metadata.name.endsWith('-copy')
        ? []
        : [{ key: after.metadata.name, afterMs: 1_000 }],
  },
  tasks: {
    sync(ctx, key) {
      if (getObject(ctx.world.store, 'ConfigMap', `default/${key}-copy`) !== undefined) return
      createObject(ctx.world, ctx.by, configMap(`${key}-copy`))
    },
  },
}

function configMap(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } } as KubeObject
}

function smallWorld(): World {
  const world = createWorld(START, 1, clusterConfig({}))
  createObject<Namespace>(world, USER, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'default' },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  })
  return world
}

function names(world: World): string[] {
  return listObjects(world.store, 'ConfigMap').map(({ metadata }) => metadata.name)
}

describe('the world', () => {
  it('[TIME-1] moves only by its tasks', () => {
    const world = smallWorld()
    createObject(world, USER, configMap('a'))
    deliver(world, [COPIER])
    runUntil(world, [COPIER], addMs(START, 999))
    expect(names(world)).toEqual(['a'])
    runUntil(world, [COPIER], addMs(START, 1_000))
    expect(names(world)).toEqual(['a', 'a-copy'])
    expect(world.now).toBe(START + 1_000)
  })

  it('[TIME-3] tells a watcher of a change two milliseconds later', () => {
    const world = smallWorld()
    const seen: number[] = []
    const watcher: Actor = {
      ...COPIER,
      watches: { ConfigMap: () => [{ key: 'x' }] },
      tasks: { sync: (ctx) => void seen.push(ctx.now - START) },
    }
    createObject(world, USER, configMap('a'))
    deliver(world, [watcher])
    runUntil(world, [watcher], addMs(START, 10))
    expect(seen).toEqual([2])
  })

  it('is plain data: a clone equals it and continues to the same log', () => {
    const world = smallWorld()
    createObject(world, USER, configMap('a'))
    deliver(world, [COPIER])
    const clone = structuredClone(world)
    expect(clone).toEqual(world)
    for (const each of [world, clone]) runUntil(each, [COPIER], addMs(START, 5_000))
    expect(clone.log).toEqual(world.log)
  })

  it('knows why a copy exists', () => {
    const world = smallWorld()
    createObject(world, USER, configMap('a'))
    deliver(world, [COPIER])
    runUntil(world, [COPIER], addMs(START, 2_000))
    const last = world.log.entries.at(-1)!
    expect(last).toMatchObject({ actor: 'copier', name: 'a-copy' })
    expect(why(world.log, last.id).map(({ actor, name }) => `${actor} ${name}`)).toEqual(['user a'])
  })

  it('[STORE-3] wakes an actor again when its write was refused', () => {
    const world = smallWorld()
    let tries = 0
    const stubborn: Actor = {
      ...COPIER,
      tasks: {
        sync(ctx, key) {
          tries++
          if (tries === 1) wakeAfter(ctx, 'other', 60_000)
          if (tries < 4) throw new ApiError('Conflict', 'not now')
          createObject(ctx.world, ctx.by, configMap(`${key}-copy`))
        },
      },
    }
    createObject(world, USER, configMap('a'))
    deliver(world, [stubborn])
    runUntil(world, [stubborn], addMs(START, 1_000 + 5 + 10 + 20))
    expect(names(world)).toEqual(['a', 'a-copy'])
    expect(tries).toBe(4)
  })
})

describe('the store', () => {
  it('[STORE-1] gives each write the next version and a write without change none', () => {
    const world = smallWorld()
    const a = createObject(world, USER, configMap('a'))
    const same = updateObject(world, USER, a)
    expect(same.metadata.resourceVersion).toBe(a.metadata.resourceVersion)
    const changed = updateObject(world, USER, { ...a, data: { k: 'v' } } as KubeObject)
    expect(Number(changed.metadata.resourceVersion)).toBe(Number(a.metadata.resourceVersion) + 1)
  })

  it('[STORE-2] refuses a write that builds on an outdated version', () => {
    const world = smallWorld()
    const a = createObject(world, USER, configMap('a'))
    updateObject(world, USER, { ...a, data: { k: '1' } } as KubeObject)
    const late = () => updateObject(world, USER, { ...a, data: { k: '2' } } as KubeObject)
    expect(late).toThrow(/the object has been modified/)
  })

  it('[STORE-4] keeps an object with finalizers until the last one is taken', () => {
    const world = smallWorld()
    const held = configMap('a')
    const metadata = { ...held.metadata, finalizers: ['novacraft.example/held'] }
    createObject(world, USER, { ...held, metadata })
    deleteObject(world, USER, 'ConfigMap', 'default/a')
    const marked = getObject<KubeObject>(world.store, 'ConfigMap', 'default/a')!
    expect(marked.metadata.deletionTimestamp).toBe('2026-03-02T09:00:00Z')
    const { finalizers: _taken, ...rest } = marked.metadata
    updateObject(world, USER, { ...marked, metadata: rest })
    expect(names(world)).toEqual([])
  })

  it('names what only has a generateName', () => {
    const world = smallWorld()
    const made = createObject(world, USER, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { generateName: 'x-' },
    })
    expect(made.metadata.name).toMatch(/^x-[a-z0-9]{5}$/)
  })

  it('refuses an unknown namespace and a name that is taken', () => {
    const world = smallWorld()
    createObject(world, USER, configMap('a'))
    expect(() => createObject(world, USER, configMap('a'))).toThrow('configmaps "a" already exists')
    const elsewhere = { ...configMap('a'), metadata: { name: 'a', namespace: 'nope' } }
    expect(() => createObject(world, USER, elsewhere)).toThrow('namespaces "nope" not found')
  })
})

describe('a remembered world', () => {
  it('[FRAME] continues as the straight run did, however often it is taken up', () => {
    const world = smallWorld()
    const history = createHistory(world, 0)
    for (const [index, name] of ['a', 'b', 'c', 'd'].entries()) {
      createObject(world, USER, configMap(name))
      deliver(world, [COPIER])
      runUntil(world, [COPIER], addMs(START, (index + 1) * 40_000))
      remember(history, world, index + 1)
    }
    const frame = frameBefore(history, addMs(START, 130_000))
    expect(frame.inputs).toBeGreaterThan(0)
    for (let times = 0; times < 2; times++) {
      const again = worldOf(frame)
      for (const name of ['a', 'b', 'c', 'd'].slice(frame.inputs)) {
        createObject(again, USER, configMap(name))
        deliver(again, [COPIER])
        runUntil(again, [COPIER], addMs(again.now, 40_000))
      }
      expect(again.store).toEqual(world.store)
      expect(entriesAfter(again.log, 0)).toEqual(entriesAfter(world.log, 0))
    }
  })
})
