// What the server prints of a kind it has no own columns for.
import type { Column } from '../kind.ts'
import { ageColumn, nameColumn } from './format.ts'

export const defaultColumns: readonly Column[] = [nameColumn, ageColumn]
