// The REST interface of the simulated cluster, as clients see it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { JOBS, jobNamed, PODS, served, watching, type Served } from './served.ts'

let api: Served
beforeEach(async () => {
  api = await served()
})
afterEach(() => api.close())

const MERGE = { 'content-type': 'application/merge-patch+json' }

describe('discovery', () => {
  it('lists every group and its resources with verbs, in both forms', async () => {
    const { body: old } = await api.ask('GET', '/apis/batch/v1')
    expect(old.resources.map(({ name }: { name: string }) => name)).toContain('jobs/status')
    const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'
    const { body, headers } = await api.ask('GET', '/apis', undefined, { accept })
    expect(headers.get('content-type')).toBe(accept)
    expect(body.items[0].versions[0].resources[0]).toHaveProperty('responseKind')
  })

  it('gives the schema by which bodies are checked', async () => {
    const { body } = await api.ask('GET', '/openapi/v3/apis/batch/v1')
    const job = body.components.schemas['io.k8s.api.batch.v1.JobSpec']
    expect(job.properties.parallelism).toMatchObject({ type: 'integer', format: 'int32' })
    expect(job.required).toEqual(['template'])
    const pod = body.components.schemas['io.k8s.api.core.v1.PodSpec']
    expect(pod.properties.containers['x-kubernetes-patch-merge-key']).toBe('name')
  })
})

describe('objects', () => {
  it('are created, read, listed in parts and by selectors', async () => {
    for (const name of ['a', 'b', 'c'])
      expect((await api.ask('POST', JOBS, jobNamed(name))).code).toBe(201)
    const first = (await api.ask('GET', `${JOBS}?limit=2`)).body
    expect(first.items).toHaveLength(2)
    expect(first.metadata.remainingItemCount).toBe(1)
    const token = encodeURIComponent(first.metadata.continue)
    const second = (await api.ask('GET', `${JOBS}?limit=2&continue=${token}`)).body
    expect(second.items.map((item: { metadata: { name: string } }) => item.metadata.name)).toEqual([
      'c',
    ])
    const chosen = (await api.ask('GET', `${JOBS}?labelSelector=app%3Db`)).body
    expect(chosen.items).toHaveLength(1)
  })

  it('are printed by the server as a table', async () => {
    await api.ask('POST', JOBS, jobNamed('a'))
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io'
    const { body } = await api.ask('GET', JOBS, undefined, { accept })
    expect(body.kind).toBe('Table')
    expect(body.rows[0].cells.slice(0, 3)).toEqual(['a', 'Running', '0/1'])
    expect(body.columnDefinitions.at(-1)).toMatchObject({ name: 'Selector', priority: 1 })
  })

  it('are refused with a Status that says why', async () => {
    const wrong = { ...jobNamed('a'), spec: { ...jobNamed('a').spec, parallelism: -1 } }
    const { code, body } = await api.ask('POST', JOBS, wrong)
    expect(code).toBe(422)
    expect(body).toMatchObject({ kind: 'Status', status: 'Failure', reason: 'Invalid' })
    expect(body.details.causes[0].field).toBe('spec.parallelism')
    const { body: gone } = await api.ask('GET', `${JOBS}/none`)
    expect(gone.details).toMatchObject({ name: 'none', group: 'batch', kind: 'jobs' })
  })

  it('tell of unknown fields, or are refused for them', async () => {
    const odd = jobNamed('a', { nope: 1 })
    const warned = await api.ask('POST', `${JOBS}?fieldValidation=Warn`, odd)
    expect(warned.headers.get('warning')).toContain('unknown field \\"spec.nope\\"')
    const strict = await api.ask('POST', `${JOBS}?fieldValidation=Strict`, odd)
    expect(strict.body.message).toContain('strict decoding error: unknown field "spec.nope"')
  })

  it('stay as they are in a dry run', async () => {
    await api.ask('POST', JOBS, jobNamed('a'))
    const before = (await api.ask('GET', JOBS)).body.metadata.resourceVersion
    const patch = { spec: { parallelism: 3 } }
    const { body } = await api.ask('PATCH', `${JOBS}/a?dryRun=All`, patch, MERGE)
    expect(body.spec.parallelism).toBe(3)
    await api.ask('DELETE', `${JOBS}/a?dryRun=All`)
    await api.ask('POST', `${JOBS}?dryRun=All`, jobNamed('b'))
    expect((await api.ask('GET', JOBS)).body.metadata.resourceVersion).toBe(before)
  })

  it('are deleted under preconditions only when they hold', async () => {
    const { body } = await api.ask('POST', JOBS, jobNamed('a'))
    const wrong = { preconditions: { uid: 'another' } }
    expect((await api.ask('DELETE', `${JOBS}/a`, wrong)).code).toBe(409)
    const right = { preconditions: { uid: body.metadata.uid }, propagationPolicy: 'Background' }
    expect((await api.ask('DELETE', `${JOBS}/a`, right)).body.status).toBe('Success')
    expect((await api.ask('GET', `${JOBS}/a`)).code).toBe(404)
  })
})

describe('server-side apply', () => {
  const APPLY = { 'content-type': 'application/apply-patch+yaml' }
  const apply = (manager: string, spec: string, more = '') =>
    api.ask('PATCH', `${JOBS}/a?fieldManager=${manager}${more}`, manifest(spec), APPLY)
  const manifest = (spec: string): string =>
    `apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec: {${spec}}\n`
  const TEMPLATE =
    'template: {spec: {restartPolicy: Never, containers: [{name: main, image: busybox}]}}'

  it('remembers who owns a field, and refuses who owns another value', async () => {
    expect((await apply('one', `parallelism: 2, ${TEMPLATE}`)).code).toBe(201)
    const refused = await apply('two', 'parallelism: 3')
    expect(refused.code).toBe(409)
    expect(refused.body.message).toBe(
      'Apply failed with 1 conflict: conflict with "one": .spec.parallelism',
    )
    expect(refused.body.details.causes[0].reason).toBe('FieldManagerConflict')
    const forced = await apply('two', 'parallelism: 3', '&force=true')
    expect(forced.body.spec.parallelism).toBe(3)
  })

  it('takes away what its manager names no longer', async () => {
    await apply('one', `activeDeadlineSeconds: 60, ${TEMPLATE}`)
    const { body } = await apply('one', TEMPLATE)
    expect(body.spec).not.toHaveProperty('activeDeadlineSeconds')
    const again = await apply('one', TEMPLATE)
    expect(again.body.metadata.resourceVersion).toBe(body.metadata.resourceVersion)
  })
})

describe('watches', () => {
  it('see objects come, change and go as time passes, without a gap', async () => {
    const watch = await watching(
      api,
      `${PODS}?watch=true&sendInitialEvents=true&allowWatchBookmarks=true`,
    )
    const [start] = await watch.take(1)
    expect(start!.object.metadata.annotations['k8s.io/initial-events-end']).toBe('true')
    await api.ask('POST', JOBS, jobNamed('a'))
    await api.advance(10)
    const events = await watch.take(4)
    expect(events[0]!.type).toBe('ADDED')
    const versions = events.map(({ object }) => Number(object.metadata.resourceVersion))
    expect(versions).toEqual([...versions].sort((a, b) => a - b))
    watch.stop()
  })

  it('start from the version they name, and not from one that is forgotten', async () => {
    const { body } = await api.ask('GET', PODS)
    await api.ask('POST', JOBS, jobNamed('a'))
    await api.advance(1)
    const from = body.metadata.resourceVersion
    const watch = await watching(api, `${PODS}?watch=true&resourceVersion=${from}`)
    expect((await watch.take(1))[0]!.type).toBe('ADDED')
    watch.stop()
    const { log } = api.host.lab.world
    log.firstId += 3
    log.entries.splice(0, 3)
    const late = await watching(api, `${PODS}?watch=true&resourceVersion=1`)
    expect((await late.take(1))[0]).toMatchObject({ type: 'ERROR', object: { code: 410 } })
  })
})

describe('Pods', () => {
  it('hand out their logs, and go on as long as they run', async () => {
    await api.ask('POST', JOBS, jobNamed('a'))
    await api.advance(3)
    const { body } = await api.ask('GET', PODS)
    const name = body.items[0].metadata.name
    const following = fetch(`${api.url}${PODS}/${name}/log?follow=true`)
    await api.advance(10)
    expect(await (await following).text()).toBe('hi\n')
  })

  it('are evicted with the mark that controllers look for', async () => {
    await api.ask('POST', JOBS, jobNamed('a'))
    await api.advance(3)
    const name = (await api.ask('GET', PODS)).body.items[0].metadata.name
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } }
    expect((await api.ask('POST', `${PODS}/${name}/eviction`, eviction)).code).toBe(201)
    const { body } = await api.ask('GET', `${PODS}/${name}`)
    expect(body.metadata).toHaveProperty('deletionTimestamp')
    const reasons = body.status.conditions.map(({ reason }: { reason?: string }) => reason)
    expect(reasons).toContain('EvictionByEvictionAPI')
  })
})

describe('the lab', () => {
  it('runs lines on the same cluster and tells what fired', async () => {
    const line = 'kubectl create cronjob tick --image=busybox --schedule="* * * * *" -- date'
    const ran = await api.ask('POST', '/lab/exec', { line })
    expect(ran.body).toEqual({ exit: 0, stdout: 'cronjob.batch/tick created\n', stderr: '' })
    const { body: now } = await api.ask('POST', '/lab/advance', { seconds: 150 })
    expect(now.now).toBe('2026-03-02T09:02:30Z')
    const { body } = await api.ask('GET', '/lab/timeline')
    const outcomes = body.firings.map(({ cronJob, outcome }: Record<string, string>) => [
      cronJob,
      outcome,
    ])
    expect(outcomes).toEqual([
      ['tick', 'fired'],
      ['tick', 'fired'],
    ])
    expect(body.runs.some(({ kind }: { kind: string }) => kind === 'Job')).toBe(true)
  })
})
