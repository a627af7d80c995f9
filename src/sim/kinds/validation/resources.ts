// Requests and limits (core/validation validateResourceRequirements). Names in sorted order.
import type { ResourceList, ResourceRequirements } from '../../api-types/pod.ts'
import { compareQuantities, milliValue, parseQuantity } from '../../lib/quantity.ts'
import { eachInvalid, forbidden, invalid, required, type FieldErrors } from './field.ts'
import { qualifiedName } from './names.ts'
import { sortedEntries } from './sorted.ts'

const CONTAINER_RESOURCES = ['cpu', 'memory', 'ephemeral-storage']
/** Names without a prefix that mean something somewhere, mostly in quotas. */
const STANDARD_RESOURCES = [
  ...CONTAINER_RESOURCES,
  'storage',
  ...['cpu', 'memory', 'ephemeral-storage', 'storage'].map((name) => `requests.${name}`),
  ...['cpu', 'memory', 'ephemeral-storage'].map((name) => `limits.${name}`),
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]
const HUGE_PAGES = 'hugepages-'

/** Validates a container's resources. */
export function validateResources(
  resources: ResourceRequirements | undefined,
  field: string,
): FieldErrors {
  const { limits, requests } = resources ?? {}
  return [
    ...listErrors(limits, `${field}.limits`),
    ...sortedEntries(requests).flatMap(([name, quantity]) => [
      ...entryErrors(name, quantity, `${field}.requests[${name}]`),
      ...aboveLimit(name, quantity, limits, field),
    ]),
    ...hugePagesAlone({ ...limits, ...requests }, field),
  ]
}

function listErrors(list: ResourceList | undefined, field: string): FieldErrors {
  return sortedEntries(list).flatMap(([name, quantity]) =>
    entryErrors(name, quantity, `${field}[${name}]`),
  )
}

/** Validates the overhead of a runtime class: a list of limits. */
export function validateOverhead(overhead: ResourceList | undefined, field: string): FieldErrors {
  return listErrors(overhead, `${field}.limits`)
}

function entryErrors(name: string, quantity: string, field: string): FieldErrors {
  const negative = parseQuantity(quantity).nano < 0n
  const fraction = isExtended(name) && (milliValue(quantity) ?? 0) % 1000 !== 0
  return [
    ...nameErrors(name, field),
    ...(negative ? [invalid(field, quantity, 'must be greater than or equal to 0')] : []),
    ...(fraction ? [invalid(field, quantity, 'must be an integer')] : []),
  ]
}

function nameErrors(name: string, field: string): FieldErrors {
  const unqualified = qualifiedName(name)
  if (unqualified.length > 0) return eachInvalid(field, name, unqualified)
  if (name.includes('/')) {
    if (isNative(name) || isExtended(name)) return []
    return [invalid(field, name, "doesn't follow extended resource name standard")]
  }
  const huge = name.startsWith(HUGE_PAGES)
  const errors: string[] = []
  if (!huge && !STANDARD_RESOURCES.includes(name))
    errors.push('must be a standard resource type or fully qualified')
  if (!huge && !CONTAINER_RESOURCES.includes(name))
    errors.push('must be a standard resource for containers')
  return eachInvalid(field, name, errors)
}

const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/')

const isExtended = (name: string): boolean =>
  !isNative(name) && !name.startsWith('requests.') && qualifiedName(`requests.${name}`).length === 0

const mayOvercommit = (name: string): boolean => isNative(name) && !name.startsWith(HUGE_PAGES)

function aboveLimit(
  name: string,
  quantity: string,
  limits: ResourceList | undefined,
  field: string,
): FieldErrors {
  const limit = limits?.[name]
  if (limit === undefined) {
    if (mayOvercommit(name)) return []
    return [required(`${field}.limits`, 'Limit must be set for non overcommitable resources')]
  }
  const order = compareQuantities(parseQuantity(quantity), parseQuantity(limit))
  const requests = `${field}.requests`
  if (order !== 0 && !mayOvercommit(name))
    return [invalid(requests, quantity, `must be equal to ${name} limit of ${limit}`)]
  if (order <= 0) return []
  return [invalid(requests, quantity, `must be less than or equal to ${name} limit of ${limit}`)]
}

function hugePagesAlone(list: ResourceList, field: string): FieldErrors {
  const names = Object.keys(list)
  const huge = names.some((name) => name.startsWith(HUGE_PAGES))
  const compute = names.some((name) => name === 'cpu' || name === 'memory')
  return huge && !compute ? [forbidden(field, 'HugePages require cpu or memory')] : []
}
