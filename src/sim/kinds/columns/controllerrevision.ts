// The columns of `kubectl get controllerrevisions`; source printers.go printControllerRevision.
import type { ControllerRevision } from '../../api-types/apps.ts'
import type { Column } from '../kind.ts'
import { ageColumn, column, nameColumn, NONE, resourceNameOf } from './format.ts'

function controller(revision: ControllerRevision): string {
  const owner = revision.metadata.ownerReferences?.find((reference) => reference.controller)
  return owner === undefined ? NONE : resourceNameOf(owner.apiVersion, owner.kind, owner.name)
}

export const controllerRevisionColumns: readonly Column[] = [
  nameColumn,
  column<ControllerRevision>('Controller', controller),
  column<ControllerRevision>('Revision', (revision) => String(revision.revision)),
  ageColumn,
]
