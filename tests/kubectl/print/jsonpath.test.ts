// -o jsonpath: the language, its output and its errors.
import { describe, expect, it } from 'vitest'
import { jsonPathPrinter } from '../../../src/kubectl/print/jsonpath/print.ts'

const POD = {
  kind: 'Pod',
  metadata: {
    name: 'a',
    labels: { app: 'x', 'batch.kubernetes.io/job-name': 'pi' },
  },
  spec: { containers: [{ name: 'main', image: 'busybox', ports: [80, 81] }], none: null },
  status: { ready: true, restarts: 3, ratio: 1.5 },
}
const LIST = {
  kind: 'List',
  items: [POD, { ...POD, metadata: { name: 'b' }, status: { ready: false, restarts: 0 } }],
}

function print(template: string, data: unknown = LIST): string {
  return jsonPathPrinter(template)(data)
}

describe('[PRINT-9] jsonPathPrinter', () => {
  const outputs: Record<string, [template: string, printed: string]> = {
    'a path': ['{.kind}', 'List'],
    'a path without leading dot needs an action': ['{$.kind}', 'List'],
    'the object itself': ['{@.kind}', 'List'],
    'text around actions': ['kind={.kind};', 'kind=List;'],
    'every item': ['{.items[*].metadata.name}', 'a b'],
    'an index': ['{.items[1].metadata.name}', 'b'],
    'a negative index': ['{.items[-1].metadata.name}', 'b'],
    'a slice': ['{.items[0:1].metadata.name}', 'a'],
    'a slice with a step': ['{.items[::2].metadata.name}', 'a'],
    'an empty slice': ['{.items[0:0].metadata.name}', ''],
    'a union of keys': ["{.items[0]['kind','metadata.name']}", 'Pod a'],
    'a union of indexes': ['{.items[0,1].metadata.name}', 'a b'],
    'a key with escaped dots': [
      '{.items[0].metadata.labels.batch\\.kubernetes\\.io/job-name}',
      'pi',
    ],
    'a key in quotes': ["{.items[0].metadata['labels']['app']}", 'x'],
    'a filter on text': ['{.items[?(@.metadata.name=="b")].kind}', 'Pod'],
    'a filter on numbers': ['{.items[?(@.status.restarts>2)].metadata.name}', 'a'],
    'a filter on truth': ['{.items[?(@.status.ready==false)].metadata.name}', 'b'],
    'a filter that asks for a field': ['{.items[?(@.metadata.labels)].metadata.name}', 'a'],
    'a filter with a quoted parenthesis': [
      '{.items[?(@.metadata.name!="a)")].metadata.name}',
      'a b',
    ],
    'a range': [
      '{range .items[*]}{.metadata.name}{"\\t"}{.status.restarts}{"\\n"}{end}',
      'a\t3\nb\t0\n',
    ],
    'ranges in ranges': [
      '{range .items[*]}{.metadata.name}:{range .spec.containers[*]}{.name}{","}{end}{";"}{end}!',
      'a:main,;b:main,;!',
    ],
    'a range over nothing': ['[{range .nope[*]}{.name}{end}]', '[]'],
    recursion: ['{.items[0]..image}', 'busybox'],
    'a wildcard over a map': ['{.items[0].metadata.labels.*}', 'x pi'],
    'a map as JSON': [
      '{.items[0].metadata.labels}',
      '{"app":"x","batch.kubernetes.io/job-name":"pi"}',
    ],
    'a list as JSON': ['{.items[0].spec.containers[0].ports}', '[80,81]'],
    null: ['{.items[0].spec.none}', 'null'],
    'a fraction': ['{.items[0].status.ratio}', '1.5'],
    'single quotes': ["{'it\\'s'}", "it's"],
    'a missing field': ['{.nope.nope}', ''],
  }
  it.each(Object.entries(outputs))('prints %s', (_name, [template, printed]) => {
    expect(print(template)).toBe(printed)
  })

  const malformed: Record<string, [template: string, message: string]> = {
    'an open action': ['{.status', 'unclosed action'],
    'an open array': ['{.items[0', 'unterminated array'],
    'a bad index': ['{.items[x]}', 'invalid array index x'],
    'an open quote': ['{"a}', 'unterminated quoted string'],
    'an open filter': ['{.items[?(@.a}', 'unterminated filter'],
    'a filter without bracket': ['{.items[?(@.a)}', 'unclosed array expect ]'],
    'a strange character': ['{(}', "unrecognized character in action: U+0028 '('"],
    'repeated descent': ['{....a}', 'invalid multiple recursive descent'],
  }
  it.each(Object.entries(malformed))('refuses %s', (_name, [template, message]) => {
    expect(() => print(template)).toThrow(`error parsing jsonpath ${template}, ${message}`)
  })

  it('shows template and object when an index is out of bounds', () => {
    expect(() => print('{.items[0].x}', { items: [], kind: 'List' })).toThrow(
      'error executing jsonpath "{.items[0].x}": Error executing template: array index out of ' +
        'bounds: index 0, length 0. Printing more information for debugging the template:\n' +
        '\ttemplate was:\n\t\t{.items[0].x}\n\tobject given to jsonpath engine was:\n' +
        '\t\tmap[string]interface {}{"items":[]interface {}{}, "kind":"List"}\n\n\n',
    )
  })

  it('refuses words that are no keyword and ends outside a range', () => {
    expect(() => print('{foo}')).toThrow('unrecognized identifier foo')
    expect(() => print('{end}')).toThrow('not in range, nothing to end')
  })

  it('refuses to compare a number with text', () => {
    expect(() => print('{.items[?(@.status.restarts=="3")].kind}')).toThrow(
      'incompatible types for comparison',
    )
  })

  it('misses fields only when told to', () => {
    const strict = jsonPathPrinter('{.nope}', { allowMissing: false })
    expect(() => strict(LIST)).toThrow('nope is not found')
  })

  it('prints the values of every action as a JSON array when asked', () => {
    const printer = jsonPathPrinter('{.items[*].metadata.name}', { asJson: true })
    expect(printer(LIST)).toBe('[\n    "a",\n    "b"\n]\n')
  })
})
