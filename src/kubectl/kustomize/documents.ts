// The objects of a kustomization as manifests, for `-k`.
import { recognized, type SourceDocument } from '../files.ts'
import type { ProcessContext } from '../process.ts'
import { buildKustomization } from './build.ts'

/** What `-k FOLDER` stands for. Throws KubectlError. */
export function kustomizationDocuments(
  context: ProcessContext,
  folder: string,
): readonly SourceDocument[] {
  return buildKustomization(context, folder).map((object) => recognized(object, folder))
}
