// The generators of kubectl for objects that the lab does not have: they say so.
import type { Command } from '../command.ts'
import { KubectlError } from '../errors.ts'
import { GENERATOR_FLAGS } from '../generate.ts'

/** Name, aliases, short text; and the flags usual with it, so that they are not refused. */
const OTHERS: readonly (readonly [string, readonly string[], string, readonly string[]])[] = [
  ['quota', ['resourcequota'], 'Create a quota with the specified name', ['hard', 'scopes']],
  ['service', ['svc'], 'Create a service using a specified subcommand', ['tcp']],
  [
    'deployment',
    ['deploy'],
    'Create a deployment with the specified name',
    ['image', 'replicas', 'port'],
  ],
  ['clusterrole', [], 'Create a cluster role', ['verb', 'resource']],
  ['clusterrolebinding', [], 'Create a cluster role binding', ['clusterrole', 'user']],
  ['role', [], 'Create a role with single rule', ['verb', 'resource']],
  ['rolebinding', [], 'Create a role binding', ['role', 'clusterrole', 'user']],
  ['poddisruptionbudget', ['pdb'], 'Create a pod disruption budget', ['selector']],
  ['priorityclass', ['pc'], 'Create a priority class', ['value']],
  ['ingress', ['ing'], 'Create an ingress with the specified name', ['rule']],
  ['token', [], 'Request a service account token', ['duration']],
]

export const NOT_IN_THE_LAB: readonly Command[] = OTHERS.map(([name, aliases, short, flags]) => ({
  name,
  short,
  aliases,
  flags: [
    ...GENERATOR_FLAGS,
    ...flags.map((flag) => ({ name: flag, type: 'string' as const, usage: 'Not in the lab.' })),
  ],
  run: function* () {
    throw new KubectlError(
      `the lab has no ${name}: it is about Jobs, CronJobs, DaemonSets and their Pods`,
    )
  },
}))
