// A served cluster for tests: the API server in this process, and how to ask it.
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseTime } from '../../../src/base/time.ts'
import { clusterConfig } from '../../../src/sim/cluster.ts'
import { createLab } from '../../../src/session/lab.ts'
import { advanceBy, hostOf, type Host } from '../../../src/headless/api/host.ts'
import { labRoutes } from '../../../src/headless/api/lab-routes.ts'
import { serve } from '../../../src/headless/api/server.ts'

/** What a test reads from an answer: its shape is what the test is about. */
export type Json = ReturnType<typeof JSON.parse>

export interface Answer {
  code: number
  body: Json
  headers: Headers
}

export interface Served {
  readonly host: Host
  readonly url: string
  ask: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>
  advance: (seconds: number) => Promise<void>
  /** Ends every connection; the server stays. */
  cut: () => void
  close: () => void
}

const JSON_TYPE = 'application/json'

/** Starts a server on a cluster of its own. */
export async function served(): Promise<Served> {
  const start = parseTime('2026-03-02T09:00:00Z')
  const host = hostOf(createLab({ start, seed: 7, cluster: clusterConfig({}) }))
  const server: Server = await serve(host, 0, labRoutes(host, true))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    url,
    ask: async (method, path, body, headers = {}) => {
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
      const response = await fetch(url + path, {
        method,
        headers: { 'content-type': JSON_TYPE, ...headers },
        ...(text === undefined ? {} : { body: text }),
      })
      const answer = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json') === true
      const parsed = isJson ? (JSON.parse(answer) as Json) : { text: answer }
      return { code: response.status, body: parsed, headers: response.headers }
    },
    advance: (seconds) => advanceBy(host, seconds * 1000),
    cut: () => server.closeAllConnections(),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** The events of a watch as they come, until the caller stops reading. */
export async function watching(
  { url }: Served,
  path: string,
): Promise<{ take: (count: number) => Promise<Json[]>; stop: () => void }> {
  const control = new AbortController()
  const response = await fetch(url + path, { signal: control.signal })
  const reader = response.body!.getReader()
  const decoder = new TextDecoder()
  const events: Json[] = []
  let rest = ''
  return {
    take: async (count) => {
      while (events.length < count) {
        const { value, done } = await reader.read()
        if (done) break
        const lines = (rest + decoder.decode(value, { stream: true })).split('\n')
        rest = lines.pop() ?? ''
        events.push(...lines.map((line) => JSON.parse(line) as Json))
      }
      return events.splice(0, count)
    },
    stop: () => control.abort(),
  }
}

/** A Job whose Pod says something and ends. */
export function jobNamed(name: string, spec: Json = {}): Json {
  const container = { name: 'main', image: 'busybox', command: ['sh', '-c', 'echo hi; sleep 2'] }
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels: { app: name } },
    spec: { ...spec, template: { spec: { restartPolicy: 'Never', containers: [container] } } },
  }
}

export const JOBS = '/apis/batch/v1/namespaces/default/jobs'
export const PODS = '/api/v1/namespaces/default/pods'
