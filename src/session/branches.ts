// The futures of a run as a tree of plain data. Typing in the past leaves the future that was
// there: it stays a branch, and what is typed goes into a new one that shares its beginning.
import { assert } from '../base/assert.ts'
import type { SimTime } from '../base/time.ts'
import type { Input } from './inputs.ts'

export interface Branch {
  readonly id: number
  /** Given by the user; '' until then. */
  readonly name: string
  /** The branch it left; undefined for the first one. */
  readonly parent: number | undefined
  /** When it left its parent; for the first one, the start. */
  readonly at: SimTime
  /** How many inputs, from the beginning, it has in common with its parent. */
  readonly from: number
  /** Its own inputs, after those. */
  readonly inputs: readonly Input[]
  /** The latest moment that was seen of it. */
  readonly reachedAt: SimTime
}

/** More are not kept: the one that was left longest ago goes first. */
export const BRANCHES_MAX = 8

/** The branch with this id. Throws when there is none. */
export function branchOf(branches: readonly Branch[], id: number): Branch {
  const branch = branches.find((candidate) => candidate.id === id)
  if (branch === undefined) throw new Error(`there is no branch ${id}`)
  return branch
}

/** All inputs of a branch from the beginning on, those of its parents included. */
export function inputsOf(branches: readonly Branch[], id: number): readonly Input[] {
  const { parent, from, inputs } = branchOf(branches, id)
  if (parent === undefined) return inputs
  return [...inputsOf(branches, parent).slice(0, from), ...inputs]
}

/** A branch that leaves `parent` after `from` inputs; it is given `id`. */
export function forkOf(
  branches: readonly Branch[],
  parent: number,
  fork: { id: number; from: number; at: SimTime },
): Branch {
  // What lies before the parent's own inputs was left there, not here.
  let trunk = branchOf(branches, parent)
  while (trunk.parent !== undefined && fork.from < trunk.from)
    trunk = branchOf(branches, trunk.parent)
  return { ...fork, name: '', parent: trunk.id, inputs: [], reachedAt: fork.at }
}

/** The branches with one of them replaced. */
export function withBranch(branches: readonly Branch[], branch: Branch): Branch[] {
  return branches.map((other) => (other.id === branch.id ? branch : other))
}

/**
 * The branches without this one. A branch that left it keeps all its inputs: what they had in
 * common becomes the branch's own. When the first one goes, the oldest that left it is the first.
 */
export function withoutBranch(branches: readonly Branch[], id: number): Branch[] {
  const gone = branchOf(branches, id)
  const rest = branches.filter((branch) => branch.id !== id)
  const children = rest.filter(({ parent }) => parent === id)
  if (gone.parent === undefined) return withoutFirst(rest, children, gone)
  return rest.map((branch) => {
    if (branch.parent !== id) return branch
    const shared = gone.inputs.slice(0, branch.from - gone.from)
    const { parent, from, at } = gone
    return { ...branch, parent, from, at, inputs: [...shared, ...branch.inputs] }
  })
}

function withoutFirst(
  rest: readonly Branch[],
  children: readonly Branch[],
  gone: Branch,
): Branch[] {
  // The child that shares most, so that no other child has left earlier than it did.
  const heir = [...children].sort((a, b) => b.from - a.from)[0]
  assert(heir !== undefined, 'the first branch is the only one')
  const inputs = [...gone.inputs.slice(0, heir.from), ...heir.inputs]
  return rest.map((branch) => {
    if (branch.id === heir.id) return { ...branch, parent: undefined, from: 0, at: gone.at, inputs }
    return branch.parent === gone.id ? { ...branch, parent: heir.id } : branch
  })
}
