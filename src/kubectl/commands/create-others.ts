// The generators of kubectl for what the lab keeps no objects of, in the order of its overview.
import type { Command } from '../command.ts'
import { createDeployment, createToken } from './create-deployment.ts'
import { createIngress } from './create-ingress.ts'
import { createPodDisruptionBudget, createPriorityClass, createQuota } from './create-policy.ts'
import {
  createClusterRole,
  createClusterRoleBinding,
  createRole,
  createRoleBinding,
} from './create-rbac.ts'
import { createService } from './create-service.ts'

export const OTHER_GENERATORS: readonly Command[] = [
  createQuota,
  createService,
  createDeployment,
  createClusterRole,
  createClusterRoleBinding,
  createRole,
  createRoleBinding,
  createPodDisruptionBudget,
  createPriorityClass,
  createIngress,
  createToken,
]
