// The terminal's pure parts: editing a line, completing a word, advice.
import { describe, expect, it } from 'vitest'
import { coachFor, coachForWaiting } from '../../src/ui/terminal/coach.ts'
import { listCommands } from '../../src/ui/terminal/command-list.ts'
import { completeLine } from '../../src/ui/terminal/completion.ts'
import { cellAfter, nextCell } from '../../src/ui/terminal/line-cells.ts'
import { lineEnd } from '../../src/ui/terminal/continuation.ts'
import {
  emptyLine,
  keysOf,
  pressed,
  remembered,
  type LineState,
} from '../../src/ui/terminal/line-editor.ts'

function typed(data: string, from: LineState = emptyLine()): LineState {
  return keysOf(data).reduce((state, key) => pressed(state, key).state, from)
}

const LEFT = '\x1b[D'
const UP = '\x1b[A'
const DOWN = '\x1b[B'

describe('the line editor', () => {
  it('inserts at the cursor and deletes before it', () => {
    expect(typed(`kubctl${LEFT}${LEFT}${LEFT}e`).text).toBe('kubectl')
    expect(typed('getx\x7f pods').text).toBe('get pods')
  })

  it('goes to both ends with Home and End, Ctrl-A and Ctrl-E', () => {
    expect(typed('b\x1b[Ha\x1b[Fc').text).toBe('abc')
    expect(typed('b\x01a\x05c').text).toBe('abc')
  })

  it('kills to the end, to the start and a word, and yanks what it killed', () => {
    expect(typed('get pods -A\x17').text).toBe('get pods ')
    expect(typed('get pods\x15').text).toBe('')
    expect(typed('get pods\x01\x0b').text).toBe('')
    expect(typed('get pods\x17\x19\x19').text).toBe('get podspods')
  })

  it('goes through the history and comes back to what was being typed', () => {
    const history = emptyLine(['one', 'two'])
    expect(typed(`x${UP}`, history).text).toBe('two')
    expect(typed(`x${UP}${UP}${UP}`, history).text).toBe('one')
    expect(typed(`x${UP}${UP}${DOWN}${DOWN}`, history).text).toBe('x')
  })

  it('searches the history backwards with Ctrl-R', () => {
    const history = emptyLine(['kubectl get jobs', 'ls', 'kubectl get pods', 'cat a'])
    expect(typed('\x12get', history).text).toBe('kubectl get pods')
    expect(typed('\x12get\x12', history).text).toBe('kubectl get jobs')
    expect(typed('\x12get\x12\x05!', history).text).toBe('kubectl get jobs!')
  })

  it('remembers a line once when it repeats and never an empty one', () => {
    const twice = remembered(remembered(emptyLine(), 'ls'), 'ls')
    expect(twice.history).toEqual(['ls'])
    expect(remembered(twice, '  ').history).toEqual(['ls'])
  })

  it('takes a paste of several lines apart at their ends', () => {
    expect(keysOf('ls\nkubectl get pods\r\n')).toEqual(['ls', '\r', 'kubectl get pods', '\r'])
    expect(pressed(emptyLine(), '\r').effect).toBe('submit')
    expect(pressed(emptyLine(), '\x03').effect).toBe('interrupt')
  })
})

describe('a command of several lines', () => {
  it('goes on after an open quote, group, loop, pipe or here document', () => {
    for (const open of [
      'echo "two',
      "echo 'it",
      'for i in 1 2',
      'for i in 1 2; do',
      'for i in 1 2; do echo $i',
      'while true; do if true; then date; fi',
      'case x in a) date;;',
      'f() {',
      '(date',
      'echo $(date',
      'kubectl get pods |',
      'kubectl get pods | # so far',
      'date &&',
      'cat <<EOF',
      'cat <<EOF | kubectl apply -f -\nkind: Job',
      "cat <<-'END'\n EOF\nEND of it",
    ])
      expect([open, lineEnd(open)]).toEqual([open, 'more'])
  })

  it('is joined at a backslash that ends the line', () => {
    expect(lineEnd('kubectl get pods \\')).toBe('joined')
    expect(lineEnd('echo \\\\')).toBe('complete')
  })

  it('is at its end when everything is closed', () => {
    for (const closed of [
      '',
      'kubectl get pods',
      `echo "it's" 'a "b"' \\"`,
      'for i in 1 2; do echo $i; done',
      'for i in 1 2\ndo\n  echo done\ndone',
      'case x in\n a) date;;\nesac',
      'f() {\n date\n}',
      'echo $(date) $((1 + 2))',
      'kubectl get pods -o jsonpath={.items[*].metadata.name}',
      'echo for while if { done',
      '# it"s a comment',
      'grep x <<< "y"',
      '| grep x',
      'date; # then |',
      'cat <<EOF | kubectl apply -f -\nkind: "Job\nEOF',
      'cat <<-A <<"B"\n\tx\n\tA\ny\nB\n',
      'sleep 1 &',
    ])
      expect([closed, lineEnd(closed)]).toEqual([closed, 'complete'])
  })

  it('is drawn over rows that wrap and rows that end', () => {
    expect(cellAfter('abc', 2, 10)).toEqual({ row: 0, column: 5 })
    expect(cellAfter('abcdefgh', 2, 10)).toEqual({ row: 0, column: 10 })
    expect(nextCell(cellAfter('abcdefgh', 2, 10), 10)).toEqual({ row: 1, column: 0 })
    expect(cellAfter('abcdefghi', 2, 10)).toEqual({ row: 1, column: 1 })
    expect(cellAfter('abcdefgh\nx', 2, 10)).toEqual({ row: 1, column: 1 })
  })
})

describe('completion', () => {
  const files = ['pi-job.yaml', 'report.yaml']

  it('completes the command itself', () => {
    expect(completeLine('kub', files, [])).toEqual({ insert: 'ectl ', candidates: [] })
  })

  it('offers files to kubectl only where it takes them', () => {
    expect(completeLine('kubectl apply -f p', files, []).insert).toBe('i-job.yaml ')
    expect(completeLine('kubectl get p', files, ['pods', 'pod']).insert).toBe('od')
  })

  it('puts in what all candidates share and lists them when nothing is shared', () => {
    expect(completeLine('cat ', files, []).candidates).toEqual(files)
    expect(completeLine('cat r', files, []).insert).toBe('eport.yaml ')
  })

  it('looks at the command after the last pipe', () => {
    expect(completeLine('kubectl get pods | gr', files, []).insert).toBe('ep ')
  })
})

describe('the coach', () => {
  const at = (output: string, code = 1) => ({ line: 'x', code, output, playing: true })

  it('names the files that are there when one is missing', () => {
    const said = coachFor(at('error: the path "pi.yaml" does not exist\n'), ['pi-job.yaml'])
    expect(said).toBe("There is no file pi.yaml here. The editor's files are pi-job.yaml.")
  })

  it('points to other namespaces when nothing was found', () => {
    expect(coachFor(at('No resources found in default namespace.\n', 0), [])).toContain('-A')
  })

  const refusals: Record<string, [string, string, string]> = {
    'that a DaemonSet needs a manifest': [
      'kubectl create daemonset x --image=y',
      'error: unknown flag: --image',
      'write a manifest',
    ],
    'that create job cannot do everything': [
      'kubectl create job x --image=y --completions=3',
      'error: unknown flag: --completions',
      'set the field in the file',
    ],
    'what an immutable Job asks for': [
      'kubectl apply -f job.yaml',
      'The Job "pi" is invalid: spec.completions: Invalid value: 5: field is immutable',
      'Delete the Job',
    ],
    'what type a field wants': [
      'kubectl apply -f job.yaml',
      'json: cannot unmarshal string into Go struct field JobSpec.spec.completions of type int32',
      'a whole number without quotes',
    ],
    'how a drain goes on': [
      'kubectl drain novacraft-worker',
      'cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): a/b',
      '--ignore-daemonsets',
    ],
  }
  for (const [name, [line, output, advice]] of Object.entries(refusals))
    it(`says ${name}`, () =>
      expect(coachFor({ line, code: 1, output, playing: true }, [])).toContain(advice))

  it('says nothing when there is nothing to say', () => {
    expect(coachFor(at('job.batch/pi created\n', 0), [])).toBeUndefined()
  })

  it('tells who changes something while time is paused that nothing comes of it yet', () => {
    const line = 'kubectl apply -f pi-job.yaml'
    const output = 'job.batch/pi created\n'
    expect(coachFor({ line, code: 0, output, playing: false }, [])).toContain('paused')
    expect(coachFor({ line, code: 0, output, playing: true }, [])).toBeUndefined()
    expect(coachFor({ line, code: 1, output: '', playing: false }, [])).toBeUndefined()
    const looks = { line: 'kubectl get jobs', code: 0, output: 'NAME\n', playing: false }
    expect(coachFor(looks, [])).toBeUndefined()
  })

  it('tells who waits that time is paused', () => {
    expect(coachForWaiting('kubectl delete job pi', false)).toContain('paused')
    expect(coachForWaiting('kubectl get pods -w', true)).toContain('Ctrl-C')
    expect(coachForWaiting('kubectl delete job pi', true)).toBeUndefined()
  })
})

describe('a line of several commands', () => {
  const texts = (line: string) => listCommands(line).map(({ text }) => text)

  it('is taken apart at ; && and || but not inside quotes or pipes', () => {
    expect(texts('a; b && c || d')).toEqual(['a', 'b', 'c', 'd'])
    expect(texts(`echo "a; b" ';' | wc; ls`)).toEqual([`echo "a; b" ';' | wc`, 'ls'])
    expect(listCommands('a && b || c; d').map(({ when }) => when)).toEqual([
      'always',
      'success',
      'failure',
      'always',
    ])
  })

  it('stays whole when only a shell can take it apart', () => {
    for (const line of [
      'for i in 1 2; do echo $i; done',
      '(a; b)',
      'sleep 1 & ls',
      'echo "$(a; b)"; c',
    ])
      expect(texts(line)).toEqual([line])
  })
})
