// The recipe of the README performed: a command with one registration is parsed, listed, helped,
// completed and run.
import { describe, expect, it } from 'vitest'
import { complete } from '../../src/kubectl/complete.ts'
import { commandTree, GROUPS } from '../../src/kubectl/commands/index.ts'
import { PROGRAMS } from '../../src/kubectl/programs/index.ts'
import { kubectlOf } from '../../src/kubectl/run.ts'
import { openPrompt } from '../helpers.ts'
import { greet } from './recipe/greet.ts'

const TREE = commandTree([...GROUPS, { title: 'Test Commands:', commands: [greet] }])
const { lab, run } = openPrompt({}, {}, { ...PROGRAMS, kubectl: kubectlOf(TREE) })
const NODE = 'novacraft-control-plane'

describe('a kubectl command added as the README says', () => {
  it('is run on virtual time', () => {
    const before = lab.world.now
    expect(run(`kubectl greet node ${NODE}`)).toEqual({
      stdout: `hello ${NODE}\n`,
      stderr: '',
      exit: 0,
    })
    expect(lab.world.now - before).toBe(1000)
  })

  it('reads its flags and refuses others', () => {
    expect(run(`kubectl greet --loud node/${NODE}`).stdout).toBe(`HELLO ${NODE.toUpperCase()}\n`)
    const { stderr, exit } = run('kubectl greet --lout node/x')
    expect(stderr).toContain('error: unknown flag: --lout')
    expect(exit).toBe(1)
  })

  it('fails in the words of kubectl', () => {
    expect(run('kubectl greet')).toMatchObject({ stderr: 'error: nobody to greet\n', exit: 1 })
    expect(run('kubectl greet node nope').stderr).toContain('nodes "nope" not found')
  })

  it('is listed by kubectl and explained by --help and help', () => {
    expect(run('kubectl').stdout).toContain('Test Commands:\n  greet           Greet an object\n')
    const { stdout } = run('kubectl greet --help')
    expect(stdout).toMatch(/^Greet an object\.\n\nExamples:\n {2}kubectl greet node worker-1\n/)
    expect(stdout).toContain('    --loud=false:\n\tIf true, in capitals.')
    expect(stdout).toContain('Usage:\n  kubectl greet (TYPE NAME | TYPE/NAME) [options]\n')
    expect(run('kubectl help greet').stdout).toBe(stdout)
  })

  it('is completed: its name, its flags, its arguments', () => {
    const completed = (line: string): readonly string[] => complete(line, lab.world, TREE.root)
    expect(completed('kubectl gree')).toEqual(['greet'])
    expect(completed('kubectl greet --lou')).toEqual(['--loud'])
    expect(completed('kubectl greet node ')).toContain(NODE)
  })

  it('is suggested for a word that is near', () => {
    expect(run('kubectl gret').stderr).toMatch(/Did you mean this\?[\s\S]*\tgreet\n/)
  })

  it('is unknown without its registration', () => {
    expect(openPrompt().run('kubectl greet node x').stderr).toContain('unknown command "greet"')
  })
})
