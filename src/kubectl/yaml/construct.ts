// Builds plain data from the nodes of a document: types for scalars, aliases and merge keys
// followed, keys made text (go.yaml.in/yaml/v2 decode.go and sigs.k8s.io/yaml). Duplicate keys: the
// last one wins, as kubectl does. Remembers where every value stands.
import type { AliasNode, MapNode, ScalarNode, YamlNode } from './node.ts'
import { setOwn } from './own-property.ts'
import { addKey, addValue, type Places } from './places.ts'
import { resolvePlain, resolveTagged, TagError, type Scalar } from './resolve.ts'
import { YamlError, yamlError } from './yaml-error.ts'

/** Plain JSON data. */
export type Json = Scalar | readonly Json[] | { readonly [key: string]: Json }

interface Builder {
  /** Aliases being followed, to notice one inside itself. */
  readonly open: Set<AliasNode>
  aliasDepth: number
  decoded: number
  viaAlias: number
  readonly places: Places | undefined
}

/** Up to this many values an alias may make nearly all of the document. */
const ALIAS_FREE_VALUES = 400_000
/** From this many values only a tenth may come from aliases. */
const ALIAS_STRICT_VALUES = 4_000_000
const ALIAS_RATIO_MAX = 0.99
const ALIAS_RATIO_MIN = 0.1
/** Small documents are not judged. */
const ALIASED_MIN = 100
const DECODED_MIN = 1000

/** The data of a document; places are filed under their paths when asked for. Throws YamlError. */
export function construct(node: YamlNode, places?: Places): Json {
  const builder = { open: new Set<AliasNode>(), aliasDepth: 0, decoded: 0, viaAlias: 0, places }
  return build(builder, node, '')
}

function build(builder: Builder, node: YamlNode, path: string): Json {
  count(builder, node)
  if (builder.places !== undefined) addValue(builder.places, path, node)
  switch (node.kind) {
    case 'scalar':
      return scalarOf(node)
    case 'alias':
      return follow(builder, node, (target) => build(builder, target, path))
    case 'list':
      return node.items.map((item, index) => build(builder, item, `${path}[${index}]`))
    default: {
      const result: Record<string, Json> = {}
      fillMap(builder, node, path, result)
      return result
    }
  }
}

/** A few lines of aliases can mean billions of values (a "YAML bomb"): the library's own limits. */
function count(builder: Builder, node: YamlNode): void {
  builder.decoded++
  if (builder.aliasDepth === 0) return
  builder.viaAlias++
  if (builder.viaAlias <= ALIASED_MIN || builder.decoded <= DECODED_MIN) return
  if (builder.viaAlias / builder.decoded > allowedRatio(builder.decoded))
    throw yamlError('document contains excessive aliasing', node.start, 'value')
}

function allowedRatio(decoded: number): number {
  if (decoded <= ALIAS_FREE_VALUES) return ALIAS_RATIO_MAX
  if (decoded >= ALIAS_STRICT_VALUES) return ALIAS_RATIO_MIN
  const share = (decoded - ALIAS_FREE_VALUES) / (ALIAS_STRICT_VALUES - ALIAS_FREE_VALUES)
  return ALIAS_RATIO_MAX - (ALIAS_RATIO_MAX - ALIAS_RATIO_MIN) * share
}

function follow<T>(builder: Builder, alias: AliasNode, visit: (target: YamlNode) => T): T {
  if (builder.open.has(alias))
    throw yamlError(`anchor '${alias.name}' value contains itself`, alias.start, 'value')
  builder.open.add(alias)
  builder.aliasDepth++
  const result = visit(alias.target)
  builder.aliasDepth--
  builder.open.delete(alias)
  return result
}

function scalarOf(node: ScalarNode): Scalar {
  try {
    const value =
      node.tag === '' ? (node.plain ? resolvePlain(node.value) : node.value) : tagged(node)
    if (typeof value === 'number' && !Number.isFinite(value)) throw notJson(value, node)
    return value
  } catch (error) {
    if (error instanceof TagError) throw yamlError(error.message, node.start, 'value')
    throw error
  }
}

const tagged = (node: ScalarNode): Scalar =>
  node.tag === '!' ? node.value : resolveTagged(node.value, node.tag)

/** JSON has no infinity: the conversion fails where YAML would not. */
function notJson(value: number, node: YamlNode): YamlError {
  const name = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
  return new YamlError(`json: unsupported value: ${name}`, node.start)
}

function fillMap(builder: Builder, map: MapNode, path: string, result: Record<string, Json>): void {
  for (const [key, value] of map.entries) {
    if (isMerge(key)) merge(builder, value, path, result)
    else {
      const name = keyOf(builder, key, value)
      const at = path === '' ? name : `${path}.${name}`
      if (builder.places !== undefined) addKey(builder.places, at, key)
      setOwn(result, name, build(builder, value, at))
    }
  }
}

function isMerge(key: YamlNode): boolean {
  const merges = key.kind === 'scalar' && key.value === '<<'
  return merges && (key.plain || key.tag === 'tag:yaml.org,2002:merge')
}

/** `<<: *base` or `<<: [*a, *b]`, where earlier ones count more. */
function merge(builder: Builder, node: YamlNode, path: string, result: Record<string, Json>): void {
  const sources = node.kind === 'list' ? node.items.toReversed() : [node]
  for (const source of sources) {
    const map = source.kind === 'alias' ? source.target : source
    if (map.kind !== 'map')
      throw yamlError(
        'map merge requires map or sequence of maps as the value',
        source.start,
        'value',
      )
    count(builder, source)
    if (source.kind === 'map') fillMap(builder, map, path, result)
    else if (source.kind === 'alias')
      follow(builder, source, () => fillMap(builder, map, path, result))
  }
}

/** JSON's keys are text: numbers and booleans are written out, other keys refused. */
function keyOf(builder: Builder, key: YamlNode, value: YamlNode): string {
  const resolved = build({ ...builder, places: undefined }, key, '')
  if (typeof resolved === 'string') return resolved
  if (typeof resolved === 'number' || typeof resolved === 'boolean') return String(resolved)
  if (resolved === null) {
    const shown = goSyntax(build({ ...builder, places: undefined }, value, ''))
    const problem = `unsupported map key of type: %!s(<nil>), key: <nil>, value: ${shown}`
    throw new YamlError(problem, key.start)
  }
  throw yamlError(`invalid map key: ${goSyntax(resolved)}`, key.start, 'value')
}

/** A value as Go's `%#v` prints what YAML decodes to. */
function goSyntax(value: Json): string {
  if (value === null) return 'interface {}(nil)'
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`
  if (typeof value !== 'object') return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  const inside = entries.map(([key, item]) => `${JSON.stringify(key)}:${goSyntax(item)}`)
  return `map[interface {}]interface {}{${inside.join(', ')}}`
}
