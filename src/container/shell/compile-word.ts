// Words to code. Expansions may run commands, so a word is built step by step on a stack of
// accumulators.

import { expandBraces } from './braces.ts'
import type { Instruction } from './code.ts'
import { compileList } from './compile.ts'
import type { Form, Part, Word } from './syntax.ts'

type Code = Instruction[]

/** Opens an accumulator and fills it; the caller closes it. */
export function compileWord(code: Code, word: Word): void {
  code.push({ op: 'word' })
  for (const part of word) compilePart(code, part, false)
}

/** A word of a command line, which becomes any number of fields. */
export function compileFields(code: Code, word: Word): void {
  const several = expandBraces(word)
  if (several === undefined) {
    compileWord(code, word)
    code.push({ op: 'fields' })
    return
  }
  const plain = { op: 'unlessBash' as const, to: 0 }
  code.push(plain)
  for (const one of several) {
    compileWord(code, one)
    code.push({ op: 'fields' })
  }
  const end = { op: 'jump' as const, to: 0 }
  code.push(end)
  plain.to = code.length
  compileWord(code, word)
  code.push({ op: 'fields' })
  end.to = code.length
}

/** A word that becomes one string on the string stack, neither split nor globbed. */
export function compileText(code: Code, word: Word): void {
  compileWord(code, word)
  code.push({ op: 'string' })
}

/** `inside`: the part belongs to the word of an unquoted `${x:-…}`, whose text is split. */
function compilePart(code: Code, part: Part, inside: boolean): void {
  switch (part.type) {
    case 'text':
      code.push({
        op: 'text',
        text: part.text,
        kind: part.quoted ? 'quoted' : inside ? 'split' : 'plain',
      })
      return
    case 'tilde':
      code.push({ op: 'tilde', user: part.user })
      return
    case 'arithmetic':
      compileText(code, part.expression)
      code.push({ op: 'arithmetic', quoted: part.quoted })
      return
    case 'command': {
      const start = { op: 'capture' as const, quoted: part.quoted, to: 0 }
      code.push(start)
      compileList(code, part.body)
      code.push({ op: 'end' })
      start.to = code.length
      return
    }
    case 'parameter':
      compileParameter(code, part.name, part.quoted, part.form)
  }
}

function compileParameter(code: Code, name: string, quoted: boolean, form: Form): void {
  switch (form.op) {
    case 'value':
    case 'length':
    case 'indirect':
      code.push({ op: 'parameter', name, quoted, form: form.op })
      return
    case 'default':
    case 'alternative':
    case 'assign':
    case 'require':
      compileConditional(code, name, quoted, form)
      return
    case 'prefix':
    case 'suffix':
      compileWord(code, form.pattern)
      code.push({ op: 'pattern' })
      code.push({ op: 'strip', name, quoted, suffix: form.op === 'suffix', longest: form.longest })
      return
    case 'replace':
      compileWord(code, form.pattern)
      code.push({ op: 'pattern' })
      compileText(code, form.by)
      code.push({ op: 'replace', name, quoted, all: form.all })
      return
    case 'letters':
      code.push({ op: 'letters', name, quoted, mode: form.mode })
      return
    case 'slice':
      compileText(code, form.offset)
      if (form.length !== undefined) compileText(code, form.length)
      code.push({ op: 'slice', name, quoted, hasLength: form.length !== undefined })
  }
}

type Conditional = Extract<Form, { op: 'default' | 'alternative' | 'assign' | 'require' }>

function compileConditional(code: Code, name: string, quoted: boolean, form: Conditional): void {
  const alternative = form.op === 'alternative'
  const start = {
    op: 'unless' as const,
    name,
    quoted,
    want: alternative ? ('unset' as const) : ('set' as const),
    colon: form.colon,
    value: !alternative,
    to: 0,
  }
  code.push(start)
  if (form.op === 'assign' || form.op === 'require') {
    compileText(code, form.word)
    if (form.op === 'assign') code.push({ op: 'setDefault', name, quoted })
    else code.push({ op: 'complain', name, colon: form.colon })
  } else {
    for (const part of form.word) compilePart(code, part, !quoted)
  }
  start.to = code.length
}
