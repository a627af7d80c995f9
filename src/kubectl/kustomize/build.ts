// Builds a kustomization.
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { KubectlError } from '../errors.ts'
import type { ProcessContext } from '../process.ts'

const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

/** The objects of the kustomization in a folder. Throws KubectlError. */
export function buildKustomization(context: ProcessContext, folder: string): KubeObject[] {
  const place = folder.replace(/^(\.\/?)+/, '').replace(/\/+$/, '')
  const found = NAMES.filter((name) => context.readFile(place === '' ? name : `${place}/${name}`))
  if (found.length === 0)
    throw new KubectlError(
      "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in " +
        `directory '${place}'`,
    )
  throw new KubectlError('the lab does not build kustomizations')
}
