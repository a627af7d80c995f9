// `kubectl create quota`, `poddisruptionbudget`, `priorityclass` (kubectl pkg/cmd/create): limits
// and precedence. The lab enforces none of them; their text is right all the same.
import type { KubeObject } from '../../sim/api-types/meta.ts'
import { canonicalQuantity, QuantityError } from '../../sim/lib/quantity.ts'
import type { Call, Command } from '../command.ts'
import { KubectlError } from '../errors.ts'
import { GENERATOR_FLAGS, nameOf, setFields, submitGenerated } from '../generate.ts'
import type { Process } from '../process.ts'
import { SelectorError, toLabelSelector } from '../selectors.ts'

export const createQuota: Command = {
  name: 'quota',
  use: 'NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2]',
  short: 'Create a quota with the specified name',
  aliases: ['resourcequota'],
  flags: [
    ...GENERATOR_FLAGS,
    { name: 'hard', type: 'string', usage: 'The limits: cpu=1,pods=2.' },
    { name: 'scopes', type: 'string', usage: 'What the quota counts: BestEffort …' },
  ],
  run: (call) => generate(call, quotaOf, 'failed to create quota'),
}

export const createPodDisruptionBudget: Command = {
  name: 'poddisruptionbudget',
  use: 'NAME --selector=SELECTOR --min-available=N',
  short: 'Create a pod disruption budget with the specified name',
  aliases: ['pdb'],
  flags: [
    ...GENERATOR_FLAGS,
    { name: 'max-unavailable', type: 'string', usage: 'How many Pods may be missing.' },
    { name: 'min-available', type: 'string', usage: 'How many Pods must be there.' },
    { name: 'selector', type: 'string', usage: 'The labels of the Pods.' },
  ],
  run: (call) => generate(call, budgetOf, 'failed to create poddisruptionbudgets'),
}

export const createPriorityClass: Command = {
  name: 'priorityclass',
  use: 'NAME --value=VALUE --global-default=BOOL',
  short: 'Create a priority class with the specified name',
  aliases: ['pc'],
  flags: [
    ...GENERATOR_FLAGS,
    { name: 'description', type: 'string', usage: 'What the class is for.' },
    { name: 'global-default', type: 'bool', usage: 'The class of Pods that name none.' },
    {
      name: 'preemption-policy',
      type: 'string',
      value: 'PreemptLowerPriority',
      usage: 'Whether Pods of the class push others out.',
    },
    { name: 'value', type: 'int32', value: '0', usage: 'The priority.' },
  ],
  run: (call) => generate(call, priorityClassOf, 'failed to create priorityclass'),
}

function* generate(
  call: Call,
  make: (call: Call, name: string) => object,
  failure: string,
): Process {
  const name = nameOf(call)
  submitGenerated(call, () => make(call, name) as KubeObject, failure)
  return 0
}

function requireName(name: string): void {
  if (name === '') throw new KubectlError('name must be specified')
}

function quotaOf({ flags }: Call, name: string): object {
  requireName(name)
  const hard = limitsOf(flags.string('hard'))
  const scopes = flags.string('scopes') === '' ? undefined : flags.string('scopes').split(',')
  if (scopes?.includes('')) throw new KubectlError('invalid resource quota scope ""')
  const spec = setFields({ hard, scopes })
  return { kind: 'ResourceQuota', apiVersion: 'v1', metadata: { name }, spec, status: {} }
}

/** `cpu=1,pods=2` as a map; undefined when there is none. */
export function limitsOf(
  text: string,
  refusal = 'Invalid argument syntax',
): Readonly<Record<string, string>> | undefined {
  if (text === '') return undefined
  const pairs = text.split(',').map((statement) => {
    const parts = statement.split('=')
    if (parts.length !== 2)
      throw new KubectlError(`${refusal} ${statement}, expected <resource>=<value>`)
    return [parts[0]!, quantityOf(parts[1]!)] as const
  })
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function quantityOf(text: string): string {
  try {
    return canonicalQuantity(text)
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error
    throw new KubectlError(error.message)
  }
}

function budgetOf({ flags }: Call, name: string): object {
  requireName(name)
  const least = flags.string('min-available')
  const most = flags.string('max-unavailable')
  const selector = flags.string('selector')
  if (selector === '') throw new KubectlError('a selector must be specified')
  if (most === '' && least === '')
    throw new KubectlError('one of min-available or max-unavailable must be specified')
  if (most !== '' && least !== '')
    throw new KubectlError('min-available and max-unavailable cannot be both specified')
  const amount = /^\d+%?$/
  if (least !== '' && !amount.test(least))
    throw new KubectlError('invalid format specified for min-available')
  if (most !== '' && !amount.test(most))
    throw new KubectlError('invalid format specified for max-unavailable')
  const number = (text: string) => (text.endsWith('%') ? text : Number(text))
  const spec = {
    ...(least === '' ? {} : { minAvailable: number(least) }),
    selector: selectorOf(selector),
    ...(most === '' ? {} : { maxUnavailable: number(most) }),
  }
  const status = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 }
  return {
    kind: 'PodDisruptionBudget',
    apiVersion: 'policy/v1',
    metadata: { name },
    spec,
    status,
  }
}

function selectorOf(text: string): object {
  try {
    return toLabelSelector(text)
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error
    throw new KubectlError(error.message)
  }
}

function priorityClassOf({ flags }: Call, name: string): object {
  return {
    kind: 'PriorityClass',
    apiVersion: 'scheduling.k8s.io/v1',
    metadata: { name },
    value: flags.int('value'),
    ...setFields({
      globalDefault: flags.bool('global-default'),
      description: flags.string('description'),
    }),
    preemptionPolicy: flags.string('preemption-policy'),
  }
}
