// bash's brace expansion: `{a,b}` and `{1..5}` make several words of one, before anything else.

import type { Part, Word } from './syntax.ts'

// More words than this are left as they were written.
const WORDS_MAX = 5000

/** A character without quotes, or a part that braces may hold but not look into. */
type Atom = string | Part

/** The words a word stands for, or undefined if it has no braces to expand. */
export function expandBraces(word: Word): Word[] | undefined {
  const hasBrace = word.some(
    (part) => part.type === 'text' && !part.quoted && part.text.includes('{'),
  )
  if (!hasBrace) return undefined
  const atoms: Atom[] = word.flatMap((part): Atom[] =>
    part.type === 'text' && !part.quoted ? [...part.text] : [part],
  )
  const all = expandAtoms(atoms)
  return all.length === 1 || all.length > WORDS_MAX ? undefined : all.map(joinAtoms)
}

function joinAtoms(atoms: Atom[]): Word {
  const word: Word = []
  for (const atom of atoms) {
    const last = word.at(-1)
    if (typeof atom !== 'string') word.push(atom)
    else if (last?.type === 'text' && !last.quoted) last.text += atom
    else word.push({ type: 'text', text: atom, quoted: false })
  }
  return word.length === 0 ? [{ type: 'text', text: '', quoted: false }] : word
}

function expandAtoms(atoms: Atom[]): Atom[][] {
  for (let start = 0; start < atoms.length; start++) {
    if (atoms[start] !== '{') continue
    const group = groupAt(atoms, start)
    if (group === undefined) continue
    const before = atoms.slice(0, start)
    const results: Atom[][] = []
    const after = expandAtoms(atoms.slice(group.end))
    for (const choice of group.choices) {
      for (const middle of expandAtoms(choice)) {
        for (const rest of after) {
          results.push([...before, ...middle, ...rest])
          if (results.length > WORDS_MAX) return results
        }
      }
    }
    return results
  }
  return [atoms]
}

// The alternatives of the braces at `start`, if they close and hold a comma or a range.
function groupAt(atoms: Atom[], start: number): { choices: Atom[][]; end: number } | undefined {
  let level = 0
  const choices: Atom[][] = [[]]
  for (let pos = start; pos < atoms.length; pos++) {
    const atom = atoms[pos] ?? ''
    if (atom === '{' && level++ === 0) continue
    if (atom === '}' && --level === 0) {
      const found = choices.length > 1 ? choices : rangeOf(choices[0] ?? [])
      return found === undefined ? undefined : { choices: found, end: pos + 1 }
    }
    if (atom === ',' && level === 1) choices.push([])
    else choices.at(-1)?.push(atom)
  }
  return undefined
}

function rangeOf(atoms: Atom[]): Atom[][] | undefined {
  if (!atoms.every((atom) => typeof atom === 'string')) return undefined
  const pattern = /^(?:(-?\d+)\.\.(-?\d+)|([a-zA-Z])\.\.([a-zA-Z]))(?:\.\.(-?\d+))?$/
  const match = pattern.exec(atoms.join(''))
  if (match === null) return undefined
  const [, low, high, first, last, stepText] = match
  const from = low === undefined ? (first ?? 'a').charCodeAt(0) : Number(low)
  const to = high === undefined ? (last ?? 'a').charCodeAt(0) : Number(high)
  const step = Math.max(1, Math.abs(Number(stepText ?? 1)))
  const isPadded = /^-?0\d/.test(low ?? '') || /^-?0\d/.test(high ?? '')
  const width = isPadded ? Math.max(low?.length ?? 0, high?.length ?? 0) : 0
  const items: Atom[][] = []
  for (let i = 0; i * step <= Math.abs(to - from); i++) {
    if (items.length > WORDS_MAX) return undefined
    const value = from < to ? from + i * step : from - i * step
    const text = low === undefined ? String.fromCharCode(value) : String(value).padStart(width, '0')
    items.push([...text])
  }
  return items
}
