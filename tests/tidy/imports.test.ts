// Who imports whom, and whether anybody does: rooms in one line, no cycles, nothing exported in
// vain.
import { describe, expect, it } from 'vitest'
import {
  cyclesOf,
  exportsOf,
  fileAt,
  filesBelow,
  importsOf,
  problemsIn,
  type Source,
} from './sources.ts'

const SOURCES = filesBelow('src', ['.ts', '.tsx', '.mjs'])
const TESTS = filesBelow('tests', ['.ts', '.tsx'])
const CONFIGS = ['vite.config.ts', 'vitest.config.ts', 'playwright.config.ts'].map(fileAt)

/** Folders from left to right: a file imports from its own folder or from one to the left. */
const LINE = ['base', 'container', 'sim', 'kubectl', 'session', 'story', 'worker', 'ui'] as const

/**
 * The same inside `sim`, for its folders and single files. Values only: what a World is made of has
 * types that name each other.
 */
const SIM_LINE: readonly string[] = [
  'api-types',
  'lib',
  'errors.ts',
  'cluster.ts',
  'images',
  'shelf.ts',
  'queue.ts',
  'log.ts',
  'schema',
  'kinds',
  'store.ts',
  'machine.ts',
  'memory.ts',
  'outages.ts',
  'ledger',
  'actor.ts',
  'world.ts',
  'api.ts',
  'binding.ts',
  'event-correlation.ts',
  'events.ts',
  'event-series.ts',
  'eviction.ts',
  'node-object.ts',
  'trace.ts',
  'boot.ts',
  'frame-guard.ts',
  'history.ts',
  'actors',
  'kubelets.ts',
]

/** Files that are started, not imported. */
const ENTRIES = /^src\/(main\.tsx|headless\/|.*\.worker\.ts$|.*\.d\.m?ts$)/

/** Exported so that a test can look at a part by itself, or perform a recipe. */
const FOR_TESTS: readonly string[] = [
  'src/container/container.ts: LOG_BYTES_MAX',
  'src/container/container.ts: LOG_LINE_HEAD',
  'src/container/image.ts: programNames',
  'src/headless/paths.ts: Course',
  'src/headless/paths.ts: reloaded',
  'src/headless/paths.ts: throughLink',
  'src/headless/replay-session.ts: Transcript',
  'src/kubectl/commands/index.ts: GROUPS',
  'src/kubectl/commands/index.ts: commandTree',
  'src/kubectl/kinds/index.ts: registerKubectlKind',
  'src/kubectl/print/describe/generic.ts: fieldLabel',
  'src/kubectl/print/explain.ts: ExplainRequest',
  'src/kubectl/print/table.ts: printObjects',
  'src/kubectl/print/yaml.ts: compareKeys',
  'src/kubectl/run.ts: kubectlOf',
  'src/sim/actors/cronjob/job-template.ts: formatInZone',
  'src/sim/actors/job/plan.ts: JobPlan',
  'src/sim/actors/job/pod-template.ts: namePrefix',
  'src/sim/actors/pod-gc.ts: collectPods',
  'src/sim/boot.ts: namespaceManifest',
  'src/sim/cluster.ts: NOVACRAFT',
  'src/sim/history.ts: frameBefore',
  'src/sim/kinds/columns/pod.ts: podSummary',
  'src/sim/kinds/index.ts: kindByVersion',
  'src/sim/kinds/index.ts: kindByResource',
  'src/sim/kinds/index.ts: registerKind',
  'src/sim/lib/cron-zone-names.ts: zoneNames',
  'src/sim/lib/go-quote.ts: goMap',
  'src/story/plans.ts: CHAPTER_SLUGS',
  'src/ui/kinds/index.ts: registerUiKind',
  'src/ui/timeline/draw.ts: solidFromX',
  'src/worker/client.ts: linkOver',
  'src/worker/kinds/index.ts: registerWorkerKind',
]

describe('imports', () => {
  it('go to the own folder or to one on the left', () => {
    const rank = (path: string): number =>
      LINE.findIndex((folder) => path.startsWith(`src/${folder}/`))
    const wrong = problemsIn(SOURCES, (source) => {
      const own = rank(source.path)
      if (own < 0) return []
      return importsOf(source)
        .filter(({ path }) => rank(path) > own)
        .map(({ path }) => `imports ${path}`)
    })
    expect(wrong).toEqual([])
  })

  it('inside sim go to the own part or to one on the left', () => {
    const partOf = (path: string): string => path.split('/')[2]!
    const wrong = problemsIn(SOURCES, (source) => {
      if (!source.path.startsWith('src/sim/')) return []
      const own = SIM_LINE.indexOf(partOf(source.path))
      if (own < 0) return ['has no place in the line']
      return importsOf(source)
        .filter(({ path, typeOnly }) => path.startsWith('src/sim/') && !typeOnly)
        .filter(({ path }) => SIM_LINE.indexOf(partOf(path)) > own)
        .map(({ path }) => `imports ${path}`)
    })
    expect(wrong).toEqual([])
  })

  it('of the page take only types from the simulation and kubectl', () => {
    const wrong = problemsIn(SOURCES, (source) => {
      if (!source.path.startsWith('src/ui/')) return []
      return importsOf(source)
        .filter(({ path, typeOnly }) => /^src\/(sim|kubectl)\//.test(path) && !typeOnly)
        .map(({ path }) => `imports values of ${path}`)
    })
    expect(wrong).toEqual([])
  })

  it('reach every file', () => {
    const reached = new Set(SOURCES.flatMap((source) => importsOf(source).map(({ path }) => path)))
    const unused = SOURCES.filter(({ path }) => !ENTRIES.test(path) && !reached.has(path))
    expect(unused.map(({ path }) => path)).toEqual([])
  })

  it('of values never come back to where they began', () => {
    expect(cyclesOf(SOURCES)).toEqual([])
  })
})

describe('exports', () => {
  const takenBy = (sources: readonly Source[]): ((path: string, name: string) => boolean) => {
    const taken = new Set<string>()
    const whole = new Set<string>()
    for (const { path, names } of sources.flatMap(importsOf)) {
      if (names === undefined) whole.add(path)
      for (const name of names ?? []) taken.add(`${path}: ${name}`)
    }
    return (path, name) => whole.has(path) || taken.has(`${path}: ${name}`)
  }
  const byCode = takenBy([...SOURCES, ...CONFIGS])
  const byTests = takenBy(TESTS)
  const unused = SOURCES.filter(({ path }) => !path.endsWith('.d.ts')).flatMap((source) =>
    exportsOf(source)
      .filter((name) => !byCode(source.path, name))
      .map((name) => ({ path: source.path, name })),
  )
  const listed = ({ path, name }: { path: string; name: string }): string => `${path}: ${name}`

  it('are used by another file', () => {
    const dead = unused.filter(({ path, name }) => !byTests(path, name)).map(listed)
    expect(dead.filter((one) => !FOR_TESTS.includes(one))).toEqual([])
  })

  it('that only tests use are listed as such', () => {
    const forTests = unused.filter(({ path, name }) => byTests(path, name)).map(listed)
    expect(forTests.filter((one) => !FOR_TESTS.includes(one))).toEqual([])
    expect(FOR_TESTS.filter((one) => !unused.map(listed).includes(one))).toEqual([])
  })
})
