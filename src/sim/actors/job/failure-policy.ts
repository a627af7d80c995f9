// podFailurePolicy: what one failed Pod means for the Job. Rules are tried in order, the first that
// matches decides (pkg/controller/job/pod_failure_policy.go). Pure.
import type { JobSpec, PodFailurePolicyRule } from '../../api-types/batch.ts'
import type { ContainerStatus, Pod } from '../../api-types/pod.ts'

/** What the first matching rule says of a failed Pod. */
interface PolicyMatch {
  /** undefined: no rule matched. */
  readonly action: PodFailurePolicyRule['action'] | undefined
  /** Whether the failure counts against the limits. */
  readonly counts: boolean
  /** Why the Job fails; only with the action FailJob. */
  readonly message: string | undefined
}

/** Rules of a newer API, with another action, are passed over. */
const ACTIONS: readonly string[] = ['FailJob', 'FailIndex', 'Ignore', 'Count']

const NO_MATCH: PolicyMatch = { action: undefined, counts: true, message: undefined }

/** Matches a failed Pod against the policy; without a policy every failure counts. */
export function matchFailurePolicy(policy: JobSpec['podFailurePolicy'], pod: Pod): PolicyMatch {
  for (const [index, rule] of (policy?.rules ?? []).entries()) {
    const cause = causeOf(rule, pod)
    if (cause === undefined || !ACTIONS.includes(rule.action)) continue
    const { action } = rule
    const message =
      action === 'FailJob' ? `${cause} matching ${action} rule at index ${index}` : undefined
    return { action, counts: action !== 'Ignore', message }
  }
  return NO_MATCH
}

// The first half of the message, if the rule matches.
function causeOf(rule: PodFailurePolicyRule, pod: Pod): string | undefined {
  const name = `${pod.metadata.namespace}/${pod.metadata.name}`
  const { onExitCodes, onPodConditions = [] } = rule
  if (onExitCodes !== undefined) {
    const { containerStatuses = [], initContainerStatuses = [] } = pod.status
    const matches = (status: ContainerStatus): boolean => exitCodeMatches(status, onExitCodes)
    const status = containerStatuses.find(matches) ?? initContainerStatuses.find(matches)
    if (status === undefined) return undefined
    const { exitCode } = status.state.terminated ?? {}
    return `Container ${status.name} for pod ${name} failed with exit code ${exitCode}`
  }
  const condition = pod.status.conditions?.find(({ type, status }) =>
    onPodConditions.some((pattern) => pattern.type === type && pattern.status === status),
  )
  return condition === undefined ? undefined : `Pod ${name} has condition ${condition.type}`
}

function exitCodeMatches(
  status: ContainerStatus,
  requirement: NonNullable<PodFailurePolicyRule['onExitCodes']>,
): boolean {
  const exitCode = status.state.terminated?.exitCode
  if (exitCode === undefined || exitCode === 0) return false
  const { containerName, operator, values } = requirement
  if (containerName && containerName !== status.name) return false
  return values.includes(exitCode) === (operator === 'In')
}
