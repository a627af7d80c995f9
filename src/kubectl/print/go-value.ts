// How Go prints JSON data that it holds as interface{}: fmt's %v for cells and template output,
// and %#v for the object in an error message.
import { goQuote } from '../../sim/lib/go-quote.ts'
import { goNumber } from './go-number.ts'

type Data = Readonly<Record<string, unknown>>

/** fmt.Sprint: `map[a:1 b:[x y]]`, `<nil>`. `number` tells how numbers are held. */
export function goText(value: unknown, number: (value: number) => string = goNumber): string {
  if (value === null || value === undefined) return '<nil>'
  if (typeof value === 'number') return number(value)
  if (Array.isArray(value)) return `[${value.map((item) => goText(item, number)).join(' ')}]`
  if (typeof value !== 'object') return String(value)
  const parts = members(value as Data, (key, member) => `${key}:${goText(member, number)}`)
  return `map[${parts.join(' ')}]`
}

/** %#v: `map[string]interface {}{"a":1, "b":[]interface {}{"x"}}`. */
export function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)'
  if (typeof value === 'number') return goNumber(value)
  if (typeof value === 'string') return goQuote(value)
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`
  const parts = members(value as Data, (key, member) => `${goQuote(key)}:${goSyntax(member)}`)
  return `map[string]interface {}{${parts.join(', ')}}`
}

function members(map: Data, part: (key: string, value: unknown) => string): string[] {
  return Object.keys(map)
    .filter((key) => map[key] !== undefined)
    .sort()
    .map((key) => part(key, map[key]))
}
