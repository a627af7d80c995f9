// The tree of a YAML document before its scalars get types. Every node knows its place, which is
// how errors find their line in the editor.
import type { Mark } from './yaml-error.ts'

interface Placed {
  readonly start: Mark
  readonly end: Mark
}

export interface ScalarNode extends Placed {
  readonly kind: 'scalar'
  readonly value: string
  /** '' when the document gives none. */
  readonly tag: string
  /** Whether the text decides the type: unquoted and without tag. */
  readonly plain: boolean
}

export interface MapNode extends Placed {
  readonly kind: 'map'
  readonly entries: readonly (readonly [YamlNode, YamlNode])[]
}

export interface ListNode extends Placed {
  readonly kind: 'list'
  readonly items: readonly YamlNode[]
}

/** `*name`; the target may contain this very node. */
export interface AliasNode extends Placed {
  readonly kind: 'alias'
  readonly name: string
  readonly target: YamlNode
}

export type YamlNode = ScalarNode | MapNode | ListNode | AliasNode
