import { describe, expect, it } from 'vitest'
import { changedLines, hunksOf, unified } from '../../src/base/line-diff.ts'

const forty = Array.from({ length: 40 }, (_, i) => `${i}\n`)
const diff = (before: string, after: string): string => unified(hunksOf(before, after))

describe('a comparison of two texts', () => {
  it('marks lines that stayed, went and came', () => {
    expect(diff('a\nb\nc\n', 'a\nx\nc\n')).toBe('@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n')
  })

  it('is empty when nothing changed', () => {
    expect(diff('a\n', 'a\n')).toBe('')
    expect(changedLines('a\n', 'a\n')).toEqual([undefined])
  })

  it('writes ranges as `diff -u` does: a single line without length, none as the line before', () => {
    expect(diff('', 'a\nb\n')).toBe('@@ -0,0 +1,2 @@\n+a\n+b\n')
    expect(diff('a\n', 'b\n')).toBe('@@ -1 +1 @@\n-a\n+b\n')
    expect(diff('a\n', '')).toBe('@@ -1 +0,0 @@\n-a\n')
  })

  it('keeps three lines around a change and cuts what is far apart', () => {
    const before = forty.join('')
    const after = forty.with(5, 'x\n').with(30, 'y\n').join('')
    expect(diff(before, after).match(/^@@.*$/gm)).toEqual(['@@ -3,7 +3,7 @@', '@@ -28,7 +28,7 @@'])
  })

  it('leaves out for the preview what is far from any change', () => {
    const shown = changedLines(forty.join(''), forty.with(20, 'x\n').join(''))
    expect(shown).toHaveLength(10)
    expect(shown[0]).toBeUndefined()
    expect(shown.at(-1)).toBeUndefined()
    expect(changedLines('', 'a\nb\n')).toEqual(['+a', '+b'])
  })
})
