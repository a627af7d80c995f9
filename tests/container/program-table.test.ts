// The table of programs and the names that images have agree, and the room's imports have an order.

import { describe, expect, it } from 'vitest'
import { programNames } from '../../src/container/image.ts'
import { PROGRAM_TABLE } from '../../src/container/program-table.ts'
import { CATALOGUE } from '../../src/sim/images/catalogue.ts'

describe('the table of programs', () => {
  const installed = CATALOGUE.flatMap(({ tools, programs = [] }) => programNames(tools, programs))

  it('has a program for every name in an image', () => {
    expect(installed.filter((name) => !PROGRAM_TABLE.has(name))).toEqual([])
  })

  it('has no program that is in no image', () => {
    expect([...PROGRAM_TABLE.keys()].filter((name) => !installed.includes(name))).toEqual([])
  })
})
