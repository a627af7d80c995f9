// What the registry has under a name, remembered per list of declared names: the same few images
// are asked for again and again.
import { findImage, type ImageInfo } from '../../images/registry.ts'
import type { World } from '../../world.ts'

const NOTHING: readonly string[] = []
const KNOWN_MAX = 500
const known = new WeakMap<readonly string[], Map<string, ImageInfo | undefined>>()

/** The image a container's reference names; undefined when the registry does not have it. */
export function imageInfo({ cluster }: World, reference: string): ImageInfo | undefined {
  const { images = NOTHING } = cluster
  let found = known.get(images)
  if (found === undefined || found.size > KNOWN_MAX) known.set(images, (found = new Map()))
  if (!found.has(reference)) found.set(reference, findImage(reference, images))
  return found.get(reference)
}
