// What a kustomization changes in all its objects: namespace, names and what refers to them, labels,
// annotations, images, numbers of replicas, and the hashes of generated names.
import type { KubeObject } from '../../sim/api-types/meta.ts'
import type { Container, PodSpec } from '../../sim/api-types/pod.ts'
import { daemonSet } from '../../sim/kinds/daemonset.ts'
import { configMap } from '../../sim/kinds/configmap.ts'
import { secret } from '../../sim/kinds/secret.ts'
import { serviceAccount } from '../../sim/kinds/serviceaccount.ts'
import { nameHash } from '../name-hash.ts'
import { isMap, type JsonMap } from '../patch/lists.ts'
import { resources } from '../resources.ts'
import type { Piece } from './build.ts'

type Texts = Readonly<Record<string, string>>

interface Label {
  readonly pairs: Texts
  readonly includeSelectors?: boolean
  readonly includeTemplates?: boolean
}

interface Image {
  readonly name: string
  readonly newName?: string
  readonly newTag?: string
  readonly digest?: string
}

/** The pieces with everything changed that the kustomization says; `hashes` appends hashes. */
export function transformed(pieces: readonly Piece[], kustomization: JsonMap): readonly Piece[] {
  const text = (field: string): string => String(kustomization[field] ?? '')
  const renamed = renaming(pieces, (piece) => {
    const { name } = piece.object.metadata
    if (kustomization['hashes'] === true) return piece.hashed ? `${name}-${hashOf(piece)}` : name
    return `${text('namePrefix')}${name}${text('nameSuffix')}`
  })
  const labels: readonly Label[] = [
    ...(isMap(kustomization['commonLabels'])
      ? [{ pairs: kustomization['commonLabels'] as Texts, includeSelectors: true }]
      : []),
    ...((kustomization['labels'] ?? []) as readonly Label[]),
  ]
  const annotations = (kustomization['commonAnnotations'] ?? {}) as Texts
  const images = (kustomization['images'] ?? []) as readonly Image[]
  const replicas = (kustomization['replicas'] ?? []) as readonly { name: string; count: number }[]
  return renamed.map((piece) => {
    let { object } = piece
    if (text('namespace') !== '') object = inNamespace(object, text('namespace'))
    for (const label of labels) object = labelled(object, label)
    object = annotated(object, annotations)
    object = withImages(object, images)
    const wanted = replicas.find(({ name }) => name === piece.originalName)
    if (wanted !== undefined && 'replicas' in (object.spec as object))
      object = { ...object, spec: { ...(object.spec as object), replicas: wanted.count } }
    return { ...piece, object }
  })
}

/** The name is not part of it: a prefix does not change the hash. */
function hashOf({ object }: Piece): string {
  const name = ''
  const { kind, data = {}, type } = object as KubeObject & { data?: Texts; type?: string }
  return nameHash(kind === secret.kind ? { kind, type, name, data } : { kind, name, data })
}

/** Gives new names, and tells them to whoever names the object. */
function renaming(pieces: readonly Piece[], nameOf: (piece: Piece) => string): readonly Piece[] {
  const names = new Map(
    pieces.map((piece) => [`${piece.object.kind} ${piece.object.metadata.name}`, nameOf(piece)]),
  )
  const refer = (kind: string, name: string): string => names.get(`${kind} ${name}`) ?? name
  return pieces.map((piece) => {
    const { metadata } = piece.object
    const object = { ...piece.object, metadata: { ...metadata, name: nameOf(piece) } }
    return { ...piece, object: withPodSpec(object, (spec) => referring(spec, refer) as PodSpec) }
  })
}

/** Fields of a Pod spec that name another object, by the field around the name. */
const REFERENCES: Readonly<Record<string, string>> = {
  configMap: configMap.kind,
  configMapKeyRef: configMap.kind,
  configMapRef: configMap.kind,
  imagePullSecrets: secret.kind,
  secret: secret.kind,
  secretKeyRef: secret.kind,
  secretRef: secret.kind,
}

function referring(
  value: unknown,
  refer: (kind: string, name: string) => string,
  field = '',
): unknown {
  if (Array.isArray(value)) return value.map((item) => referring(item, refer, field))
  if (!isMap(value)) return value
  const kind = REFERENCES[field]
  const entries = Object.entries(value).map(([key, part]) => {
    const isName = key === 'name' || key === 'secretName'
    if (kind !== undefined && isName && typeof part === 'string') return [key, refer(kind, part)]
    if (key === 'serviceAccountName' && typeof part === 'string')
      return [key, refer(serviceAccount.kind, part)]
    return [key, referring(part, refer, key)]
  })
  return Object.fromEntries(entries)
}

function inNamespace(object: KubeObject, namespace: string): KubeObject {
  const resource = resources().find(({ kind }) => kind === object.kind)
  if (resource?.namespaced === false) return object
  return { ...object, metadata: { ...object.metadata, namespace } }
}

/** Changes the metadata at a path, made where it is missing; the rest of the path must be there. */
function withMetadata(
  value: unknown,
  path: readonly string[],
  field: 'labels' | 'annotations',
  pairs: Texts,
): unknown {
  if (!isMap(value)) return value
  const [key, ...rest] = path
  if (key !== undefined)
    return key in value ? { ...value, [key]: withMetadata(value[key], rest, field, pairs) } : value
  const metadata = (value['metadata'] ?? {}) as JsonMap
  const texts = { ...(metadata[field] as Texts | undefined), ...pairs }
  return { ...value, metadata: { ...metadata, [field]: texts } }
}

/** Where templates of objects have metadata, outermost first. */
const TEMPLATES: readonly (readonly string[])[] = [
  ['spec', 'jobTemplate'],
  ['spec', 'jobTemplate', 'spec', 'template'],
  ['spec', 'template'],
]

function labelled(object: KubeObject, label: Label): KubeObject {
  const { pairs, includeSelectors = false, includeTemplates = includeSelectors } = label
  let result: unknown = withMetadata(object, [], 'labels', pairs)
  if (includeTemplates)
    for (const path of TEMPLATES) result = withMetadata(result, path, 'labels', pairs)
  return (includeSelectors ? withSelector(result as KubeObject, pairs) : result) as KubeObject
}

/** Jobs choose their own selector by default; what has one gets the labels. */
function withSelector(object: KubeObject, pairs: Texts): KubeObject {
  const spec = object.spec
  if (!isMap(spec)) return object
  if (object.kind === 'Service')
    return { ...object, spec: { ...spec, selector: { ...(spec['selector'] as Texts), ...pairs } } }
  const { selector } = spec
  const creates = [daemonSet.kind, 'Deployment', 'ReplicaSet', 'StatefulSet'].includes(object.kind)
  if (!creates && !isMap(selector)) return object
  const own = (selector ?? {}) as { matchLabels?: Texts }
  const matchLabels = { ...own.matchLabels, ...pairs }
  return { ...object, spec: { ...spec, selector: { ...own, matchLabels } } }
}

function annotated(object: KubeObject, pairs: Texts): KubeObject {
  if (Object.keys(pairs).length === 0) return object
  let result: unknown = withMetadata(object, [], 'annotations', pairs)
  for (const path of TEMPLATES) result = withMetadata(result, path, 'annotations', pairs)
  return result as KubeObject
}

function withImages(object: KubeObject, images: readonly Image[]): KubeObject {
  if (images.length === 0) return object
  const change = (container: Container): Container => ({
    ...container,
    image: images.reduce(imageFor, container.image),
  })
  return withPodSpec(object, (spec) => ({
    ...spec,
    containers: spec.containers.map(change),
    ...(spec.initContainers === undefined
      ? {}
      : { initContainers: spec.initContainers.map(change) }),
  }))
}

/** Where objects of any kind may keep the spec of their Pods. */
const POD_SPECS: readonly (readonly string[])[] = [
  ['spec'],
  ['spec', 'template', 'spec'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
]

/** The object with its Pod spec changed: what has containers is one. */
function withPodSpec(object: KubeObject, change: (spec: PodSpec) => PodSpec): KubeObject {
  const at = (value: unknown, [key, ...rest]: readonly string[]): unknown => {
    if (!isMap(value)) return value
    if (key !== undefined) return key in value ? { ...value, [key]: at(value[key], rest) } : value
    return Array.isArray(value['containers']) ? change(value as unknown as PodSpec) : value
  }
  return POD_SPECS.reduce<unknown>((result, path) => at(result, path), object) as KubeObject
}

function imageFor(image: string, { name, newName = name, newTag, digest }: Image): string {
  const [, own = '', rest = ''] = /^(.*?)((?::[^:/@]*)?(?:@.*)?)$/s.exec(image) ?? []
  if (own !== name) return image
  if (digest !== undefined) return `${newName}@${digest}`
  return newTag === undefined ? `${newName}${rest}` : `${newName}:${newTag}`
}
