// -o go-template: the language as far as it is used with kubectl, and Go's error texts.
import { describe, expect, it } from 'vitest'
import { goTemplatePrinter } from '../../../src/kubectl/print/go-template/print.ts'

const LIST = {
  items: [
    { metadata: { name: 'a', labels: { app: 'x', tier: 'y' } }, status: { n: 3, ok: true } },
    { metadata: { name: 'b' }, status: { n: 1000000, ok: false } },
  ],
  secret: 'aGVsbG8=',
}

function print(template: string): string {
  return goTemplatePrinter(template)(LIST)
}

describe('goTemplatePrinter', () => {
  const outputs: Record<string, [template: string, printed: string]> = {
    'a range': ['{{range .items}}{{.metadata.name}}{{"\\n"}}{{end}}', 'a\nb\n'],
    'a range with index and item': [
      '{{range $i, $e := .items}}{{$i}}={{$e.metadata.name}};{{end}}',
      '0=a;1=b;',
    ],
    'a range over a map': [
      '{{range $k, $v := (index .items 0).metadata.labels}}{{$k}}:{{$v}} {{end}}',
      'app:x tier:y ',
    ],
    'the else of an empty range': ['{{range .nope}}x{{else}}none{{end}}', 'none'],
    conditions: ['{{range .items}}{{if .status.ok}}+{{else}}-{{end}}{{end}}', '+-'],
    'else if': ['{{if .nope}}a{{else if .items}}b{{else}}c{{end}}', 'b'],
    with: ['{{with index .items 1}}{{.metadata.name}}{{end}}', 'b'],
    variables: ['{{$x := "q"}}{{$x}}{{$x = "r"}}{{$x}}', 'qr'],
    pipes: ['{{.secret | base64decode | printf "%s!"}}', 'hello!'],
    comparisons: ['{{if eq (index .items 0).metadata.name "a"}}yes{{end}}', 'yes'],
    lengths: ['{{len .items}}', '2'],
    'and, or, not': ['{{and true (or false "x")}}{{not 0}}', 'xtrue'],
    'trimmed space': ['a  {{- " " -}}  b', 'a b'],
    comments: ['a{{/* nothing */}}b', 'ab'],
    'whole numbers of JSON as they are': ['{{(index .items 1).status.n}}', '1000000'],
    'whole numbers of JSON like those of the template': [
      '{{eq (index .items 0).status.n 3}}{{printf "%d" (index .items 0).status.n}}',
      'true3',
    ],
    'fields of what is missing': ['{{.nope.deep}}', '<no value>'],
    'templates within templates': [
      '{{define "t"}}[{{.}}]{{end}}{{template "t" .secret}}',
      '[aGVsbG8=]',
    ],
    'spaces between what is no text': ['{{print 1 2 "a" "b" 3}}', '1 2ab3'],
    'the numbers of characters': ['{{\'a\'}} {{printf "%x" "hi"}}', '97 6869'],
    'maps as Go does': ['{{(index .items 0).metadata.labels}}', 'map[app:x tier:y]'],
    'a missing field': ['{{.nope}}', '<no value>'],
    'break and continue': [
      '{{range .items}}{{if .status.ok}}{{continue}}{{end}}{{.metadata.name}}{{break}}{{end}}',
      'b',
    ],
    'formatted text': ['{{printf "%-4s|%3d|%q" "a" 7 "b"}}', 'a   |  7|"b"'],
  }
  it.each(Object.entries(outputs))('prints %s', (_name, [template, printed]) => {
    expect(print(template)).toBe(printed)
  })

  const failures: Record<string, [template: string, message: string]> = {
    'an open action': ['{{.a', 'error parsing template {{.a, template: output:1: unclosed action'],
    'a function that does not exist': [
      '{{foo}}',
      'error parsing template {{foo}}, template: output:1: function "foo" not defined',
    ],
    'a missing end': ['{{range .items}}', 'template: output:1: unexpected EOF'],
    'an end too many': ['a{{end}}', 'template: output:1: unexpected {{end}}'],
    'no command': ['{{true}}{{nil}}', 'executing "output" at <nil>: nil is not a command'],
    'too few arguments': ['{{and}}', 'wrong number of args for and: want at least 1 got 0'],
  }
  it.each(Object.entries(failures))('refuses %s', (_name, [template, message]) => {
    expect(() => print(template)).toThrow(message)
  })

  it('misses fields only when told to', () => {
    const strict = goTemplatePrinter('{{.nope}}', false)
    expect(() => strict(LIST)).toThrow('<.nope>: map has no entry for key "nope"')
  })
})
