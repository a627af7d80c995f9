// The lab's image registry: the catalogue plus what a session declares. Every other name fails to
// pull with containerd's words.

import { CATALOGUE, DECLARED_IMAGE, type CatalogueImage } from './catalogue.ts'
import type { ImageConfig } from '../../container/image.ts'
import { extend } from '../../base/plain.ts'
import { hashText } from '../../base/rng.ts'
import { normaliseReference, parseReference, repositoryOf } from './reference.ts'

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
  if (!isDeclared && (row === undefined || !hasTag(row, reference.tag))) return undefined
  const known = row ?? { ...DECLARED_IMAGE, repository }
  const digest = reference.digest ?? digestOf(known, reference.tag ?? 'latest')
  return extend(known, { name, digest, imageId: `${repository}@${digest}` })
}

/** What a container of this image starts with; the image is on its node, whatever the registry has. */
export function imageConfig(text: string): ImageConfig {
  return findImage(text, [text]) ?? DECLARED_IMAGE
}

// Tags the public repositories have: versions with any suffix, and the usual words.
const USUAL_TAG =
  /^(?:v?\d[\w.]*(?:-[\w.-]+)?|(?:latest|stable|alpine|slim|musl|glibc|uclibc|edge|mainline)(?:-[\w.-]+)?|bookworm|trixie|bullseye|noble|jammy|focal|perl|linux)$/

function hasTag(row: CatalogueImage, tag: string | undefined): boolean {
  if (tag === undefined) return true
  return row.tags === undefined ? USUAL_TAG.test(tag) : row.tags.includes(tag)
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

/**
 * What the runtime answers to a pull of a name that is not there, as in the recordings: containerd
 * cannot distinguish a missing repository from a private one. A wrong tag of a public repository is
 * simply not found.
 */
export function pullError(text: string): string {
  const name = normaliseReference(text)
  const reference = parseReference(text)
  const isPublic =
    !('error' in reference) &&
    CATALOGUE.some((row) => row.repository === repositoryOf(reference) && row.tags === undefined)
  const why = isPublic
    ? `${name}: not found`
    : 'pull access denied, repository does not exist or may require authorization: ' +
      'server message: insufficient_scope: authorization failed'
  const head = 'rpc error: code = NotFound desc = failed to pull and unpack image'
  return `${head} "${name}": failed to resolve image: ${why}`
}
