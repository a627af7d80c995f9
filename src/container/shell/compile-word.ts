// Words to code. Expansions may run commands, so a word is built step by step on a stack of
// accumulators.

import { expandBraces } from './braces.ts'
import type { Instruction } from './code.ts'
import type { Form, List, Part, Word } from './syntax.ts'

/** Code being made. */
export interface Assembly {
  code: Instruction[]
  /** Appends a list's code; handed in, since lists hold words and words hold lists. */
  list: (assembly: Assembly, list: List) => void
}

/** Opens an accumulator and fills it; the caller closes it. */
export function compileWord(at: Assembly, word: Word): void {
  at.code.push({ op: 'word' })
  for (const part of word) compilePart(at, part, false)
}

/** A word of a command line, which becomes any number of fields. */
export function compileFields(at: Assembly, word: Word): void {
  const several = expandBraces(word)
  if (several === undefined) {
    compileWord(at, word)
    at.code.push({ op: 'fields' })
    return
  }
  const plain = { op: 'unlessBash' as const, to: 0 }
  at.code.push(plain)
  for (const one of several) {
    compileWord(at, one)
    at.code.push({ op: 'fields' })
  }
  const end = { op: 'jump' as const, to: 0 }
  at.code.push(end)
  plain.to = at.code.length
  compileWord(at, word)
  at.code.push({ op: 'fields' })
  end.to = at.code.length
}

/** A word that becomes one string on the string stack, neither split nor globbed. */
export function compileText(at: Assembly, word: Word): void {
  compileWord(at, word)
  at.code.push({ op: 'string' })
}

/** `inside`: the part belongs to the word of an unquoted `${x:-…}`, whose text is split. */
function compilePart(at: Assembly, part: Part, inside: boolean): void {
  switch (part.type) {
    case 'text':
      at.code.push({
        op: 'text',
        text: part.text,
        kind: part.quoted ? 'quoted' : inside ? 'split' : 'plain',
      })
      return
    case 'tilde':
      at.code.push({ op: 'tilde', user: part.user })
      return
    case 'arithmetic':
      compileText(at, part.expression)
      at.code.push({ op: 'arithmetic', quoted: part.quoted })
      return
    case 'command': {
      const start = { op: 'capture' as const, quoted: part.quoted, to: 0 }
      at.code.push(start)
      if (part.body.length === 0) at.code.push({ op: 'status', code: 0 })
      at.list(at, part.body)
      at.code.push({ op: 'end' })
      start.to = at.code.length
      return
    }
    case 'parameter':
      compileParameter(at, part.name, part.quoted, part.form)
  }
}

function compileParameter(at: Assembly, name: string, quoted: boolean, form: Form): void {
  switch (form.op) {
    case 'value':
    case 'length':
    case 'indirect':
      at.code.push({ op: 'parameter', name, quoted, form: form.op })
      return
    case 'default':
    case 'alternative':
    case 'assign':
    case 'require':
      compileConditional(at, name, quoted, form)
      return
    case 'prefix':
    case 'suffix':
      compileWord(at, form.pattern)
      at.code.push({ op: 'pattern' })
      at.code.push({
        op: 'strip',
        name,
        quoted,
        suffix: form.op === 'suffix',
        longest: form.longest,
      })
      return
    case 'replace':
      compileWord(at, form.pattern)
      at.code.push({ op: 'pattern' })
      compileText(at, form.by)
      at.code.push({ op: 'replace', name, quoted, all: form.all })
      return
    case 'letters':
      at.code.push({ op: 'letters', name, quoted, mode: form.mode })
      return
    case 'slice':
      compileText(at, form.offset)
      if (form.length !== undefined) compileText(at, form.length)
      at.code.push({ op: 'slice', name, quoted, hasLength: form.length !== undefined })
  }
}

type Conditional = Extract<Form, { op: 'default' | 'alternative' | 'assign' | 'require' }>

function compileConditional(at: Assembly, name: string, quoted: boolean, form: Conditional): void {
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
  at.code.push(start)
  if (form.op === 'assign' || form.op === 'require') {
    compileText(at, form.word)
    if (form.op === 'assign') at.code.push({ op: 'setDefault', name, quoted })
    else at.code.push({ op: 'complain', name, colon: form.colon })
  } else {
    for (const part of form.word) compilePart(at, part, !quoted)
  }
  start.to = at.code.length
}
