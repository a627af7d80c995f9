// apps/v1 DaemonSet (pkg/apis/apps/v1/defaults.go, pkg/registry/apps/daemonset/strategy.go).
import type { DaemonSet, DaemonSetSpec, DaemonSetUpdateStrategy } from '../api-types/apps.ts'
import type { KubeObject } from '../api-types/meta.ts'
import { deepEqual } from '../../base/deep-equal.ts'
import { daemonSetColumns } from './columns/daemonset.ts'
import { fill } from './defaults/fill.ts'
import { templateDefaults } from './defaults/pod-spec.ts'
import type { Kind } from './kind.ts'
import { templateWarnings } from './pod-warnings.ts'
import { validateDaemonSet, validateDaemonSetUpdate } from './validation/daemonset.ts'

const NO_PODS = {
  currentNumberScheduled: 0,
  desiredNumberScheduled: 0,
  numberMisscheduled: 0,
  numberReady: 0,
}

export const daemonSet: Kind<'DaemonSet'> = {
  kind: 'DaemonSet',
  group: 'apps',
  version: 'v1',
  plural: 'daemonsets',
  singular: 'daemonset',
  shortNames: ['ds'],
  categories: ['all'],
  namespaced: true,
  columns: daemonSetColumns,
  hasGeneration: true,
  defaults,
  prepareForCreate: (object) => ({ ...withTemplateGeneration(object, 1), status: NO_PODS }),
  prepareForUpdate,
  validate: (object) => validateDaemonSet(object as DaemonSet),
  validateUpdate: (object, old) => validateDaemonSetUpdate(object as DaemonSet, old as DaemonSet),
  warnings: (object) => templateWarnings((object as DaemonSet).spec.template, 'spec.template'),
  view: {},
}

function defaults(object: KubeObject): KubeObject {
  const given = ((object as DaemonSet).spec ?? {}) as DaemonSetSpec
  const template = templateDefaults(given.template)
  const updateStrategy = strategyDefaults(given.updateStrategy ?? {})
  const complete = template === given.template && updateStrategy === given.updateStrategy
  const spec = fill(complete ? given : { ...given, template, updateStrategy }, {
    revisionHistoryLimit: 10,
  })
  return spec === object.spec ? object : { ...object, spec }
}

function strategyDefaults(given: DaemonSetUpdateStrategy): DaemonSetUpdateStrategy {
  const strategy = fill(given, { type: 'RollingUpdate' })
  if (strategy.type !== 'RollingUpdate') return strategy
  const rollingUpdate = fill(strategy.rollingUpdate ?? {}, { maxUnavailable: 1, maxSurge: 0 })
  return rollingUpdate === strategy.rollingUpdate ? strategy : { ...strategy, rollingUpdate }
}

/** How often the template changed; an annotation of the server's own (conversion.go). */
const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation'

function withTemplateGeneration(object: KubeObject, generation: number): KubeObject {
  const annotations = { ...object.metadata.annotations, [TEMPLATE_GENERATION]: String(generation) }
  return { ...object, metadata: { ...object.metadata, annotations } }
}

function prepareForUpdate(object: KubeObject, old: KubeObject): KubeObject {
  const generation = Number(old.metadata.annotations?.[TEMPLATE_GENERATION] ?? 1)
  const same = deepEqual((object as DaemonSet).spec.template, (old as DaemonSet).spec.template)
  return withTemplateGeneration(object, same ? generation : generation + 1)
}
