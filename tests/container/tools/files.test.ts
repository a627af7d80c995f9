// Tools that make and read files of a form of their own: what one makes the other reads.

import { expect, test } from 'vitest'
import { lines, runTo, sh, state } from '../helpers.ts'

const output = (script: string): string[] =>
  lines(runTo(sh(`exec 2>&1; cd /tmp; ${script}`), 600)).map((line) => line.replace(/^\S+ /, ''))

/** The numbers to 120, a line each, as zlib packs them. */
const PACKED =
  'H4sIAAAAAAAC/x3QtxHAQAwDwfyqoTf9Nya+cgwJrGI4QVI0w6KCKmqoo4EmWmijgy4mmGKGORZYYoU1' +
  'Ntjigit+Jx0PPPHCGx98CSGUMOI+BpFEEU0MsaSQShrp5BVKssgmh1xKKKWMciqo61tUU0MtLbTSRjsd' +
  'dNI3p+mhlxFGGWOcCSaZYm7tMMsKq6yxzgabbLHNHsbTOA45DzkQORE5EjkTORQ5FTkWudzPdrkH9+Qe' +
  '3bN7eE/v8Z2fHuAHnjPWS3QBAAA='
const MD5 = '63d8c6bd'

test.each([
  [
    'mkdir -p d/e; echo x > d/e/f; ln -s e/f d/l; tar czf a.tgz d; rm -r d; tar xzf a.tgz; cat d/l',
    ['x'],
  ],
  ['echo one > a; tar cf - a | tar tf -', ['a']],
  ['seq 3 > a; gzip a; ls a*; gunzip a.gz; tail -n1 a', ['a.gz', '3']],
  // Packed by zlib with codes of its own.
  [
    `echo ${PACKED} | base64 -d | gunzip | tail -n 2; seq 120 | md5sum | cut -c1-8; echo ${PACKED} | base64 -d | zcat | md5sum | cut -c1-8`,
    ['119', '120', MD5, MD5],
  ],
  [
    'printf "a\\nb\\n" > a; printf "a\\nc\\n" > b; diff a b > p; patch a p; cmp a b && echo same',
    ['patching file a', 'same'],
  ],
  ['printf "\\376x" | od -b', ['0000000 376 170', '0000002']],
  ['printf "\\303\\251" | xxd -p; printf c3a9 | xxd -r -p', ['c3a9', 'é…']],
  ['echo hello | uuencode x | uudecode -o -', ['hello']],
  ['factor 18446744073709551615', ['18446744073709551615: 3 5 17 257 641 65537 6700417']],
  ['printf "a\\tb\\n" | expand | unexpand -a | od -c', ['0000000   a  \\t   b  \\n', '0000004']],
  [
    'ln -s /tmp/b a; echo x > a; cat b; readlink a; [ -L a ] && ls -l a | sed "s/.* a/a/"',
    ['x', '/tmp/b', 'a -> /tmp/b'],
  ],
  ['ln -s b a; ln -s a b; cat a', ["cat: can't open 'a': No such file or directory"]],
])('%s', (script, log) => {
  expect(output(script)).toEqual(log)
})

test('a number whose factors take long does not stop the container', () => {
  expect(state(runTo(sh('factor 18446743979220271189 12345; exit 3'), 600))).toMatch(/^(3@|busy)/)
})
