// The columns of `kubectl get serviceaccounts`: since v1.36 no count of secrets.
import type { Column } from '../kind.ts'
import { ageColumn, nameColumn } from './format.ts'

export const serviceAccountColumns: readonly Column[] = [nameColumn, ageColumn]
