// Applies a JSONPath template to JSON data (client-go util/jsonpath/jsonpath.go). Every node turns
// the values found so far into new ones. Members of maps come in the order of their keys, which Go
// leaves open.
import { holds } from './compare.ts'
import { JsonPathError, type JsonPath, type PathNode } from './nodes.ts'

type Values = readonly unknown[]
type Data = Readonly<Record<string, unknown>>

/** How far `range` and `end` have been met: ranges about to start, entered, and ended. */
interface State {
  readonly allowMissing: boolean
  begin: number
  inside: number
  ended: number
  lastEnd: PathNode | undefined
}

/**
 * The values of every text and action of the template, in order. With `allowMissing` a field that
 * no value has gives no values; otherwise it is an error. Throws JsonPathError.
 */
export function evaluate(path: JsonPath, data: unknown, allowMissing = true): Values[] {
  const state: State = { allowMissing, begin: 0, inside: 0, ended: 0, lastEnd: undefined }
  return runNodes(path.nodes, data, state)
}

function runNodes(nodes: readonly PathNode[], data: unknown, state: State): Values[] {
  const all: Values[] = []
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at] as PathNode
    const values = walk([data], node, state)
    if (state.ended > 0 && state.ended <= state.inside) {
      state.ended--
      state.lastEnd = node
      break
    }
    if (state.begin === 0) {
      all.push(values)
      continue
    }
    state.begin--
    state.inside++
    const body = nodes.slice(at + 1)
    for (const value of values) all.push(...runNodes(body, value, state))
    // Without values the body is still walked, so that its end is found.
    if (values.length === 0) runNodes(body, undefined, state)
    state.inside--
    const end = nodes.findIndex((each, index) => index > at && each === state.lastEnd)
    if (end > at) at = end
  }
  return all
}

function walk(input: Values, node: PathNode, state: State): Values {
  switch (node.type) {
    case 'list':
      return node.nodes.reduce((values, each) => walk(values, each, state), input)
    case 'text':
      return [node.text]
    case 'value':
      return input.map(() => node.value)
    case 'identifier':
      return keyword(input, node.name, state)
    case 'field':
      return field(input, node.name, state)
    case 'array':
      return input.flatMap((value) => slice(value, node))
    case 'union':
      return node.nodes.flatMap((each) => walk(input, each, state))
    case 'wildcard':
      return input.flatMap(children)
    case 'recursive':
      return input.flatMap(descend)
    case 'filter':
      return input.flatMap((value) => filter(value, node, state))
  }
}

function keyword(input: Values, name: string, state: State): Values {
  if (name === 'range') {
    state.begin++
    return input
  }
  if (name !== 'end') throw new JsonPathError(`unrecognized identifier ${name}`)
  if (state.inside === 0) throw new JsonPathError('not in range, nothing to end')
  state.ended++
  return []
}

function isMap(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function field(input: Values, name: string, state: State): Values {
  const found = input.flatMap((value) => {
    return isMap(value) && value[name] !== undefined ? [value[name]] : []
  })
  if (found.length === 0 && input.length > 0 && !state.allowMissing) {
    throw new JsonPathError(`${name} is not found`)
  }
  return found
}

function children(value: unknown): Values {
  if (Array.isArray(value)) return value
  if (!isMap(value)) return []
  return Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => value[key])
}

// Everything that contains something, the value itself first.
function descend(value: unknown): Values {
  const inner = children(value)
  if (inner.length === 0) return typeof value === 'string' && value !== '' ? [value] : []
  return [value, ...inner.flatMap(descend)]
}

function slice(value: unknown, node: PathNode & { type: 'array' }): Values {
  if (value === null || value === undefined) return []
  if (!Array.isArray(value)) throw new JsonPathError(`${typeName(value)} is not array or slice`)
  const { length } = value
  let from = node.from.known ? node.from.value : 0
  if (from < 0) from += length
  let to = node.to.known ? node.to.value : length
  if (to < 0 || (to === 0 && node.to.derived === true)) to += length
  if (from === to) return []
  checkBounds(from, to, length)
  const step = node.step.known ? node.step.value : 1
  if (step <= 0) throw new JsonPathError('step must be > 0')
  return value.slice(from, to).filter((_item, index) => index % step === 0)
}

function checkBounds(from: number, to: number, length: number): void {
  const outside = (index: number): JsonPathError =>
    new JsonPathError(`array index out of bounds: index ${index}, length ${length}`)
  if (from >= length || from < 0) throw outside(from)
  if (to > length || to < 0) throw outside(to - 1)
  if (from > to) {
    throw new JsonPathError(`starting index ${from} is greater than ending index ${to}`)
  }
}

/** The Go type of a decoded JSON value. */
function typeName(value: unknown): string {
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64'
  return 'map[string]interface {}'
}

function filter(value: unknown, node: PathNode & { type: 'filter' }, state: State): Values {
  if (!Array.isArray(value)) {
    const shown = value === undefined || value === null ? '<nil>' : typeName(value)
    throw new JsonPathError(`${shown} is not array or slice and cannot be filtered`)
  }
  return value.filter((item: unknown) => {
    if (node.operator === 'exists') return exists(item, node.left, state)
    const left = walk([item], node.left, state)
    if (left.length === 0) return false
    if (left.length > 1) throw new JsonPathError('can only compare one element at a time')
    const right = walk([item], node.right, state)
    if (right.length === 0) return false
    if (right.length > 1) throw new JsonPathError('can only compare one element at a time')
    return holds(left[0], node.operator, right[0])
  })
}

// A missing field is no error here: that it is missing is the answer.
function exists(item: unknown, path: PathNode, state: State): boolean {
  return walk([item], path, { ...state, allowMissing: true }).length > 0
}
