// Patterns and scripts made to take for ever: each ends, or is paused as busy, within a bounded number
// of steps. Steps are counted, never time.

import { expect, test } from 'vitest'
import { BUSY_STEPS, CONTAINER_STEPS } from '../../../src/container/kernel/limits.ts'
import { runTo, sh, start, state } from '../helpers.ts'

const A = (count: number): string => 'a'.repeat(count)
/** A script's text with its long parts cut short. */
const title = (script: string): string => script.replaceAll(/a{20,}/g, 'aaa…')

// The end is the one that the real tools reach.
const ENDING: [script: string, code: string][] = [
  [`echo ${A(5000)}! | grep -E "^(a+)+$"`, '1'],
  [`echo ${A(5000)}! | grep -cE "(a|aa|aaa)*b"`, '1'],
  [`echo ${A(5000)} | grep -qE "^(a|aa|aaa)*$"`, '0'],
  [`echo ${A(3000)}! | grep -E "(x+x+)+y|(a*)*c"`, '1'],
  [`echo ${A(5000)}! | sed -E "s/^(a+)+$/x/" | grep -q a`, '0'],
  [`echo ${A(5000)}! | sed -n "/\\(a*\\)*b/p" | wc -l | grep -qx 0`, '0'],
  [`echo ${A(5000)}! | awk '/^(a+)+$/ { exit 3 } { exit 4 }'`, '4'],
  [`echo ${A(2000)}! | awk '{ gsub(/(a|aa)+$/, "x"); exit length($0) - 2001 }'`, '0'],
  [`awk -v s=${A(3000)}! 'BEGIN { exit match(s, /(a*)*b/) }'`, '0'],
  [`echo ${A(3000)}! | awk -F '(a+)+b' '{ exit NF }'`, '1'],
  [`expr ${A(3000)}! : '\\(a*\\)*b' > /dev/null`, '1'],
  [`expr ${A(3000)}! : '\\(\\(a\\{1,\\}\\)\\{1,\\}\\)$' > /dev/null`, '1'],
  [`case ${A(5000)}! in *a*a*a*a*a*a*a*a*a*a*b) exit 5;; esac`, '0'],
  [`x=${A(5000)}!; x=\${x#*a*a*a*a*b}; x=\${x%%a*a*a*b}; exit \${#x}`, '137'],
  [`x=${A(50000)}; x=\${x%%b*}; x=\${x##*b}; echo \${#x} | grep -qx 50000`, '0'],
  [`x=$(printf '%05000d' 0 | tr 0 '\\n'; echo x); exit \${#x}`, '137'],
  [`mkdir /d; touch /d/${A(200)}; find /d -name '*a*a*a*a*a*a*a*a*a*b' | grep -q . || exit 6`, '6'],
  [`[ -z "$(echo ${A(2000)} | sed 's/a*//g')" ]`, '0'],
]

test.each(ENDING.map(([script, code]) => ({ name: title(script), script, code })))(
  '$name ends',
  ({ script, code }) => {
    const container = runTo(sh(script), 3600)
    expect(state(container).split('@')[0]).toBe(code)
  },
)

// What has no end, or none that anyone could wait for, is busy.
const ENDLESS = [
  `x=${A(9000)}; echo \${x//a*a*a*b/y}`,
  `echo ${A(40)}! | grep -E '^(a*)*\\1b$'`,
  `echo ${A(3000)}! | grep '\\(a*\\)*\\1\\1\\1b'`,
  `echo ${A(60)}! | sed -n '/\\(a*\\)*\\1$/p'`,
  `expr ${A(60)}! : '\\(a*\\)*\\1b'`,
  "echo a | sed ':a;s/a/aa/;ta'",
  "echo a | sed ':a;b a'",
  "echo a | sed ':a;n;ba;p' ; yes | sed ':a;N;s/y/yy/;ba'",
  'awk \'BEGIN { while (1) s = s "aaaaaaaaaaaaaaaa" substr(s, 1, 9) }\'',
  'awk \'BEGIN { x = sprintf("%300000d", 0); while (1) y = toupper(x) }\'',
  'awk \'BEGIN { x = sprintf("%200000d", 0); while (1) n += index(x, substr(x, 1, 90000) "b") }\'',
  `x=$(printf '%300000d' 0); while :; do y=$x; done`,
  `x=$(printf '%300000d' 0); while :; do case $x in *1*) ;; esac; done`,
]

test.each(ENDLESS.map((script) => ({ name: title(script), script })))(
  '$name is busy or fails',
  ({ script }) => {
    const container = runTo(sh(script), 3600)
    expect(state(container)).toMatch(/^(busy|[1-9]\d*@.*)$/)
    expect(container.spent).toBeLessThan(CONTAINER_STEPS + 2 * BUSY_STEPS)
  },
)

test('bash: a regular expression in [[ ]] is linear, too', () => {
  const command = ['bash', '-c', `[[ ${A(5000)}! =~ ^(a+)+$ ]] || exit 7`]
  expect(state(runTo(start({ image: 'debian', command }), 3600))).toMatch(/^7@/)
})
