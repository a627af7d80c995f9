// Small pure things of the page: times, speeds, colours of YAML.
import { describe, expect, it } from 'vitest'
import { countdownText, lengthText, momentText } from '../../src/ui/shared/time.ts'
import { highlightYaml } from '../../src/ui/shared/yaml-highlight.ts'
import {
  neighbourStop,
  positionOfSpeed,
  SLIDER_MAX,
  SPEED_STOPS,
  speedMeaning,
  speedOfPosition,
  speedText,
} from '../../src/ui/transport/speed.ts'

describe('times', () => {
  it('are told in UTC with the day', () => {
    expect(momentText(Date.parse('2026-03-02T10:42:07Z'))).toBe('10:42:07 UTC Mon 2 Mar')
  })

  it('count down as a stopwatch does', () => {
    expect(countdownText(53_000)).toBe('0:53')
    expect(countdownText(3_723_000)).toBe('1:02:03')
    expect(countdownText(3 * 86_400_000 + 15_000_000)).toBe('3 d 04:10')
  })

  it('name lengths by their two largest units', () => {
    expect([340, 12_000, 200_000, 7_200_000, 100_800_000].map(lengthText)).toEqual([
      '340 ms',
      '12 s',
      '3 m 20 s',
      '2 h',
      '1 d 4 h',
    ])
  })
})

describe('the speed slider', () => {
  it('goes from real time to ten thousand and stops at its labels', () => {
    expect(speedOfPosition(0)).toBe(1)
    expect(speedOfPosition(SLIDER_MAX)).toBe(10_000)
    for (const stop of SPEED_STOPS) expect(speedOfPosition(positionOfSpeed(stop))).toBe(stop)
  })

  it('never goes slower when pushed to the right', () => {
    const speeds = Array.from({ length: SLIDER_MAX + 1 }, (_, i) => speedOfPosition(i))
    expect(speeds).toEqual(speeds.toSorted((a, b) => a - b))
  })

  it('steps from label to label', () => {
    expect(neighbourStop(1, 1)).toBe(10)
    expect(neighbourStop(25, -1)).toBe(10)
    expect(neighbourStop(10_000, 1)).toBe(10_000)
  })

  it('says what a speed means', () => {
    expect(speedText(3_600)).toBe('3,600×')
    expect([1, 10, 60, 3_600].map(speedMeaning)).toEqual([
      'real time',
      '10 s a second',
      '1 min a second',
      '1 h a second',
    ])
  })
})

describe('YAML in colours', () => {
  const roles = (line: string): string[] =>
    highlightYaml(line)[0]!.map(({ role, text }) => `${role}:${text}`)

  it('tells keys, values and marks apart and loses no character', () => {
    expect(roles('  backoffLimit: 4')).toEqual([
      'mark:  ',
      'key:backoffLimit',
      'mark:: ',
      'number:4',
    ])
    expect(roles('- name: pi # why')).toEqual([
      'mark:- ',
      'key:name',
      'mark:: ',
      'plain:pi',
      'comment: # why',
    ])
    const text = 'a: "x # y"\nb: [1, two]\nc: |\n  free: text\nd: yes'
    expect(
      highlightYaml(text)
        .map((line) => line.map((one) => one.text).join(''))
        .join('\n'),
    ).toBe(text)
  })

  it('leaves block text alone', () => {
    expect(highlightYaml('c: |\n  a: b\nd: 1')[1]).toEqual([{ role: 'string', text: '  a: b' }])
  })
})
