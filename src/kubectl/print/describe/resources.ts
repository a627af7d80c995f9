// Limits and requests, of a container or of a whole Pod.
import type { ResourceList, ResourceRequirements } from '../../../sim/api-types/pod.ts'

/** `Limits:` and `Requests:` with their quantities, sorted by name. */
export function resourceLines(resources: ResourceRequirements | undefined): string[] {
  return [...listLines('Limits', resources?.limits), ...listLines('Requests', resources?.requests)]
}

function listLines(title: string, list: ResourceList | undefined): string[] {
  const names = Object.keys(list ?? {}).sort()
  if (names.length === 0) return []
  return [`${title}:`, ...names.map((name) => `  ${name}:\t${list?.[name] ?? ''}`)]
}
