// Documentation and completion at a place of a manifest; `|` in a text is the cursor.
import { describe, expect, it } from 'vitest'
import type { Completion } from '../../src/worker/protocol.ts'
import { openHost } from './host.ts'

const HEAD = 'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: pi\n'
const POD_SPEC = `${HEAD}spec:\n  template:\n    spec:\n`
const CONTAINER = `${POD_SPEC}      containers:\n      - name: pi\n`

const host = openHost()

function cursor(text: string): [text: string, line: number, column: number] {
  const at = text.indexOf('|')
  const before = text.slice(0, at).split('\n')
  return [text.slice(0, at) + text.slice(at + 1), before.length, before.at(-1)!.length + 1]
}

async function completions(text: string): Promise<readonly Completion[]> {
  return await host.completionsAt(...cursor(text))
}

async function labels(text: string): Promise<string[]> {
  return (await completions(text)).map(({ label }) => label)
}

async function inserted(text: string, label: string): Promise<string | undefined> {
  return (await completions(text)).find((one) => one.label === label)?.insert
}

describe('documentation of a field', () => {
  it('tells its path, its type and whether it must be there', async () => {
    const help = await host.fieldHelp(...cursor(`${HEAD}spec:\n  backoff|Limit: 4\n`))
    expect(help).toMatchObject({ path: 'Job.spec.backoffLimit', type: 'int32', required: false })
    expect(help?.text).toMatch(/^Specifies the number of retries before marking this job failed/)
    expect(await host.fieldHelp(...cursor(`${POD_SPEC}      con|tainers:\n`))).toMatchObject({
      path: 'Job.spec.template.spec.containers',
      type: '[]Container',
      required: true,
    })
  })
  it('is that of the map for the key of a map', async () => {
    const text = 'kind: Pod\nmetadata:\n  labels:\n    a|pp: x\n'
    expect(await host.fieldHelp(...cursor(text))).toMatchObject({ path: 'Pod.metadata.labels' })
  })
  it('calls a string a string and leaves out the marks of Markdown', async () => {
    const help = await host.fieldHelp(...cursor(`${POD_SPEC}      restart|Policy: Never\n`))
    expect(help?.type).toBe('string')
    expect(help?.text).not.toContain('`')
  })
  it('is not there for what is no field', async () => {
    expect(await host.fieldHelp(...cursor(`${HEAD}# re|mark\n`))).toBeUndefined()
    expect(await host.fieldHelp(...cursor(`${HEAD}spec:\n  non|sense: 1\n`))).toBeUndefined()
    expect(await host.fieldHelp(...cursor('kind: Non|sense\n'))).toBeUndefined()
  })
})

describe('completion of fields', () => {
  it('proposes what must be there and what is usual first', async () =>
    expect((await labels(`${CONTAINER}        |`)).slice(0, 4)).toEqual([
      'image',
      'command',
      'args',
      'env',
    ]))
  it('leaves out what is there already and what only the server writes', async () => {
    const found = await labels('apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  |\nspec: {}\n')
    expect(found).toContain('labels')
    for (const name of ['name', 'uid', 'creationTimestamp']) expect(found).not.toContain(name)
    expect(await labels(`${HEAD}|`)).toEqual(['spec'])
  })
  it('looks only at its own item of a list', async () => {
    const text = `${CONTAINER}        image: perl\n      - name: two\n        |`
    expect(await labels(text)).toContain('image')
    expect(await labels(text)).not.toContain('name')
  })
  it('opens what is nested in the style of the file', async () => {
    expect(await inserted(`${HEAD}|`, 'spec')).toBe('spec:\n  ')
    expect(await inserted(`${POD_SPEC}      |`, 'containers')).toBe('containers:\n- name: ')
    const deeper = `${HEAD}  finalizers:\n    - a/b\nspec:\n  template:\n    spec:\n      |`
    expect(await inserted(deeper, 'containers')).toBe('containers:\n  - name: ')
    expect(await inserted(`${CONTAINER}        |`, 'restartPolicy')).toBe('restartPolicy: ')
  })
  it('begins the first item of a list with a dash, and only that', async () => {
    expect(await inserted(`${POD_SPEC}      containers:\n      |`, 'image')).toBe(undefined)
    const first = `${POD_SPEC}      containers:\n        |`
    expect(await inserted(first, 'name')).toBe('- name: ')
    expect(await inserted(first, 'resources')).toBe('- resources:\n    ')
    expect(await inserted(`${POD_SPEC}      containers:\n      - |`, 'name')).toBe('name: ')
    expect(await inserted(`${CONTAINER}        |`, 'image')).toBe('image: ')
  })
  it('knows the resources there are', async () =>
    expect(
      await labels(`${CONTAINER}        resources:\n          limits:\n            |`),
    ).toEqual(['cpu', 'memory', 'ephemeral-storage']))
  it('proposes nothing in remarks, in lists of words and in scripts', async () => {
    expect(await labels(`${HEAD}# na|`)).toEqual([])
    expect(await labels(`${CONTAINER}        args:\n        - |`)).toEqual([])
    const script = `${CONTAINER}        command:\n        - sh\n        - -c\n        - >\n          echo na|`
    expect(await labels(script)).toEqual([])
  })
})

describe('completion of values', () => {
  it('proposes the words of an enumeration', async () =>
    expect(await labels('kind: CronJob\nspec:\n  concurrencyPolicy: |')).toEqual([
      'Allow',
      'Forbid',
      'Replace',
    ]))
  it('leaves out what the kind does not take', async () => {
    expect(await labels(`${POD_SPEC}      restartPolicy: |`)).toEqual(['Never', 'OnFailure'])
    const daemonSet = 'kind: DaemonSet\nspec:\n  template:\n    spec:\n      restartPolicy: |'
    expect(await labels(daemonSet)).toEqual(['Always'])
  })
  it('proposes true and false', async () =>
    expect(await labels(`${HEAD}spec:\n  suspend: |`)).toEqual(['true', 'false']))
  it('knows images, namespaces and nodes of the cluster', async () => {
    expect(await labels(`${CONTAINER}        image: |`)).toEqual(
      expect.arrayContaining(['busybox', 'perl', 'agent:v1']),
    )
    expect(await labels('kind: Pod\nmetadata:\n  namespace: |')).toContain('kube-system')
    expect(await labels('kind: Pod\nspec:\n  nodeName: |')).toContain('novacraft-worker')
  })
  it('knows the version of a kind and the kinds', async () => {
    expect(await labels('apiVersion: |\nkind: DaemonSet\n')).toEqual(['apps/v1'])
    expect(await labels('apiVersion: batch/v1\nkind: |')).toContain('CronJob')
  })
})

describe('an empty file', () => {
  it('can begin with a whole manifest, which the server takes', async () => {
    const whole = (await completions('|')).filter(({ detail }) => detail === 'a new manifest')
    expect(whole.map(({ label }) => label)).toEqual(['Job', 'CronJob', 'DaemonSet', 'Pod'])
    for (const { insert } of whole) expect(host.check(insert)).toEqual([])
  })
  it('can be a later document', async () => {
    expect(await labels(`${HEAD}spec: {}\n---\n|`)).toContain('CronJob')
    expect(await labels(`${HEAD}spec: {}\n|\n---\n`)).not.toContain('CronJob')
  })
})
