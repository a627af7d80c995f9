// The columns of `kubectl get namespaces`; source printers.go printNamespace.
import type { Namespace } from '../../api-types/core.ts'
import type { Column } from '../kind.ts'
import { ageColumn, column, nameColumn } from './format.ts'

export const namespaceColumns: readonly Column[] = [
  nameColumn,
  column<Namespace>('Status', (namespace) => namespace.status.phase ?? ''),
  ageColumn,
]
