// As whom a container runs: what its security context says, else the Pod's, else the image
// (pkg/kubelet/kuberuntime/security_context.go). Pure.
import { compact } from '../../../base/plain.ts'
import type { Container, Pod } from '../../api-types/pod.ts'
import { imageUser } from '../../images/registry.ts'

interface Identity {
  runAsUser?: number
  runAsGroup?: number
  runAsNonRoot?: boolean
}

/** The numbers of the user and the group a container runs as, where anybody says so. */
export function identityOf(pod: Pod, container: Container): { user?: number; group?: number } {
  const whole: Identity = pod.spec.securityContext ?? {}
  const own: Identity = container.securityContext ?? {}
  const image = imageUser(container.image)
  const user = own.runAsUser ?? whole.runAsUser ?? (/^\d+$/.test(image) ? Number(image) : undefined)
  return compact({ user, group: own.runAsGroup ?? whole.runAsGroup })
}

/** verifyRunAsNonRoot: why the container may not be created; undefined when it may. */
export function nonRootProblem(pod: Pod, container: Container): string | undefined {
  const whole: Identity = pod.spec.securityContext ?? {}
  const own: Identity = container.securityContext ?? {}
  if ((own.runAsNonRoot ?? whole.runAsNonRoot) !== true) return undefined
  const { namespace, name, uid } = pod.metadata
  const where = `(pod: "${name}_${namespace}(${uid})", container: ${container.name})`
  const asked = own.runAsUser ?? whole.runAsUser
  if (asked !== undefined)
    return asked === 0 ? `container's runAsUser breaks non-root policy ${where}` : undefined
  const user = imageUser(container.image)
  if (/^\d+$/.test(user))
    return user === '0'
      ? `container has runAsNonRoot and image will run as root ${where}`
      : undefined
  return (
    `container has runAsNonRoot and image has non-numeric user (${user}), ` +
    `cannot verify user is non-root ${where}`
  )
}
