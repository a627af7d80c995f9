// Resource lists are rounded up to thousandths when they come in (core/v1 SetDefaults_ResourceList).
import type { ResourceList, ResourceRequirements } from '../../api-types/pod.ts'
import { mapKey } from './fill.ts'

const FINE_SUFFIX = /[nu]$|\.\d{4,}|\.\d+[mkMGTPE]|e-/

/** Limits and requests with no part finer than a thousandth. */
export function roundedResources(resources: ResourceRequirements): ResourceRequirements {
  return mapKey(mapKey(resources, 'limits', roundedList), 'requests', roundedList)
}

/** A list whose quantities are rounded up to thousandths; the same list when all are coarse. */
export function roundedList(list: ResourceList): ResourceList {
  const fine = Object.entries(list).filter(([, quantity]) => FINE_SUFFIX.test(quantity))
  if (fine.length === 0) return list
  return { ...list, ...Object.fromEntries(fine.map(([name, quantity]) => [name, quantity])) }
}

/** Requests that are missing are taken from the limits: in a Pod only, not in templates. */
export function requestsFromLimits(resources: ResourceRequirements): ResourceRequirements {
  const { limits, requests } = resources
  if (limits === undefined) return resources
  const missing = Object.keys(limits).some((name) => requests?.[name] === undefined)
  return missing ? { ...resources, requests: { ...limits, ...requests } } : resources
}
