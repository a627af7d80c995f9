import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import {
  hasLostIndentation,
  repairIndentation,
} from '../../../src/sim/schema/repair-indentation.ts'

const MANIFESTS = join(import.meta.dirname, '../../../src/story/manifests')
const RECORDINGS = join(import.meta.dirname, '../../reference')

function flat(text: string): string {
  return text.replaceAll(/^ +/gm, '')
}

describe('a manifest without its indentation', () => {
  for (const name of readdirSync(MANIFESTS)) {
    const text = readFileSync(join(MANIFESTS, name), 'utf8')
    it(`${name} is recognised and repaired to the letter`, () => {
      expect(hasLostIndentation(flat(text))).toBe(true)
      expect(repairIndentation(flat(text))).toBe(text)
    })
    it(`${name} is not taken for one when it is whole`, () =>
      expect(hasLostIndentation(text)).toBe(false))
  }

  it('keeps comments, several documents and block scalars', () => {
    const text = [
      '# first',
      'apiVersion: v1',
      'kind: Pod',
      'metadata:',
      '  name: a',
      '  labels:',
      '    app: a',
      'spec:',
      '  # the only one',
      '  containers:',
      '  - name: main',
      '    image: busybox',
      '    command:',
      '    - sh',
      '    - -c',
      '    resources:',
      '      limits:',
      '        cpu: 100m',
      '      requests:',
      '        cpu: 50m',
      '---',
      'apiVersion: v1',
      'kind: ConfigMap',
      'metadata:',
      '  name: b',
      'data:',
      '  script: |',
      '    one',
      '    two',
      '  other: three',
      '',
    ].join('\n')
    expect(repairIndentation(flat(text))).toBe(text)
  })

  it('is left alone when a line belongs nowhere', () =>
    expect(repairIndentation('kind: Job\nmetadata:\nname: x\nnonsense: 1\n')).toBeUndefined())

  it('is repaired to the same object in almost every recorded manifest', () => {
    const texts = new Set<string>()
    for (const file of readdirSync(RECORDINGS).filter((name) => /^[tjcd]\d?-.*json$/.test(name))) {
      const { files } = JSON.parse(readFileSync(join(RECORDINGS, file), 'utf8')) as {
        files: Record<string, string>
      }
      for (const text of Object.values(files)) if (/^ /m.test(text)) texts.add(text)
    }
    const same = [...texts].filter((text) => {
      const repaired = repairIndentation(flat(text))
      return repaired !== undefined && sameObjects(repaired, text)
    })
    expect(texts.size).toBeGreaterThan(20)
    expect(same.length / texts.size).toBeGreaterThan(0.95)
  })
})

function sameObjects(a: string, b: string): boolean {
  const objects = (text: string) => text.split(/^---$/m).map((part) => JSON.stringify(load(part)))
  return objects(a).join() === objects(b).join()
}
