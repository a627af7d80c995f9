// Field selectors as text (`--field-selector`): only `=`, `==`, `!=`, and only the few fields that
// the server indexes for each kind; the kind's record names them.
import type { KubeObject } from '../sim/api-types/meta.ts'
import type { Kind } from '../sim/kinds/kind.ts'
import { SelectorError } from './selectors.ts'

interface FieldTerm {
  /** The field's text as the server's index has it. */
  read: (object: KubeObject) => string
  equal: boolean
  value: string
}

/** The names: of every kind. */
const META: Readonly<Record<string, FieldTerm['read']>> = {
  'metadata.name': ({ metadata }) => metadata.name,
  'metadata.namespace': ({ metadata }) => metadata.namespace ?? '',
}

/**
 * Reads a selector for a kind, undefined for one the lab has no objects of; throws SelectorError
 * in the server's words.
 */
export function parseFieldSelector(text: string, kind: Kind | undefined): readonly FieldTerm[] {
  const terms = text
    .split(',')
    .sort()
    .filter((part) => part !== '')
  return terms.map((part) => {
    const match = /^(.*?)(!=|==|=)(.*)$/.exec(part)
    if (match === null)
      throw new SelectorError(`invalid selector: '${text}'; can't understand '${part}'`)
    const [, field = '', operator, value = ''] = match
    return { read: readerOf(field, kind), equal: operator !== '!=', value }
  })
}

function readerOf(field: string, kind: Kind | undefined): FieldTerm['read'] {
  if (Object.hasOwn(META, field)) return META[field]!
  const own = kind?.selectableFields
  if (own !== undefined && Object.hasOwn(own, field)) return own[field]!
  throw new SelectorError(refusal(field, kind))
}

function refusal(field: string, kind: Kind | undefined): string {
  if (kind?.unselectable !== undefined) return kind.unselectable(field)
  if (kind?.selectableFields !== undefined) return `field label not supported: ${field}`
  const known = '"metadata.name", "metadata.namespace"'
  return `"${field}" is not a known field selector: only ${known}`
}

export function matchesFields(terms: readonly FieldTerm[], object: KubeObject): boolean {
  return terms.every(({ read, equal, value }) => (read(object) === value) === equal)
}
