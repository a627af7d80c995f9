// Requests that are asked and not kept: who am I, may I, what may I. The lab has one user, who may
// do everything.
import { deleteObject, type By } from '../../sim/api.ts'
import type { Pod } from '../../sim/api-types/pod.ts'
import { bindPod } from '../../sim/binding.ts'
import { evictPod } from '../../sim/eviction.ts'
import { keyOf } from '../../sim/store.ts'
import type { World } from '../../sim/world.ts'
import { LAB_USER } from '../../kubectl/commands/auth.ts'
import { NO_TOKENS } from '../../kubectl/commands/create-deployment.ts'
import { groupVersion, type Resource } from '../../kubectl/resources.ts'
import { getExisting } from './read.ts'
import { bodyObject, type ApiRequest } from './request.ts'
import { HttpError, noResource, type Status } from './status.ts'
import { deleteOptionsOf, success } from './write.ts'

const RULES = {
  resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
  nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
  incomplete: false,
}

/** The answer to a review; undefined when the resource is none. */
export function review(resource: Resource, request: ApiRequest): object | undefined {
  if (!resource.kind.endsWith('Review') || request.method !== 'POST') return undefined
  const body = bodyObject(request)
  const head = { kind: resource.kind, apiVersion: groupVersion(resource), metadata: {} }
  const spec = body['spec'] === undefined ? {} : { spec: body['spec'] }
  switch (resource.kind) {
    case 'SelfSubjectReview':
      return { ...head, status: { userInfo: LAB_USER } }
    case 'SelfSubjectRulesReview':
      return { ...head, ...spec, status: RULES }
    case 'TokenReview':
      return { ...head, ...spec, status: { user: {}, error: 'the lab issues no tokens' } }
    default:
      return { ...head, ...spec, status: { allowed: true } }
  }
}

/** POST pods/eviction, pods/binding and serviceaccounts/token; throws NotFound for any other subresource. */
export function postBelow(world: World, by: By, request: ApiRequest): Status {
  const pod = getExisting(world, request) as Pod
  if (request.subresource === 'token') throw new HttpError(403, 'Forbidden', NO_TOKENS)
  const body = bodyObject(request)
  if (request.subresource === 'binding') {
    const { name = '' } = (body['target'] ?? {}) as { name?: string }
    bindPod(world, by, pod, name)
    return { ...success(), code: 201 }
  }
  if (request.subresource !== 'eviction') throw noResource()
  evict(world, by, pod, request, (body['deleteOptions'] ?? {}) as object)
  return { ...success(), code: 201 }
}

/** A dry run says only whether the Pod could be deleted. */
function evict(world: World, by: By, pod: Pod, request: ApiRequest, body: object): void {
  const options = deleteOptionsOf(request, body)
  if (options.dryRun === true) deleteObject(world, by, 'Pod', keyOf(pod), options)
  else evictPod(world, by, pod, options)
}
