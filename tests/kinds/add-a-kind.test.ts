// The recipe "add a kind" of the README, performed: a Widget has its records in this folder and one
// registration in each layer, and no file of src knows of it.
import './widget/register.ts'
import { describe, expect, it } from 'vitest'
import { complete } from '../../src/kubectl/complete.ts'
import { PROGRAMS } from '../../src/kubectl/programs/index.ts'
import { getObject } from '../../src/sim/store.ts'
import { updateStatus } from '../../src/sim/api.ts'
import { layoutCluster } from '../../src/ui/cluster/layout.ts'
import { progressText } from '../../src/ui/cluster/progress.ts'
import type { ObjectView } from '../../src/worker/protocol.ts'
import { inspect } from '../../src/worker/inspect.ts'
import { openPrompt, type Prompt } from '../helpers.ts'
import { filesBelow } from '../tidy/sources.ts'
import { apply, openHost } from '../worker/host.ts'
import type { Widget } from './widget/object.ts'

const GEAR = `apiVersion: example.com/v1
kind: Widget
metadata:
  name: gear
spec:
  parts: 3
  color: red
`
const BOLT = `apiVersion: example.com/v1
kind: Widget
metadata:
  name: bolt
spec: {}
`
const FILES = { 'gear.yaml': GEAR, 'bolt.yaml': BOLT }

function withWidgets(): Prompt {
  const prompt = openPrompt(FILES)
  prompt.run('kubectl apply -f gear.yaml')
  prompt.run('kubectl apply -f bolt.yaml')
  return prompt
}

function make({ lab: { world } }: Prompt, name: string, made: number): void {
  const widget = getObject<Widget>(world.store, 'Widget', `default/${name}`)!
  updateStatus(world, { actor: 'widget-maker', causes: [] }, { ...widget, status: { made } })
}

describe('a kind that is added', () => {
  it('is known to no file of src', () => {
    const known = filesBelow('src', ['.ts', '.tsx']).filter(({ text }) =>
      /['"`]Widgets?['"`]/.test(text),
    )
    expect(known.map(({ path }) => path)).toEqual([])
  })

  it('is read strictly, defaulted, admitted and stored', () => {
    const { run, lab } = openPrompt({
      ...FILES,
      'wrong.yaml': GEAR.replace('parts', 'partz'),
      'magic.yaml': GEAR.replace('red', 'octarine'),
    })
    expect(run('kubectl apply -f gear.yaml').stdout).toBe('widget.example.com/gear created\n')
    expect(run('kubectl apply -f gear.yaml').stdout).toBe('widget.example.com/gear unchanged\n')
    expect(run('kubectl create -f bolt.yaml').stdout).toBe('widget.example.com/bolt created\n')
    expect(getObject<Widget>(lab.world.store, 'Widget', 'default/bolt')?.spec).toEqual({ parts: 1 })
    expect(run('kubectl create -f wrong.yaml').stderr).toContain('unknown field "spec.partz"')
    expect(run('kubectl delete widget gear --grace-period=0 --force').exit).toBe(0)
    expect(run('kubectl create -f magic.yaml').stderr).toContain('is forbidden: no such color')
  })

  it('is printed by kubectl get in every format', () => {
    const prompt = withWidgets()
    make(prompt, 'gear', 2)
    const table = (line: string): string[] =>
      prompt
        .run(line)
        .stdout.trimEnd()
        .split('\n')
        .map((row) => row.replaceAll(/ +/g, ' '))
    expect(table('kubectl get widgets')).toEqual([
      'NAME STATUS MADE AGE',
      'bolt InTheMaking 0/1 0s',
      'gear InTheMaking 2/3 0s',
    ])
    expect(table('kubectl get wd gear -o wide')[1]).toBe('gear InTheMaking 2/3 red 0s')
    expect(table('kubectl get all')).toContain('widget.example.com/gear InTheMaking 2/3 0s')
    expect(table('kubectl get wd -o custom-columns=N:.metadata.name,P:.spec.parts')).toEqual([
      'N P',
      'bolt 1',
      'gear 3',
    ])
    const yaml = prompt.run('kubectl get widget.v1.example.com gear -o yaml').stdout
    expect(yaml).toContain('spec:\n  color: red\n  parts: 3\nstatus:\n  made: 2\n')
    expect(table('kubectl api-resources')).toContain('widgets wd example.com/v1 true Widget')
  })

  it('is described, rolled out and completed by its own record', () => {
    const prompt = withWidgets()
    expect(prompt.run('kubectl describe widget gear').stdout.replaceAll(/ +/g, ' ')).toBe(
      'Name: gear\nNamespace: default\nParts: 0 of 3\nEvents: <none>\n',
    )
    expect(prompt.run('kubectl rollout status wd/gear --watch=false').stdout).toBe(
      'waiting for parts...\n',
    )
    make(prompt, 'gear', 3)
    expect(prompt.run('kubectl rollout status wd/gear').stdout).toBe('the widget is made\n')
    expect(prompt.run("kubectl wait --for=jsonpath='{.status.made}'=3 wd/gear").exit).toBe(0)
    expect(complete('kubectl get widgets g', prompt.lab.world)).toEqual(['gear'])
    expect(complete('kubectl get wid', prompt.lab.world)).toEqual(['widget', 'widgets'])
  })

  it('is selected by its own fields and refuses others in its own words', () => {
    const { run } = withWidgets()
    const names = (selector: string): string =>
      run(`kubectl get wd -o name --field-selector ${selector}`).stdout
    expect(names('spec.color=red')).toBe('widget.example.com/gear\n')
    expect(names('spec.color!=red')).toBe('widget.example.com/bolt\n')
    expect(names('metadata.name=bolt')).toBe('widget.example.com/bolt\n')
    expect(run('kubectl get wd --field-selector spec.parts=3').stderr).toContain(
      'Widgets have no index of spec.parts',
    )
  })

  it('is deleted by its own policy', () => {
    const { run, lab } = openPrompt({ ...FILES, 'keystone.yaml': GEAR.replace('gear', 'keystone') })
    run('kubectl apply -f gear.yaml')
    run('kubectl apply -f keystone.yaml')
    const live = (): Widget | undefined =>
      getObject<Widget>(lab.world.store, 'Widget', 'default/gear')
    expect(run('kubectl delete widget keystone').stderr).toContain('everything would come down')
    run('kubectl delete widget gear --wait=false')
    expect(live()?.metadata).toMatchObject({ deletionGracePeriodSeconds: 30 })
    run('kubectl delete widget gear --grace-period=0 --force')
    expect(live()).toBeUndefined()
  })

  it('goes with its owner and with its namespace', () => {
    const { run, lab } = withWidgets()
    run('kubectl create configmap plan')
    const plan = getObject(lab.world.store, 'ConfigMap', 'default/plan')!
    const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'plan', uid: plan.metadata.uid }
    const patch = JSON.stringify({ metadata: { ownerReferences: [owner] } })
    expect(run(`kubectl patch widget bolt --type=merge -p '${patch}'`).stderr).toBe('')
    run('kubectl delete configmap plan')
    run('kubectl create namespace yard')
    run('kubectl apply -f gear.yaml -n yard')
    run('kubectl delete namespace yard --wait=false')
    run('sleep 5')
    for (const key of ['default/bolt', 'yard/gear']) {
      const widget = getObject<Widget>(lab.world.store, 'Widget', key)
      expect(widget?.metadata.deletionTimestamp).toBeDefined()
    }
  })

  it('is explained by its own documentation', () => {
    const { lab } = openPrompt()
    let text = ''
    const say = (part: string): void => void (text += part)
    const process = PROGRAMS['kubectl']!(['explain', 'widget.spec.parts'], {
      world: lab.world,
      by: { actor: 'user', causes: [] },
      stdin: '',
      readFile: () => undefined,
      listFolder: () => undefined,
      stdout: say,
      stderr: say,
      cluster: lab.world.cluster,
      docs: {},
    })
    process.next()
    expect(text).toMatch(
      /^GROUP: +example.com\nKIND: +Widget\nVERSION: +v1\n\nFIELD: parts <integer>/,
    )
    expect(text).toContain('How many parts it has.')
  })
})

describe('the page', () => {
  it('is told of the added kind and offers its skeleton', async () => {
    const host = openHost()
    const { update } = apply(host, GEAR)
    const view = update.objects.find(({ object }) => object.metadata.name === 'gear')
    expect(view).toMatchObject({ state: 'running', status: 'InTheMaking' })
    expect(update.spans.find(({ name }) => name === 'gear')).toMatchObject({ kind: 'Widget' })
    expect(update.upcoming.map(({ uid }) => uid)).toContain(view!.object.metadata.uid)
    const offered = await host.completionsAt('', 1, 1)
    expect(offered.map(({ label }) => label)).toContain('Widget')
  })

  it('documents its fields and completes them in the order of its record', async () => {
    const host = openHost()
    const help = await host.fieldHelp(GEAR, 6, 5)
    expect(help).toMatchObject({ path: 'Widget.spec.parts', text: 'How many parts it has.' })
    const head = GEAR.slice(0, GEAR.indexOf('  parts'))
    const fields = await host.completionsAt(`${head}  `, 6, 3)
    expect(fields.map(({ label }) => label)).toEqual(['parts', 'color'])
  })

  it('shows it as a chip with its progress, and answers why', () => {
    const host = openHost()
    const { update } = apply(host, GEAR)
    const views = new Map(
      update.objects.map((view): [string, ObjectView] => [view.object.metadata.uid, view]),
    )
    const { workloads } = layoutCluster(views)
    expect(workloads.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['Widget gear'])
    expect(progressText(workloads[0]!.view.object)).toBe('0/3 parts')
    const prompt = withWidgets()
    make(prompt, 'gear', 1)
    const { why = [] } = inspect(prompt.lab.world, 'Widget', 'default', 'gear', 'why') ?? {}
    expect(why.map(({ entry }) => entry.summary)).toEqual([
      'updated Widget gear',
      'created Widget gear',
    ])
    expect(why[1]?.causes.map(({ summary }) => summary)).toEqual(['kubectl apply -f gear.yaml'])
  })
})
