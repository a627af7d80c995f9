// The columns of `kubectl get configmaps` and `secrets`: both count their data.
import type { KubeObject } from '../../api-types/meta.ts'
import type { Column } from '../kind.ts'
import { ageColumn, column, nameColumn } from './format.ts'

interface DataObject extends KubeObject {
  readonly type?: string
  readonly data?: Readonly<Record<string, string>>
  readonly binaryData?: Readonly<Record<string, string>>
}

const dataColumn = column<DataObject>('Data', ({ data, binaryData }) =>
  String(Object.keys(data ?? {}).length + Object.keys(binaryData ?? {}).length),
)

export const configMapColumns: readonly Column[] = [nameColumn, dataColumn, ageColumn]

export const secretColumns: readonly Column[] = [
  nameColumn,
  column<DataObject>('Type', (secret) => secret.type ?? ''),
  dataColumn,
  ageColumn,
]
