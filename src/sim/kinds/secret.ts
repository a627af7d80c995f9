// core/v1 Secret. `stringData` is for writing only: what it holds is kept in `data`
// (pkg/apis/core/v1/conversion.go Convert_v1_Secret_To_core_Secret, defaults.go).
import { encodeBase64 } from '../../base/base64.ts'
import { compact, extend } from '../../base/plain.ts'
import type { KubeObject } from '../api-types/meta.ts'
import { secretColumns } from './columns/configmap.ts'
import type { Kind } from './kind.ts'
import { textFields } from './selectable-fields.ts'
import { validateKeyed, validateNamedUpdate } from './validation/simple.ts'

export const secret: Kind<'Secret'> = {
  kind: 'Secret',
  group: '',
  version: 'v1',
  plural: 'secrets',
  singular: 'secret',
  shortNames: [],
  categories: [],
  namespaced: true,
  columns: secretColumns,
  hasGeneration: false,
  defaults,
  prepareForUpdate: defaults,
  validate: validateKeyed,
  validateUpdate: validateNamedUpdate,
  selectableFields: textFields('type'),
}

type Texts = Readonly<Record<string, string>>

function defaults(object: KubeObject): KubeObject {
  const { stringData, ...rest } = object as KubeObject & {
    stringData?: Texts
    data?: Texts
    type?: string
  }
  if (stringData === undefined && rest.type) return object
  const encoded = Object.entries(stringData ?? {}).map(([key, text]) => [key, encodeBase64(text)])
  const data = { ...rest.data, ...(Object.fromEntries(encoded) as Texts) }
  const kept = Object.keys(data).length === 0 ? undefined : data
  return extend(rest, compact({ data: kept, type: rest.type || 'Opaque' }))
}
