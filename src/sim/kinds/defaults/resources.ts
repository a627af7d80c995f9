// Resource lists: rounded up to thousandths when they come in (core/v1 SetDefaults_ResourceList),
// and requests taken from limits.
import { roundedUpToMilli } from '../../lib/quantity.ts'
import type { ResourceList, ResourceRequirements } from '../../api-types/pod.ts'
import { mapKey } from './fill.ts'

/** Only quantities written like this can be finer than a thousandth. */
const MAYBE_FINE = /[nu.eE]/

/** Limits and requests with no part finer than a thousandth. */
export function roundedResources(resources: ResourceRequirements): ResourceRequirements {
  return mapKey(mapKey(resources, 'limits', roundedList), 'requests', roundedList)
}

/** A list whose quantities are rounded up to thousandths; the same list when all are coarse. */
export function roundedList(list: ResourceList): ResourceList {
  let rounded: Record<string, string> | undefined
  for (const [name, quantity] of Object.entries(list)) {
    if (!MAYBE_FINE.test(quantity)) continue
    const coarse = roundedUpToMilli(quantity)
    if (coarse !== quantity) (rounded ??= { ...list })[name] = coarse
  }
  return rounded ?? list
}

/** Requests that are missing are taken from the limits: in a Pod only, not in templates. */
export function requestsFromLimits(resources: ResourceRequirements): ResourceRequirements {
  const { limits, requests } = resources
  if (limits === undefined) return resources
  const missing = Object.keys(limits).some((name) => requests?.[name] === undefined)
  return missing ? { ...resources, requests: { ...limits, ...requests } } : resources
}
