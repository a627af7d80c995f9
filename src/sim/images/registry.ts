// What a node can pull: the catalogue, what a session declares, and what public registries have
// (public.ts), which the lab only stands in for. Other names fail with containerd's words.

import { CATALOGUE, DECLARED_IMAGE, type CatalogueImage } from './catalogue.ts'
import type { ImageConfig } from '../../container/image.ts'
import { extend } from '../../base/plain.ts'
import { hashText } from '../../base/rng.ts'
import { DENIED, publicProblem } from './public.ts'
import {
  normaliseReference,
  parseReference,
  repositoryOf,
  type ImageReference,
} from './reference.ts'

export interface ImageInfo extends CatalogueImage {
  /** The normalised reference: `docker.io/library/perl:latest`. */
  name: string
  /** The manifest's digest, `sha256:…`. */
  digest: string
  /** What `status.containerStatuses[].imageID` shows: repository@digest. */
  imageId: string
}

/**
 * The image behind a reference, or undefined if the registry does not have it. `declared` are the
 * names a session adds (`cluster.images`), in any spelling.
 */
export function findImage(text: string, declared: readonly string[] = []): ImageInfo | undefined {
  const reference = parseReference(text)
  if ('error' in reference) return undefined
  const name = normaliseReference(text)
  const repository = repositoryOf(reference)
  const row = CATALOGUE.find((image) => image.repository === repository)
  const isDeclared = declared.some((other) => normaliseReference(other) === name)
  if (!isDeclared && problemOf(row, reference) !== undefined) return undefined
  const known = row ?? standInFor(repository)
  const digest = reference.digest ?? digestOf(known, reference.tag ?? 'latest')
  return extend(known, { name, digest, imageId: `${repository}@${digest}` })
}

/** What a container of this image starts with; the image is on its node, whatever the registry has. */
export function imageConfig(text: string): ImageConfig {
  return findImage(text, [text]) ?? DECLARED_IMAGE
}

/** Whom the image says its program runs as: a number, or a name. */
export function imageUser(text: string): string {
  const row = findImage(text, [text])
  return row?.user ?? '0'
}

/** Why this image cannot be pulled; rows of the catalogue may have tags of their own only. */
function problemOf(row: CatalogueImage | undefined, reference: ImageReference): string | undefined {
  if (row?.tags === undefined) return publicProblem(reference)
  const { tag } = reference
  return tag === undefined || row.tags.includes(tag) ? undefined : DENIED
}

/** An image that the lab does not model: it starts, says so, and ends on TERM. */
function standInFor(repository: string): CatalogueImage {
  const isDebian = repository.startsWith('docker.io/library/')
  return { ...DECLARED_IMAGE, repository, tools: isDebian ? 'gnu' : DECLARED_IMAGE.tools }
}

function digestOf(row: CatalogueImage, tag: string): string {
  const known = row.digests?.[tag]
  if (known !== undefined) return `sha256:${known}`
  let hex = ''
  for (let part = 0; part < 8; part++) {
    hex += hashText(`${row.repository}:${tag}/${part}`).toString(16).padStart(8, '0')
  }
  return `sha256:${hex}`
}

/** What the runtime answers to a pull of a name that is not there, as in the recordings. */
export function pullError(text: string): string {
  const reference = parseReference(text)
  const row =
    'error' in reference
      ? undefined
      : CATALOGUE.find((image) => image.repository === repositoryOf(reference))
  const why = 'error' in reference ? undefined : problemOf(row, reference)
  const head = 'rpc error: code = NotFound desc = failed to pull and unpack image'
  return `${head} "${normaliseReference(text)}": failed to resolve image: ${why ?? DENIED}`
}
