// What nobody should send: it is answered with a Status and changes nothing.
import { request as httpRequest } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { forkRng, randomInt } from '../../../src/base/rng.ts'
import { decodeProtobuf } from '../../../src/headless/api/protobuf.ts'
import { JOBS, jobNamed, served, type Served } from './served.ts'

let api: Served
beforeEach(async () => {
  api = await served()
})
afterEach(() => api.close())

/** Asks with headers that fetch would not send. */
function raw(headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${api.url}/api`, { headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    request.on('error', reject)
    request.end()
  })
}

describe('requests from elsewhere', () => {
  it('are refused by the name they ask for and by the page they come from', async () => {
    expect(await raw({ host: 'evil.example' })).toBe(403)
    expect(await raw({ origin: 'http://evil.example' })).toBe(403)
    expect(await raw({ origin: 'null' })).toBe(403)
    expect(await raw({})).toBe(200)
  })
})

describe('bodies', () => {
  it('beyond the limit are refused', async () => {
    const { code, body } = await api.ask('POST', JOBS, ' '.repeat(3 * 1024 * 1024 + 1))
    expect(code).toBe(413)
    expect(body.reason).toBe('RequestEntityTooLarge')
  })

  it('of unknown forms are refused in the words of the server', async () => {
    const type = { 'content-type': 'application/x-tar' }
    const { code, body } = await api.ask('POST', JOBS, 'x', type)
    expect(code).toBe(415)
    expect(body.message).toContain('accepted media types include: application/json')
  })

  it('in protobuf are read field by field', () => {
    const text = (value: string): number[] => [...new TextEncoder().encode(value)]
    const field = (number: number, bytes: readonly number[]): number[] => [
      number * 8 + 2,
      bytes.length,
      ...bytes,
    ]
    const meta = [
      ...field(1, text('settings')),
      ...field(11, [...field(1, text('a')), ...field(2, text('b'))]),
    ]
    const map = [...field(1, meta), ...field(2, [...field(1, text('k')), ...field(2, text('v'))])]
    const type = [...field(1, text('v1')), ...field(2, text('ConfigMap'))]
    const body = [0x6b, 0x38, 0x73, 0, ...field(1, type), ...field(2, map)]
    expect(decodeProtobuf(Uint8Array.from(body))).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', labels: { a: 'b' } },
      data: { k: 'v' },
    })
    for (let length = 4; length < body.length; length++)
      expect(() => {
        try {
          decodeProtobuf(Uint8Array.from(body.slice(0, length)))
        } catch (error) {
          if ((error as Error).name !== 'ProtobufError') throw error
        }
      }).not.toThrow()
  })

  it('at random get a Status and change nothing', async () => {
    await api.ask('POST', JOBS, jobNamed('a'))
    const before = (await api.ask('GET', JOBS)).body.metadata.resourceVersion
    const rng = forkRng(1, 'hostile')
    const pick = <T>(list: readonly T[]): T => list[randomInt(rng, list.length)]!
    const bodies = ['', '{', '[]', 'null', '{"metadata":1}', '{"kind":"Pod"}', '\u0000', '{"a":{}}']
    const types = ['application/json', 'application/vnd.kubernetes.protobuf', 'text/plain', '']
    const paths = [
      JOBS,
      `${JOBS}/a`,
      `${JOBS}/a/status`,
      '/api/v1/nodes/%00',
      '/apis/x/y/z',
      '/%zz',
    ]
    for (let turn = 0; turn < 200; turn++) {
      const method = pick(['POST', 'PUT', 'PATCH', 'OPTIONS'])
      const query = pick(['', '?dryRun=None', '?fieldValidation=Maybe', '?limit=x'])
      const { code, body } = await api.ask(method, pick(paths) + query, pick(bodies), {
        'content-type': pick(types),
      })
      expect(code, JSON.stringify(body)).toBeGreaterThanOrEqual(400)
      expect(code).toBeLessThan(500)
      expect(body.kind).toBe('Status')
    }
    expect((await api.ask('GET', JOBS)).body.metadata.resourceVersion).toBe(before)
  })
})
