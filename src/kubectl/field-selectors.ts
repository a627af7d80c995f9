// Field selectors as text (`--field-selector`): only `=`, `==`, `!=`, and only the few fields that
// the server indexes for each kind (pkg/apis/*/v1/conversion.go).
import { valueAt } from '../base/plain.ts'
import type { KubeObject } from '../sim/api-types/meta.ts'
import { SelectorError } from './selectors.ts'

export interface FieldTerm {
  field: string
  equal: boolean
  value: string
}

const META = ['metadata.name', 'metadata.namespace']

/** Beside the names, the fields each kind can be selected by. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.podIPs',
    'status.nominatedNodeName',
  ],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  Node: ['spec.unschedulable'],
  Namespace: ['status.phase', 'name'],
  Secret: ['type'],
  Job: ['status.successful'],
}

/** Reads a selector for a kind; throws SelectorError in the server's words. */
export function parseFieldSelector(text: string, kind: string): readonly FieldTerm[] {
  const terms = text
    .split(',')
    .sort()
    .filter((part) => part !== '')
  return terms.map((part) => {
    const match = /^(.*?)(!=|==|=)(.*)$/.exec(part)
    if (match === null)
      throw new SelectorError(`invalid selector: '${text}'; can't understand '${part}'`)
    const [, field = '', operator, value = ''] = match
    requireKnown(field, kind)
    return { field, equal: operator !== '!=', value }
  })
}

function requireKnown(field: string, kind: string): void {
  const own = FIELDS[kind]
  if (META.includes(field) || own?.includes(field)) return
  if (kind === 'Job') throw new SelectorError(`field label "${field}" not supported for Job`)
  if (own !== undefined) throw new SelectorError(`field label not supported: ${field}`)
  const known = '"metadata.name", "metadata.namespace"'
  throw new SelectorError(`"${field}" is not a known field selector: only ${known}`)
}

export function matchesFields(terms: readonly FieldTerm[], object: KubeObject): boolean {
  return terms.every(({ field, equal, value }) => (fieldText(object, field) === value) === equal)
}

/** A field's value as the index has it: '' when unset, false for unset booleans. */
function fieldText(object: KubeObject, field: string): string {
  if (field === 'status.successful' && object.kind === 'Job')
    return String((object.status as { succeeded?: number } | undefined)?.succeeded ?? 0)
  if (field === 'name') return object.metadata.name
  if (field === 'source') {
    const { source, reportingComponent } = object as {
      source?: { component?: string }
      reportingComponent?: string
    }
    return source?.component || reportingComponent || ''
  }
  if (field === 'spec.hostNetwork' || field === 'spec.unschedulable')
    return String(valueAt(object, field.split('.')) ?? false)
  return String(valueAt(object, field.split('.')) ?? '')
}
