// What the server accepted and printed it accepts again and stores the same: for every recorded
// manifest, and for random variations of them.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toYaml } from '../../../src/kubectl/print/yaml.ts'
import { readManifest } from '../../../src/kubectl/yaml/manifest.ts'
import type { KubeObject } from '../../../src/sim/api-types/meta.ts'
import { kindOf } from '../../../src/sim/kinds/index.ts'
import { decodeStruct } from '../../../src/sim/schema/decode.ts'
import { ApiError } from '../../../src/sim/errors.ts'
import { emptyCluster, submitValue, Unreadable } from './submit.ts'

const FOLDER = join(import.meta.dirname, '../../reference')

const RUNS = 2000

/** Every recorded document that is an object of a kind the lab has. */
const MANIFESTS = readdirSync(FOLDER)
  .filter((file) => /^[a-z]\d?-.*\.json$/.test(file))
  .flatMap((file) => {
    const { files } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as {
      files: Record<string, string>
    }
    return Object.values(files).flatMap((text) => readManifest(text))
  })
  .flatMap(({ value }) => (isObject(value) ? [value] : []))

function isObject(value: unknown): value is Record<string, unknown> {
  const kinds = ['Pod', 'Job', 'CronJob', 'DaemonSet']
  return typeof value === 'object' && kinds.includes((value as { kind?: string })?.kind ?? '')
}

/** The object as stored, or undefined when it is refused. */
function accepted(value: unknown): KubeObject | undefined {
  try {
    return submitValue(value, emptyCluster())
  } catch (error) {
    if (error instanceof ApiError || error instanceof Unreadable) return undefined
    throw error
  }
}

/** Prints, reads and decodes; applies the defaults again. */
function again(object: KubeObject): unknown {
  const [document] = readManifest(toYaml(object))
  const { value, typeError, unknownFields } = decodeStruct(document?.value, object.kind)
  expect([typeError, unknownFields]).toEqual([undefined, []])
  return kindOf(object.kind).defaults(value as unknown as KubeObject)
}

/** The object as the wire has it: without members that are undefined or empty. */
const onTheWire = (object: KubeObject): unknown =>
  decodeStruct(JSON.parse(JSON.stringify(object)), object.kind).value

const LEAVES: readonly unknown[] = [
  null,
  '',
  'x',
  0,
  1,
  -1,
  1.5,
  3e9,
  true,
  [],
  {},
  ['a'],
  { a: 1 },
]
const TEXTS = [
  '',
  'x',
  'Never',
  'Always',
  '10%',
  '100m',
  '1.5Gi',
  '0.0001',
  'a b',
  'é\n',
  'yes',
  '07',
]
const NUMBERS = [0, 1, 2, 5, -1, 100, 1e5]

type Choose = (count: number) => number

/** Another value; mostly of the same type, so that the object has a chance. */
function otherLeaf(value: unknown, choose: Choose): unknown {
  if (choose(8) === 0) return LEAVES[choose(LEAVES.length)]
  if (typeof value === 'string') return TEXTS[choose(TEXTS.length)]
  if (typeof value === 'number') return NUMBERS[choose(NUMBERS.length)]
  return typeof value === 'boolean' ? !value : LEAVES[choose(LEAVES.length)]
}

/** Replaces, removes or adds one thing somewhere in the data. */
function mutated(value: unknown, choose: Choose): unknown {
  if (typeof value !== 'object' || value === null) return otherLeaf(value, choose)
  if (Array.isArray(value)) {
    const place = choose(value.length + 1)
    if (place === value.length) return [...value, value[0] ?? 'x']
    return value.map((item, index) => (index === place ? mutated(item, choose) : item))
  }
  const entries = Object.entries(value)
  const [key, old] = entries[choose(entries.length)] ?? ['x', 'x']
  if (choose(12) === 0) return Object.fromEntries(entries.filter(([name]) => name !== key))
  return { ...value, [key]: mutated(old, choose) }
}

describe('[API-12] an accepted object', () => {
  it('is stored unchanged when its print is submitted again', () => {
    const stored = MANIFESTS.flatMap((value) => accepted(value) ?? [])
    expect(stored.length).toBeGreaterThan(100)
    for (const object of stored) expect(again(object)).toEqual(onTheWire(object))
  })

  it('stays so however the manifest is varied, and nothing crashes', () => {
    const good = MANIFESTS.filter((value) => accepted(value) !== undefined)
    let kept = 0
    const varied = fc.property(
      fc.nat(good.length - 1),
      fc.integer({ min: 1, max: 3 }),
      fc.infiniteStream(fc.nat()),
      (index, times, stream) => {
        const choose: Choose = (count) => (stream.next().value as number) % count
        let value: unknown = accepted(good[index])
        for (let time = 0; time < times; time++) value = mutated(value, choose)
        if (!isObject(value)) return
        const object = accepted(value)
        if (object === undefined) return
        kept++
        expect(again(object)).toEqual(onTheWire(object))
      },
    )
    fc.assert(varied, { numRuns: RUNS })
    expect(kept).toBeGreaterThan(RUNS / 10)
  })
})
