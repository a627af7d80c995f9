// Scripts that never rest cost a bounded amount and then count as busy.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LOG_BYTES_MAX, LOG_LINE_HEAD, sendSignal } from '../../../src/container/container.ts'
import { at, runTo, sh, state } from '../helpers.ts'

describe('a script without rest', () => {
  test.each([
    'while :; do :; done',
    'while :; do date; done',
    'yes',
    'yes > /dev/null',
    'while :; do echo x >> /tmp/x; done',
    'awk "BEGIN { while (1); }"',
    'echo x | sed ":a; ba"',
    'seq 1000000000 > /dev/null',
    'cat /dev/zero',
    'f() { f & f & }; f; while :; do :; done',
  ])('%s is busy and is not resumed', (script) => {
    const process = runTo(sh(script))
    expect(process.busy).toBe(true)
    expect(process.wakeAt).toBeUndefined()
    expect(process.exited).toBeUndefined()
  })

  test('computing that ends takes some virtual time', () => {
    const process = runTo(sh('i=0; while [ $i -lt 5000 ]; do i=$((i + 1)); done; echo $i'))
    expect(process.log.map((line) => line.text)).toEqual(['5000'])
    expect(process.exited?.at).toBeGreaterThan(at(0.04))
    expect(process.exited?.at).toBeLessThan(at(1))
  })

  test('a busy child does not stop the others', () => {
    const process = runTo(sh('while :; do :; done & sleep 5; kill $!; wait $!; echo $?'))
    expect(process.log.at(-1)?.text).toBe('143')
    expect(state(process)).toBe('0@5')
  })

  test('a trap still ends a busy script', () => {
    const process = runTo(sh('trap "exit 6" TERM; while :; do :; done'))
    sendSignal(process, 'TERM', at(60))
    expect(state(process)).toBe('6@60')
  })

  test('the log keeps its newest part', () => {
    const process = runTo(sh('for i in $(seq 20000); do echo "line $i"; done', {}), 600)
    const kept = process.log.reduce((sum, line) => sum + line.text.length + LOG_LINE_HEAD, 0)
    expect(kept).toBeLessThanOrEqual(LOG_BYTES_MAX)
    expect(process.logDropped).toBeGreaterThan(0)
    expect(process.logDropped + process.log.length).toBe(
      Number(process.log.at(-1)?.text.replace('line ', '')),
    )
  })

  test.each([
    ['x=a; while :; do x=$x$x; done', '2@0'],
    ['f() { f; }; f', '139@0'],
    ['eval "$(yes "(" | head -n 3000)"', '2@0'],
  ])('%s ends instead of growing', (script, end) => {
    expect(state(runTo(sh(script)))).toBe(end)
  })

  test('a loop that sleeps stays as small as it was', () => {
    const script =
      'while :; do x=$(date | cut -c1-3); eval "y=$RANDOM"; echo $x | cat; sleep 1; done'
    const process = runTo(sh(script), 20)
    const size = (): number => JSON.stringify({ ...process, log: [] }).length
    const before = size()
    runTo(process, 2000)
    // A turn takes a second and a millisecond.
    expect(process.log).toHaveLength(1999)
    expect(size()).toBeLessThan(before + 2000)
  })
})

// Pieces that matter to the shell, strung together at random, find more than random letters do.
const PIECES = (
  '; & | && || ( ) { } < > >> << <<E \n E if then else elif fi while until do done for in case esac ;; ' +
  'x y 1 * ? [ ] [a-z] ! $ $x ${x} ${x:-y} ${#x} ${x%y} ${x/a/b} ${x:1:2} $(( )) $(( 1+x )) $( ) ` " \' \\ # ' +
  'echo cat read wait trap exit return break continue eval exec set -e -u shift local export unset kill $$ ' +
  'sleep 0.1 date seq 3 sed s/a/b/ awk {print} grep xargs tr a-z head -n1 printf %d test [[ ]] = -eq x=1 f() 2>&1 &> /tmp/f'
).split(' ')

describe('no script breaks the interpreter', () => {
  const finish = (script: string): void => {
    const process = runTo(sh(script), 50)
    const isWaiting = process.wakeAt !== undefined || process.procs.length > 0
    expect(process.exited !== undefined || process.busy || isWaiting).toBe(true)
  }

  test('random pieces of syntax end, wait or are busy', () => {
    const scripts = fc.array(fc.constantFrom(...PIECES), { maxLength: 25 })
    fc.assert(
      fc.property(scripts, (pieces) => finish(pieces.join(' '))),
      { numRuns: 1500, seed: 7 },
    )
  })

  test('random text ends, waits or is busy', () => {
    const text = fc.string({ unit: 'binary-ascii', maxLength: 60 })
    fc.assert(fc.property(text, finish), { numRuns: 1500, seed: 8 })
  })

  test('random programs for awk and sed end, wait or are busy', () => {
    const parts = fc.constantFrom(
      ...'{ } ( ) [ ] ; , print $1 $ NF NR x y 1 2 "a" /a/ ~ ! == = += ++ && || ? : if else for while do in BEGIN END function f getline split( gsub( printf "%d" s/a/b/ s,a,b,g p d N D G h x y/a/b/ $!N :a ba ta n q 1,2 \\ \n'.split(
        ' ',
      ),
    )
    fc.assert(
      fc.property(
        fc.array(parts, { maxLength: 14 }),
        fc.constantFrom(
          'awk',
          'sed',
          'sed -E',
          'grep',
          'tr',
          'expr',
          'printf',
          'date -d',
          'cut -f',
          'sort -k',
          'find',
          'test',
          'seq',
          'od',
          'xargs',
        ),
        (words, tool) => {
          const process = runTo(
            sh(`printf "a b\\nc d\\n" | ${tool} "$PROGRAM"`, { env: { PROGRAM: words.join(' ') } }),
            50,
          )
          expect(process.exited !== undefined || process.busy || process.procs.length > 0).toBe(
            true,
          )
        },
      ),
      { numRuns: 2000, seed: 9 },
    )
  })
})
