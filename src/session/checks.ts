// Checks of data that comes from outside, with the path of what is wrong: `inputs[3].at is not a
// number`.

/** The data is not what it should be; the message is a sentence without its end. */
export class Invalid extends Error {}

type Fields = Readonly<Record<string, unknown>>

export function recordAt(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Invalid(`${path} is not an object`)
  return value as Fields
}

export function listAt(value: unknown, path: string, max = Infinity): readonly unknown[] {
  if (!Array.isArray(value)) throw new Invalid(`${path} is not a list`)
  if (value.length > max) throw new Invalid(`${path} has more than ${max} items`)
  return value as unknown[]
}

/** A whole number, not negative. */
export function numberAt(value: unknown, path: string, max = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== 'number') throw new Invalid(`${path} is not a number`)
  if (!Number.isInteger(value) || value < 0) throw new Invalid(`${path} is not a whole number`)
  if (value > max) throw new Invalid(`${path} is more than ${max}`)
  return value
}

export function textAt(value: unknown, path: string, max = Infinity): string {
  if (typeof value !== 'string') throw new Invalid(`${path} is not a text`)
  if (value.length > max) throw new Invalid(`${path} is longer than ${max}`)
  return value
}
