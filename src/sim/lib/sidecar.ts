// What a sidecar is: an init container that keeps running beside the others.
import type { Container } from '../api-types/pod.ts'

export function isSidecar(container: Container): boolean {
  return container.restartPolicy === 'Always'
}
