import { describe, expect, it } from 'vitest'
import { SIMPLIFICATIONS, simplificationsIn } from '../../src/story/simplifications.ts'

describe('what the lab simplifies', () => {
  it('is read from the rules that say so', () => {
    const text = '## Time\n- **TIME-1** plain (x.go)\n- **TIME-2** one; *simplified*: `two`.\n'
    expect(simplificationsIn(text)).toEqual([
      { id: 'TIME-2', section: 'Time', text: 'one; simplified: two.' },
    ])
  })

  it('is something, and every entry belongs to a section', () => {
    expect(SIMPLIFICATIONS.length).toBeGreaterThan(5)
    for (const { section, text } of SIMPLIFICATIONS) {
      expect(section).not.toBe('')
      expect(text).not.toContain('*')
    }
  })
})
