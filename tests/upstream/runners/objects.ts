// The rows about single objects: validation, table cells, descriptions, names of images.
import { describeObject } from '../../../src/kubectl/print/describe/index.ts'
import { normaliseReference, parseReference } from '../../../src/sim/images/reference.ts'
import { kindOf } from '../../../src/sim/kinds/index.ts'
import { parseIndexes } from '../../../src/sim/kinds/validation/indexes.ts'
import { type Json } from '../json.ts'
import { now, resolve } from './values.ts'

export function validateIndexes(c: Json): string | undefined {
  const got: Json = parseIndexes(c.given.indexes, c.given.completions)
  const mine = { total: got.count ?? 0, ...(got.error === undefined ? {} : { error: got.error }) }
  return JSON.stringify(mine) === JSON.stringify(c.expect)
    ? undefined
    : `expected ${JSON.stringify(c.expect)}; ours ${JSON.stringify(mine)}`
}
const text = (e: Json) => `${e.field}: ${e.message}`
const dedupe = (errors: Json[]) =>
  errors.filter(
    (e, i) => errors.findIndex((o) => o.field === e.field && o.message === e.message) === i,
  )
export function validation(c: Json): string | undefined {
  const kind = kindOf(c.given.kind)
  const raw: readonly Json[] =
    c.given.old === undefined
      ? kind.validate(c.given.object)
      : kind.validateUpdate(c.given.object, c.given.old)
  const errors = dedupe([...raw])
  const shown = errors.length === 0 ? 'no error' : errors.map(text).join(' | ')
  const e = c.expect
  if (e.valid) return errors.length === 0 ? undefined : `expected valid; ours: ${shown}`
  if (e.invalid && errors.length === 0) return 'expected an error; ours: none'
  if (e.fieldPrefixes) {
    const odd = errors.find(
      (x) =>
        !e.fieldPrefixes.some(
          (p: string) => p === x.field || (/\.$|Strategy$/.test(p) && x.field.startsWith(p)),
        ),
    )
    if (odd) return `field of ${text(odd)} not among the expected ones`
  }
  if (e.count !== undefined && errors.length !== e.count)
    return `expected ${e.count} errors; ours: ${shown}`
  if (e.first) {
    const first = errors[0]
    if (first === undefined) return `expected ${JSON.stringify(e.first)}; ours: none`
    if (e.first.field !== undefined && first.field !== e.first.field)
      return `first field expected ${e.first.field}; ours: ${shown}`
    if (e.first.type !== undefined && first.reason !== e.first.type)
      return `first type expected ${e.first.type}; ours: ${shown}`
    if (e.first.contains !== undefined && !text(first).includes(e.first.contains))
      return `expected "${e.first.contains}"; ours: ${shown}`
  }
  if (e.errors) {
    const want = e.errors.map((x: Json) => `${x.type} ${x.field}`),
      got = errors.map((x) => `${x.reason} ${x.field}`)
    if (e.unordered) {
      want.sort()
      got.sort()
    }
    if (JSON.stringify(want) !== JSON.stringify(got))
      return `expected [${want}]; ours: ${shown} [${got}]`
    for (const x of e.errors)
      if (x.contains && !errors.some((y) => y.field === x.field && text(y).includes(x.contains)))
        return `expected "${x.contains}"; ours: ${shown}`
  }
  if (e.allContain && (errors.length === 0 || errors.some((x) => !text(x).includes(e.allContain))))
    return `expected each "${e.allContain}"; ours: ${shown}`
  if (e.anyContains && !errors.some((x) => text(x).includes(e.anyContains)))
    return `expected "${e.anyContains}"; ours: ${shown}`
  return undefined
}
export function cells(c: Json): string | undefined {
  const object = resolve(c.given.object)
  const wide = c.given.wide === true
  const got = kindOf(object.kind)
    .columns.filter((x: Json) => wide || !x.wide)
    .map((x: Json) => x.cell(object, now))
  const a = JSON.stringify(got),
    b = JSON.stringify(c.expect.cells)
  return a === b ? undefined : `expected ${b}; ours ${a}`
}
export function describe(c: Json): string | undefined {
  const object = resolve(c.given.object)
  const context: Json = {
    now,
    showEvents: c.given.showEvents ?? true,
    events: () => resolve(c.given.events ?? []),
    pods: () => resolve(c.given.pods ?? []),
    lease: () => resolve(c.given.lease),
  }
  const out = describeObject(object, context)
  if (c.expect.text !== undefined)
    return out === c.expect.text ? undefined : `expected\n${c.expect.text}\nours\n${out}`
  const missing = (c.expect.contains ?? []).filter((s: string) => !out.includes(s))
  const extra = (c.expect.lacks ?? []).filter((s: string) => out.includes(s))
  const at = (c.expect.order ?? []).map((s: string) => out.indexOf(s))
  if (at.some((x: number, i: number) => x < 0 || (i > 0 && at[i - 1] > x)))
    return `order ${JSON.stringify(c.expect.order)} at ${at}\n${out}`
  if (missing.length === 0 && extra.length === 0) return undefined
  return `missing ${JSON.stringify(missing)} unwanted ${JSON.stringify(extra)}\n${out.replace(/^/gm, '      ')}`
}
export function reference(c: Json): string | undefined {
  const got: Json = parseReference(c.given.reference)
  const mine: Json =
    'error' in got
      ? { ok: false, error: got.error }
      : { ok: true, ...got, full: normaliseReference(c.given.reference) }
  const wrong = Object.entries(c.expect).filter(([k, v]) => mine[k] !== v)
  if (
    c.expect.ok &&
    c.expect.path !== undefined &&
    c.expect.digest === undefined &&
    mine.digest !== undefined
  )
    wrong.push(['digest', undefined])
  return wrong.length === 0
    ? undefined
    : `want ${JSON.stringify(c.expect)} got ${JSON.stringify(mine)}`
}
